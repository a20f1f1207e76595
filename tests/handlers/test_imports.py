"""An officer sends a file to the bot: looked at, decided on, confirmed, taken back, and never left lying."""

import os
import time

import pytest

import handlers.imports
from incoming.staged import WAITS
from storage import audit, imports
from tests.incoming.books import cell, ods, row

HEADS = "Name,Address,Postcode,Phone number,Service types,Local authority,CQC Location ID (for office use only)\n"
ASH = "Ash House,1 Ash Lane,SE10 0AA,020 7946 0101,Nursing homes,Greenwich,1-1\n"
BIRCH = "Birch Home Care,2 Birch Street,SE10 0AB,020 7946 0102,Homecare agencies,Bexley,1-2\n"
PEOPLE = "Name,Phone\nAda,07700 900101\n"


async def hands(someone, content, name="list.csv"):
    data = content.encode() if isinstance(content, str) else content
    await someone.sends("document", file_name=name, data=data)


async def count(stage, table):
    return await stage.db.value(f"SELECT COUNT(*) FROM {table}")  # noqa: S608 - the test names the table


def left_behind(folder):
    return sorted(path.name for path in (folder / "imports").glob("*")) if (folder / "imports").exists() else []


async def test_a_file_is_looked_at_confirmed_and_taken_back(stage, data_dir):
    olu = await stage.officer()
    await hands(olu, HEADS + ASH)
    olu.sees("import.preview", "New: 1", "Nothing is written yet")
    assert await count(stage, "organisation") == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in (data_dir / "imports").glob("*"))
    await olu.taps("import.button.write")
    olu.sees("import.done")
    assert (await count(stage, "organisation"), left_behind(data_dir)) == (1, [])
    await olu.taps("import.button.undo")
    olu.sees("Taken back: 1 rows")
    assert await count(stage, "organisation") == 0
    who = f"person:{(await olu.person()).id}"
    assert [(one.actor, one.action) for one in (await audit.page(stage.db))[:2]] == [
        (who, "import_undone"), (who, "import"),
    ]  # fmt: skip


async def test_a_second_time_there_is_nothing_to_write(stage):
    olu = await stage.officer()
    await hands(olu, HEADS + ASH)
    await olu.taps("import.button.write")
    await hands(olu, HEADS + ASH)
    olu.sees("import.nothing_new", "New: 0", "The same as before: 1")


async def test_a_cancelled_file_is_gone_and_its_old_buttons_do_nothing(stage, data_dir):
    olu = await stage.officer()
    await hands(olu, HEADS + ASH)
    await olu.taps("import.button.cancel")
    olu.sees("import.cancelled")
    assert left_behind(data_dir) == []
    await hands(olu, HEADS + ASH)
    token = next(one.removesuffix(".json") for one in left_behind(data_dir) if one.endswith(".json"))
    await olu.taps("import.button.cancel")
    for verb in ("write", "again", "problems", "doubts", "areas", "area", "cancel"):
        await olu.forges(f"v1:import.{verb}:{token}")
        olu.sees("button.closed")
    assert await count(stage, "organisation") == 0


async def test_the_area_is_asked_where_a_directory_has_several(stage):
    olu = await stage.officer()
    await hands(olu, HEADS + ASH + BIRCH)
    olu.sees("There are 2 areas")
    await olu.taps("Bexley (1)")
    olu.sees("New: 1", "in another area: 1")
    await olu.taps("import.button.write")
    assert await stage.db.value("SELECT name FROM organisation") == "Birch Home Care"


async def test_all_areas_can_be_kept_and_many_are_leafed_through(stage):
    olu = await stage.officer()
    many = "".join(ASH.replace("Greenwich", f"Area {n:02}").replace("1-1", f"1-{n}") for n in range(12))
    await hands(olu, HEADS + many)
    await olu.taps("import.button.more_areas")
    assert "Area 11 (1)" in olu.buttons
    await olu.taps("import.button.all_areas")
    olu.sees("New: 12")


async def test_refused_rows_are_shown_by_line_and_reason(stage):
    olu = await stage.officer()
    await hands(olu, HEADS + ASH + BIRCH.replace("SE10 0AB", "?").replace("Bexley", "Greenwich"))
    await olu.taps("See refused rows (1)")
    olu.sees("Line 3, postcode: this is not a postcode")
    await olu.taps("import.button.back")
    olu.sees("import.preview")


@pytest.mark.parametrize(
    ("button", "people"), [("Leave this row out", 1), ("The same person", 1), ("Keep apart: two people", 2)]
)
async def test_somebody_who_looks_like_another_is_decided_on(stage, button, people):
    olu = await stage.officer()
    await hands(olu, PEOPLE)
    await olu.taps("import.button.write")
    await hands(olu, "Name,Phone,E-mail\nGrace,07700 900101,g@care.example\nBo,,bo@care.example\n")
    await olu.taps("Decide about look-alikes (1)")
    olu.sees("Grace has the same phone or e-mail as Ada")
    await olu.taps(button)
    olu.sees("import.preview")
    await olu.taps("import.button.write")
    assert await stage.db.value("SELECT COUNT(*) FROM contact_route JOIN person ON person.id = person_id") == {
        "Leave this row out": 2, "The same person": 3, "Keep apart: two people": 4,
    }[button]  # fmt: skip
    assert await stage.db.value("SELECT COUNT(*) FROM person WHERE display_name IN ('Ada', 'Grace')") == people


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Nom,Ville\nAda,Sale\n", "No headings in it are known"),
        (b"%PDF-1.7", "This is not a table"),
        ("Name,Outcome\nAda,spoke\n", "These headings are missing"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_refused_with_the_reason_and_not_kept(stage, data_dir, content, said):
    olu = await stage.officer()
    await hands(olu, content)
    olu.sees("import.refused", said)
    assert left_behind(data_dir) == []


async def test_a_bomb_sent_to_the_bot_is_refused_and_the_bot_goes_on(stage):
    olu = await stage.officer()
    await hands(olu, ods(row(cell("a" * 400_000_000))), "bomb.ods")
    olu.sees("import.refused")
    await olu.says("/import")
    olu.sees("import.start.none")


async def test_what_is_too_large_for_a_chat_is_told_the_other_way(stage):
    olu = await stage.officer()
    await hands(olu, b"Name,Phone\n" + b"a" * 21 * 1024 * 1024)
    olu.sees("import.too_large_for_chat")
    await hands(olu, "Name,Phone\n" + "".join(f"P{n},0770{n:07}\n" for n in range(20_001)))
    olu.sees("import.too_large_for_chat")


async def test_a_file_that_cannot_be_fetched_is_asked_for_again(stage):
    olu = await stage.officer()
    await olu.does(
        lambda: (olu.phone.sends("document", data=b"Name,Phone\n"), stage.simulator.world.shelf._paths.clear())
    )
    olu.sees("import.not_fetched")


async def test_nobody_but_an_officer_hands_in_files(stage, data_dir):
    for someone in (await stage.worker(), await stage.coordinator()):
        await hands(someone, PEOPLE)
        someone.sees("help.unreadable.document")
    assert left_behind(data_dir) == []


async def test_another_officers_file_and_a_lost_role_are_no_way_in(stage, data_dir):
    olu, ivy = await stage.officer("Olu"), await stage.officer("Ivy")
    await hands(olu, PEOPLE)
    token = next(one.removesuffix(".json") for one in left_behind(data_dir) if one.endswith(".json"))
    for words in (token, "../../main", "0" * 16, ""):
        await ivy.forges(f"v1:import.write:{words}" if words else "v1:import.write")
        ivy.sees("button.closed")
    async with stage.program.database.transaction() as tx:
        await tx.run("UPDATE role_grant SET revoked_at = 1 WHERE person_id = :id", id=(await olu.person()).id)
    await olu.taps("import.button.write")
    olu.sees("button.closed")
    assert await stage.db.value("SELECT COUNT(*) FROM person WHERE display_name = 'Ada'") == 0


async def test_a_file_nobody_came_back_to_is_gone_after_a_day(stage, data_dir):
    olu = await stage.officer()
    await hands(olu, PEOPLE)
    await stage.program.ticker.tidy()
    assert len(left_behind(data_dir)) == 2
    for path in (data_dir / "imports").glob("*"):
        os.utime(path, (time.time() - WAITS - 1,) * 2)
    await stage.program.ticker.tidy()
    assert left_behind(data_dir) == []


async def test_the_last_imports_are_listed_with_their_way_back_for_seven_days(stage):
    olu = await stage.officer()
    await hands(olu, PEOPLE, "Our people.csv")
    await olu.taps("import.button.write")
    await olu.says("/import")
    olu.sees("Our people.csv. New 1, changed 0.")
    assert olu.buttons == ["Take back number 1"]
    await stage.passes(days=7)
    await olu.taps("Take back number 1")
    olu.sees("import.not_undone")
    await stage.program.ticker.tidy()
    assert await count(stage, "import_step") == 0


async def test_the_log_of_an_import_holds_no_name(stage, capfd):
    olu = await stage.officer()
    await hands(olu, "Name,Phone\nZebedee Quux,07700 900133\n", "Quux family.csv")
    await olu.taps("import.button.write")
    said = "".join(capfd.readouterr())
    assert "imported" in said
    assert not any(word in said for word in ("Quux", "Zebedee", "900133"))


def test_the_largest_file_is_what_telegram_hands_out():
    assert handlers.imports.LARGEST == 20 * 1024 * 1024
    assert imports.UNDO_DAYS == 7
