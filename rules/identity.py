"""What in a text may say who wrote it, or about whom: names, ways to be reached, postcodes, care homes.

It asks rather than decides, so it would rather flag a word too many. Scripts without capital letters are covered only
by the names and the care homes it is told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

# Lengths are bounded, so that no text is slow to look through.
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’-](?=[^\W\d_])){1,40}"
_CONTACT = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|(?<![\w@])@\w{4,32}\b|\b(?:https?://|www\.|t\.me/)\S+",
    re.IGNORECASE,
)
# The letter O is often typed for a nought.
_PHONE = re.compile(r"(?<![\w+])(?:\+|\(\+?)?[\dOo](?:[\s()./\u2010-\u2015-]{0,3}[\dOo]){8,14}(?!\w)")
# The shapes of a UK postcode: Royal Mail, "Programmers' guide", table of formats; O is often typed for 0.
_POSTCODE = re.compile(r"\b(?:GIR ?0AA|[A-Z]{1,2}[0-9][0-9A-Z]?\s{0,2}[0-9O][ABD-HJLNP-UW-Z]{2})\b", re.IGNORECASE)
_HOUSE = r"(?:House|Lodge|Court|Manor|Grange|Hall|Villa|Cottage|Gardens|Close|Priory|Mews|Rest)"
_HOME = re.compile(
    rf"\b(?:{_CAPITAL}\s+){{1,4}}(?:(?:(?i:care|nursing|residential|rest)\s+)(?i:home|centre)|{_HOUSE})\b"
)
_TITLE = r"(?i:mr|mrs|ms|miss|mx|dr|sister|nurse|matron|uncle|auntie|aunt|pastor|sir|madam|prof)"
_TITLED = re.compile(rf"\b{_TITLE}\.?\s+([^\W\d_][\w'’-]*(?:\s+{_CAPITAL})?)")
_SAID = re.compile(
    r"\b(?i:my name is|i am called|i'm called|called|named|name:|signed,?|regards,?)\s+([^\W\d_][\w'’-]+)"
)
_WORD = re.compile(rf"\b{_CAPITAL}(?:\s+{_CAPITAL})*")
# Whoever opens a sentence is a name only when somebody then does something.
_DOES = re.compile(r"\s+(?:is|was|has|had|said|told|gave|made|took|kept|never|always|and|\w{3,}(?:ed|s))\b")
_STARTS = re.compile(r"(?:^|[.!?…:;•\n\"“(\[*-])\s*$")
_NO_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter ramadan eid diwali english british european african asian
    telegram whatsapp zoom teams google nhs cqc hmrc ukvi gp covid uk usa eu london england scotland wales ireland
    britain i i'm i've i'd i'll i’m i’ve i’d i’ll we we're we’re they he she it you my our the this that these but and
    so if no not yes please thank thanks who what when where why how there here some many most each every
    everyone everybody nobody anyone someone people workers residents patients managers his her their now then also even
    once shifts pay training work working one two three council manager care home nurse carer carers staff sponsor visa
    office mr mrs ms miss dr sister matron
    """.split()  # noqa: SIM905 - a word list reads best as words
)


@dataclass(frozen=True, order=True)
class Span:
    """A part of a text: from `start` up to `end`, in characters. `kind` is name, contact, postcode or care_home."""

    start: int
    end: int
    kind: str


def flagged(text: str, names: Iterable[str] = (), care_homes: Iterable[str] = ()) -> list[Span]:
    """The parts that may identify somebody, in order and apart. `names` and `care_homes` are those known here."""
    found = [*_shaped(text), *_known(text, care_homes, "care_home"), *_known(text, names, "name"), *_names(text)]
    kept: list[Span] = []
    for span in found:  # what is surer comes first and wins
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept)


def blanked(text: str, spans: Iterable[Span]) -> str:
    """The text with each span put as three dots in brackets, which says nothing of its length."""
    for span in sorted(spans, reverse=True):
        text = text[: span.start] + "[…]" + text[span.end :]
    return text


def _shaped(text: str) -> Iterator[Span]:
    for pattern, kind in ((_CONTACT, "contact"), (_PHONE, "contact"), (_POSTCODE, "postcode"), (_HOME, "care_home")):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), kind)


def _known(text: str, words: Iterable[str], kind: str) -> Iterator[Span]:
    for said in sorted({" ".join(word.split()) for word in words}, key=len, reverse=True):
        if len(said) > 1:
            pattern = r"\s+".join(map(re.escape, said.split()))
            for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
                yield Span(match.start(), match.end(), kind)


def _names(text: str) -> Iterator[Span]:
    for pattern in (_TITLED, _SAID):
        for match in pattern.finditer(text):
            if match.group(1).lower() not in _NO_NAMES:
                yield Span(match.start(1), match.end(1), "name")
    for match in _WORD.finditer(text):
        if match.group()[0].isupper():  # not so in a script without capitals, where it would be every word
            yield from _within(text, match)


def _within(text: str, match: re.Match[str]) -> Iterator[Span]:
    """The run of capital words without ordinary ones at its ends; one that opens a sentence may be one."""
    words = list(re.finditer(r"\S+", match.group()))
    opens = len(words) == 1 and _STARTS.search(text[: match.start()])
    if text.isupper() or (opens and not _DOES.match(text, match.end())):
        return
    while words and words[0].group().lower() in _NO_NAMES:
        words.pop(0)
    while words and words[-1].group().lower() in _NO_NAMES:
        words.pop()
    if words:
        yield Span(match.start() + words[0].start(), match.start() + words[-1].end(), "name")
