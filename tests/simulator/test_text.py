"""Text as Telegram keeps it: tags to entities, offsets in UTF-16, lengths, cleaning."""

import html as standard_html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator import html
from simulator.entities import found_in
from simulator.errors import BadRequestError
from simulator.limits import clean, trim, utf16


def spans(text, entities):
    """What each entity covers, read back by its UTF-16 offset and length."""
    raw = text.encode("utf-16-le")
    return [(e["type"], raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")) for e in entities]


@pytest.mark.parametrize(
    ("source", "text", "covered"),
    [
        ("<b>bold</b>", "bold", [("bold", "bold")]),
        ("<STRONG>a</STRONG><em>b</em>", "ab", [("bold", "a"), ("italic", "b")]),
        ("<b>one <i>two</i></b>", "one two", [("bold", "one two"), ("italic", "two")]),
        ("<u>a</u><ins>b</ins><s>c</s><del>d</del>", "abcd", None),
        ("<b>a</>", "a", [("bold", "a")]),
        ("👩‍⚕️ <b>שלום</b> é", "👩‍⚕️ שלום é", [("bold", "שלום")]),
        ("<tg-spoiler>x</tg-spoiler>", "x", [("spoiler", "x")]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", "x")]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", "q")]),
        ("<code>a <b>b</b></code>", "a b", [("code", "a b")]),
        ("<b></b>empty", "empty", []),
        ("1 &lt; 2 &amp;&amp; 3 &gt; 2 &quot;", '1 < 2 && 3 > 2 "', []),
        ("&#65;&#x1F600;&nbsp;&copy; & so on", "A😀&nbsp;&copy; & so on", []),
        ("&amp;lt;b&amp;gt;", "&lt;b&gt;", []),
    ],
)
def test_html(source, text, covered):
    got, entities = html.parse(source)
    assert got == text
    if covered is not None:
        assert spans(got, entities) == covered


def test_links():
    text, (entity,) = html.parse('see <a href="https://example.org/?a=1&amp;b=2">this</a>')
    assert (text, entity["url"]) == ("see this", "https://example.org/?a=1&b=2")
    assert html.parse("<a href='example.org'>x</a>")[1][0]["url"] == "http://example.org/"
    assert html.parse('<a href="not a link">x</a>')[1] == []


def test_code_blocks_know_their_language():
    _, entities = html.parse('<pre><code class="language-python">x = 1</code></pre>')
    assert entities == [{"type": "pre", "offset": 0, "length": 5, "language": "python"}]


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>open", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<blink>x</blink>", 'Unsupported start tag "blink" at byte offset 0'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a ="x">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ("<a href=>x</a>", "Unclosed start tag at byte offset 0"),
        ('<a href="x>x</a>', "Unclosed start tag at byte offset 0"),
    ],
)
def test_html_that_cannot_be_read(source, words):
    with pytest.raises(BadRequestError) as refused:
        html.parse(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {words}"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_escaped_text_comes_back_as_it_was(text):
    escaped = standard_html.escape(clean(text), quote=False)
    got, entities = html.parse(f"<b>{escaped}</b>")
    assert got == clean(text)
    assert [e["length"] for e in entities] == [utf16(got)] * bool(got)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(source):
    try:
        text, entities = html.parse(clean(source))
    except BadRequestError as refused:
        assert refused.description.startswith("Bad Request: ")  # noqa: PT017  either outcome is fine, a crash is not
    else:
        assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16(text) for e in entities)


@given(st.text(alphabet=" \n<b>/i&amp;x😀", max_size=30))
def test_trimming_keeps_entities_inside_the_text(source):
    try:
        text, entities = trim(*html.parse(source))
    except BadRequestError as refused:
        assert "can't parse entities" in refused.description  # noqa: PT017  most of these are broken on purpose
    else:
        assert text == text.rstrip(" \n")
        assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16(text) for e in entities)


def test_cleaning():
    assert clean("a\x00b\tc\r\nd") == "a b c\nd"
    assert clean("left\u202eright\u2028") == "leftright"
    with pytest.raises(BadRequestError, match="UTF-8"):
        clean("\ud800")


def test_trimming_moves_entities():
    text, entities = trim("  \n hi there ", [{"type": "bold", "offset": 7, "length": 6}])
    assert spans(text, entities) == [("bold", "there")]


def test_blanks_inside_an_entity_at_the_start_stay():
    assert trim("  hi", [{"type": "bold", "offset": 1, "length": 3}]) == (
        " hi",
        [{"type": "bold", "offset": 0, "length": 3}],
    )


def test_custom_emoji_keep_their_plain_form():
    assert html.parse('<tg-emoji emoji-id="5">👍</tg-emoji>') == ("👍", [])


def test_what_telegram_finds_by_itself():
    text = "😀 /start@care_bot see https://example.org/a. mail ada@example.org, ask @helper_bot #care 5/6 example.co.uk"
    assert spans(text, found_in(text, [])) == [
        ("bot_command", "/start@care_bot"),
        ("url", "https://example.org/a"),
        ("email", "ada@example.org"),
        ("mention", "@helper_bot"),
        ("hashtag", "#care"),
        ("url", "example.co.uk"),
    ]


def test_nothing_is_found_inside_code():
    text, entities = html.parse("<code>/start</code> /help")
    assert spans(text, found_in(text, entities)) == [("code", "/start"), ("bot_command", "/help")]


async def test_lengths_count_after_entities(api, ada):
    sent = await api("sendMessage", chat_id=ada.id, text=f"<b>{'x' * 4096}</b>", parse_mode="HTML")
    assert len(sent["text"]) == 4096
    assert len((await api("sendMessage", chat_id=ada.id, text="😀" * 4096))["text"]) == 4096
    refusal = await api.refused("sendMessage", chat_id=ada.id, text="x" * 4097)
    assert refusal == "Bad Request: message is too long"


async def test_empty_and_blank_texts(api, ada):
    assert await api.refused("sendMessage", chat_id=ada.id, text="") == "Bad Request: message text is empty"
    assert await api.refused("sendMessage", chat_id=ada.id) == "Bad Request: message text is empty"
    for blank in (" \n ", "<b> </b>", "\u202e"):
        refusal = await api.refused("sendMessage", chat_id=ada.id, text=blank, parse_mode="HTML")
        assert refusal == "Bad Request: text must be non-empty"


async def test_given_entities_and_parse_modes(api, ada):
    bold = {"type": "bold", "offset": 0, "length": 2}
    assert (await api("sendMessage", chat_id=ada.id, text="hi you", entities=[bold]))["entities"] == [bold]
    for broken in ({"type": "bold"}, {**bold, "offset": "0"}, {**bold, "type": "loud"}, 7):
        refusal = await api.refused("sendMessage", chat_id=ada.id, text="hi", entities=[broken])
        assert refusal.startswith("Bad Request: can't parse MessageEntity: ")
    refusal = await api.refused("sendMessage", chat_id=ada.id, text="hi", parse_mode="BBCode")
    assert refusal == "Bad Request: unsupported parse_mode"
