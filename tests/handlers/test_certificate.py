"""Certificates and the record of what somebody gave: for those who came, in their name, provable by a code."""

import re

import pytest

from reports import certificate as papers
from rules.certificates import issue
from rules.council import Council
from storage import attendance, certificates, contributions
from tests.handlers.acts import opens_meeting


async def has_been_to(stage, *came, **about):
    """A meeting that is over, with these recorded as having come."""
    meeting = await opens_meeting(stage, **about)
    async with stage.program.database.transaction() as tx:
        for someone in came:
            person = await someone.person()
            await attendance.record(tx, meeting.id, person.id, "came", "coordinator", meeting.starts_at)
    await stage.passes(seconds=meeting.ends_at - stage.clock.now + 3600)
    return meeting


def newest_file(someone):
    message = next(m for m in reversed(someone.phone.messages) if m.get("document"))
    return message, someone.stage.simulator.world.bots[someone.stage.token]


async def code_for(stage, someone, meeting, name):
    async with stage.program.database.transaction() as tx:
        known = await certificates.secret(tx)
    one = await contributions.attended(stage.db, (await someone.person()).id, meeting.id, int(stage.clock.now))
    return issue(known, one.facts, name)


async def test_a_certificate_in_two_taps_with_the_name_as_it_is_wanted(stage):
    ada = await stage.worker("Ada")
    await has_been_to(stage, ada)
    await ada.says("/mine")
    ada.sees("Meetings: 1", "Hours: 1.5", "Tea and talk")
    await ada.taps("Certificate: Tea and talk")
    ada.sees("certificate_name.name")
    await ada.says("  Ada   King, Countess of Lovelace ")
    ada.sees("On your certificates: Ada King, Countess of Lovelace", "Here is your certificate for Tea and talk")
    message, _ = newest_file(ada)
    assert message["document"]["file_name"] == "certificate-2027-03-04.pdf"
    await ada.says("/mine")
    await ada.taps("Certificate: Tea and talk")
    ada.sees("Here is your certificate", "The name on it: Ada King, Countess of Lovelace")
    await ada.taps("certificate.button.name")
    await ada.taps("Ada")
    ada.sees("The name on it: Ada\n")


async def test_digits_are_no_name(stage):
    ada = await stage.worker("Ada")
    await has_been_to(stage, ada)
    await ada.says("/mine")
    await ada.taps("Certificate: Tea and talk")
    await ada.says("12345")
    ada.sees("certificate_name.name.no_letters")


async def test_nobody_gets_one_who_did_not_come_or_before_it_is_over(stage):
    ada, bo = await stage.worker("Ada"), await stage.worker("Bo")
    meeting = await has_been_to(stage, ada)
    for data in (f"certificate:{meeting.id}", f"certificate.name:{meeting.id}", "certificate:999", "certificate:x"):
        await bo.forges(f"v1:{data}")
        bo.sees("button.closed")
    later = await opens_meeting(stage, days=9)
    async with stage.program.database.transaction() as tx:
        await attendance.record(tx, later.id, (await bo.person()).id, "came", "door", int(stage.clock.now))
    await bo.forges(f"v1:certificate:{later.id}")
    bo.sees("certificate.not_yet")


async def test_a_reversed_attendance_gives_none(stage):
    ada = await stage.worker("Ada")
    meeting = await has_been_to(stage, ada)
    async with stage.program.database.transaction() as tx:
        await attendance.take_back(tx, meeting.id, (await ada.person()).id, int(stage.clock.now))
    await ada.forges(f"v1:certificate:{meeting.id}")
    ada.sees("button.closed")


async def test_anybody_can_check_a_code_and_learns_no_name(stage):
    ada, eve = await stage.worker("Ada"), stage.somebody("Eve")
    meeting = await has_been_to(stage, ada)
    code = await code_for(stage, ada, meeting, "Ada Lovelace")
    await eve.says(f"/verify {code.lower().replace('-', ' ')}")
    eve.sees("4 March 2027", "1.5 hours")
    eve.sees_not("Ada", "Tea and talk")
    await eve.says(f"/start verify-{code.replace('-', '')}")
    eve.sees("certificate.verify.yes")
    await eve.says(f"/verify {code} ada LOVELACE")
    eve.sees("certificate.verify.named")
    await eve.says(f"/verify {code} Eve")
    eve.sees("certificate.verify.not_named")
    assert await eve.person() is None


async def test_wrong_and_forged_codes_get_one_answer(stage):
    eve = stage.somebody("Eve")
    await eve.says("/verify 7KQ2MD-X40ZTP-9RVA3H-C1EJ8W")
    eve.sees("certificate.verify.no")  # before any secret was made
    ada = await stage.worker("Ada")
    meeting = await has_been_to(stage, ada)
    code = await code_for(stage, ada, meeting, "Ada")
    near = code[:-1] + ("A" if code[-1] != "A" else "B")
    answers = set()
    for typed in (near, "7KQ2MD-X40ZTP-9RVA3H-C1EJ8W", "0" * 24, "hello", f"{code}X", f"{near} Ada", "🙂", "<b>"):
        await eve.says(f"/verify {typed}")
        answers.update(eve.shown)
    assert len(answers) == 1
    await eve.says("/verify")
    eve.sees("certificate.verify.how")


async def test_an_erased_person_leaves_no_name_and_the_code_still_proves_the_meeting(stage):
    ada, eve = await stage.worker("Ada"), stage.somebody("Eve")
    meeting = await has_been_to(stage, ada)
    code = await code_for(stage, ada, meeting, "Ada Lovelace")
    await ada.says("/delete")
    await ada.taps("staying.delete.button.yes")
    await eve.says(f"/verify {code}")
    eve.sees("certificate.verify.yes")


async def test_the_record_as_words_and_as_a_file(stage):
    ada = await stage.worker("Ada")
    await ada.says("/mine")
    ada.sees("mine.none")
    await has_been_to(stage, ada)
    await ada.says("/mine")
    await ada.taps("mine.button.file")
    message, _ = newest_file(ada)
    assert re.fullmatch(r"record-2027-03-0\d\.pdf", message["document"]["file_name"])


@pytest.mark.parametrize(
    "name",
    [
        "Ada Lovelace",
        "نور الهدى عبد الرحمن",
        "Łucja Żółć-Święcicka",
        "Ștefania Țurcanu-Ionescu",
        "Олександра Щербаківська-Їжакевич",
        "W" * 80,
        "<b>Robert</b> #eval[1] $x$ \\ @ref",
    ],
)
@pytest.mark.parametrize("language", ["en", "ar-x-draft"])
def test_both_papers_can_be_printed_tagged_with_every_name(name, language):
    meeting = contributions.Attended(7, "Tea & talk <3 #1", "2027-03-04T19:30", 90, "wellbeing", "Library", "Sam")
    council = Council(name="Royal Borough of Testing", certificate_signer="Jo Bloggs, Head of Care")
    paper = papers.Paper(name, language, "care_compact_bot", council, invented=True)
    made = papers.certificate(paper, meeting, "7KQ2MD-X40ZTP-9RVA3H-C1EJ8W")
    given = contributions.Contribution((meeting,) * 40, 3, 1)
    for content in (made, papers.record(paper, given, meeting.starts)):
        assert content.startswith(b"%PDF-1.7")
        assert b"/StructTreeRoot" in content or b"/MarkInfo" in content or b"ObjStm" in content


def test_english_stands_alone_and_another_language_beside_it():
    meeting = contributions.Attended(7, "Tea", "2027-03-04T19:30", 90, "", "", "")
    english, arabic = (
        papers.certificate_data(papers.Paper("Ada", language, "bot", Council()), meeting, "CODE")
        for language in ("en", "ar-x-draft")
    )
    assert english["title"] == ["Certificate of attendance", ""]
    assert arabic["title"] == ["Certificate of attendance", "شهادة حضور"]
    assert (english["rtl"], arabic["rtl"]) == (False, True)
    assert [fact["value"][0] for fact in english["facts"]] == ["4 March 2027", "1.5"]
