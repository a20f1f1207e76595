"""The forms on paper ask what the chat asks, with a code for each box; they are one page and carry the notice."""

import pytest

import texts
from handlers.feature import Choice
from handlers.join_form import JOIN
from reports import pages, paper
from rules import bands, sign_up
from rules.council import Council
from tests.reports.test_pages import inside

COUNCIL = Council(
    name="Royal Borough of Testing",
    privacy_contact="privacy@example.org",
    market_names={"shared_lives": "Shared Lives"},
    markets=("home_care", "shared_lives"),
)


def asked(form, language="en"):
    return paper.Paper(form, "https://t.me/care_bot?start=wall", "wall", language)


class Speaking:
    """As much of a turn as the form's choices ask for."""

    council = COUNCIL


async def values_in_the_chat(step):
    listed = step.choices if isinstance(step.choices, tuple) else await step.choices(None, Speaking(), {})
    return [one.value if isinstance(one, Choice) else one for one in listed]


async def test_the_paper_asks_what_the_chat_asks_in_the_same_order():
    in_the_chat = {step.name: await values_in_the_chat(step) for step in JOIN.steps}
    on_paper = {one.field: list(one.values.values()) for one in sign_up.questions(COUNCIL)}
    assert on_paper == in_the_chat
    assert list(on_paper) == list(in_the_chat)
    printed = paper.of(asked("join"), COUNCIL)["questions"]
    assert [code for one in printed for code, _ in one["boxes"]] == [
        code for one in sign_up.questions(COUNCIL) for code in one.values
    ]


def test_the_words_beside_the_boxes_are_the_chats_own():
    boxes = dict(tuple(box) for one in paper.of(asked("join"), COUNCIL)["questions"] for box in one["boxes"])
    assert boxes["M1"] == texts.plain("en", "market.home_care")
    assert boxes["M2"] == "Shared Lives"
    assert boxes["S1"] == texts.plain("en", "shift.days")
    assert boxes["B"] == texts.plain("en", "strand.board")


def test_the_week_has_the_councils_bands():
    council = Council(bands=bands.parse("day=06-18, night=18-06"))
    made = paper.of(asked("free"), council)
    assert made["bands"] == [["1", "", "06:00–18:00"], ["2", "", "18:00–06:00"]]
    assert [mark for mark, _ in made["days"]] == ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    ours = paper.of(asked("free"), COUNCIL)
    assert [name for _, name, _ in ours["bands"]] == ["Early", "Morning", "Afternoon", "Evening", "Late", "Night"]


@pytest.mark.parametrize("form", paper.FORMS)
@pytest.mark.parametrize("language", ["en", "ar-x-draft"])
def test_each_form_is_one_tagged_page_with_the_notice_and_the_promise(form, language):
    made = paper.of(asked(form, language), COUNCIL)
    assert any("privacy@example.org" in line for line in made["notice"])
    assert made["employer"] == texts.plain(language, "poster.employer")
    assert "wall" in made["small"]
    assert (texts.plain(language, "sheet.draft") in made["small"]) == (language != "en")
    page = inside(paper.sheet(asked(form, language), COUNCIL))
    assert b"/StructTreeRoot" in page
    assert f"/Lang({language[:2]})".encode() in page.replace(b"/Lang (", b"/Lang(")


def test_many_markets_still_fit_and_too_many_are_refused():
    many = Council(markets=tuple(f"m{n}" for n in range(12)), market_names={f"m{n}": f"Market {n}" for n in range(12)})
    assert paper.sheet(asked("join"), many).startswith(b"%PDF-")
    endless = Council(markets=tuple(f"m{n}" for n in range(60)), market_names={f"m{n}": f"M {n}" for n in range(60)})
    with pytest.raises(pages.TooLong):
        paper.sheet(asked("join"), endless)


def test_there_are_two_forms():
    with pytest.raises(ValueError, match="no form"):
        paper.sheet(asked("other"), COUNCIL)
