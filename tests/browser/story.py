"""The story everyone tries first: sign up, be invited, answer or not, be logged, be exported."""

import re

import texts
from tests.browser.demo import Hand
from texts.catalogue import DRAFT, catalogue

ARABIC = "ar" + DRAFT
MEETING = "Rotas that work for us"
WHY = "The evaluation for October to December"


async def joins(hand: Hand, language="en", *, market="home_care", shift="days") -> None:
    """By the poster, in this language; two taps, then four questions."""
    await hand.scans("Poster at the bus stop")
    await hand.sees(first_line(language, "language.choose"))
    await hand.taps(re.compile(f"^{texts.native_name(language)}"))
    await hand.sees(first_line(language, "join.consent"))
    await hand.taps(first_line(language, "join.consent.button.yes"))
    for step, answer in ("market", market), ("shift", shift), ("job", "care_worker"), ("strand", "network"):
        await hand.answers((first_line(language, f"join.{step}"), first_line(language, f"{step}.{answer}")))
    await hand.sees(first_line(language, "join.done"))


def first_line(language: str, name: str) -> str:
    """How a text begins, as a reader sees it."""
    return re.sub(r"<[^>]+>", "", catalogue(language).forms[name][0]).splitlines()[0]


async def enrols(hand: Hand) -> None:
    await hand.scans(f"{hand.name}’s one-time code")
    await hand.sees(re.compile("You are now an? "))


async def makes_a_meeting(hand: Hand) -> None:
    await hand.says("/meeting")
    await hand.answers(
        ("to look closer.", "New meeting"),
        ("What is the meeting called?", f">{MEETING}"),
        ("What is it part of?", "Workers’ network"),
        ("Do people meet in person or online?", "In person"),
        ("Where is it?", "Riverside Library"),
        ("When does it start?", ">next friday 6:30pm"),
        ("Is that right?", "Yes, that is right"),
        ("How long will it last?", "1½ hours"),
        ("How many places are there?", "20"),
        ("Is there a thank-you for coming?", ">a £10 voucher"),
        ("Who leads it?", "I do"),
        ("How can people who are coming reach the lead?", "Skip this"),
        ("Please check:", "Yes, make it"),
    )
    await hand.sees("Made: ")


async def invites_everyone(hand: Hand) -> int:
    """Up to the minute in which it can be undone; the number of people who will get it."""
    await hand.taps("Invite people")
    await hand.sees("Who should be asked?")
    await hand.taps("Show me the message")
    asked = hand.log.get_by_text("type the number of people:").last
    count = int(re.search(r"number of people: (\d+)", await asked.inner_text())[1])
    await hand.says(str(count))
    await hand.sees("Sending begins in 60 seconds.")
    return count


async def logs_a_call(hand: Hand, about: str) -> None:
    await hand.says("/log")
    await hand.answers(
        ("How was the contact made?", "Phone call"),
        ("Who was it with?", f">{about}"),
        ("What came of it?", "Left a message"),
        ("Anything to note?", ">Try again after 4"),
    )
    await hand.sees(f"Logged: {about}.")
