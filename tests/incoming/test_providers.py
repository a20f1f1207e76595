"""The directory of care: every layout, its own area only, twice without a change, gone ones told, and back again."""

from pathlib import Path

import pytest

from rules.services import markets
from storage import audit
from tests.incoming.acts import ACTOR, everything, imports, looks, problems, undoes
from tests.incoming.books import cell, ods, row
from tests.storage.world import DAY, NOON, column

REAL = Path(__file__).parents[3] / "shared" / "data" / "cqc"
OURS = Path(__file__).parents[2] / "docs" / "examples" / "providers.csv"
HEADS = (
    "Name,Address,Postcode,Phone number,Service types,Local authority,"
    "CQC Location ID (for office use only),CQC Provider ID (for office use only)\n"
)
ASH = "Ash House,1 Ash Lane,SE10 0AA,020 7946 0101,Nursing homes|Residential homes,Greenwich,1-1,1-9\n"
BIRCH = "Birch Home Care,2 Birch Street,se100ab,2079460102.0,Homecare agencies,Greenwich,1-2,1-9\n"
PREAMBLE = "CQC Locations data,,,,,,,\n,,,,,,,\nThis data was produced on 16 September 2026,,,,,,,\n,,,,,,,\n"
TABLES = ("organisation", "organisation_market")


@pytest.mark.skipif(not REAL.exists(), reason="the regulator's files are not beside the project")
@pytest.mark.parametrize(
    ("name", "read", "new", "left_out"),
    [
        ("layout_2020.csv", 64, 63, {"not_social_care": 1}),
        ("layout_2026_bom.csv", 64, 63, {"not_social_care": 1}),
        ("layout_2026_utf8.csv", 64, 63, {"not_social_care": 1}),
        ("layout_no_preamble_lf.csv", 64, 63, {"not_social_care": 1}),
        ("layout_hsca.ods", 63, 63, {}),
        ("rochdale_care_homes_2019-08.csv", 57, 57, {}),
        ("trafford_care_homes_2026-02.csv", 56, 56, {}),
    ],
)
async def test_every_layout_is_taken_whole_and_a_second_time_changes_nothing(database, name, read, new, left_out):
    first = await imports(database, REAL / name)
    assert (first.read, first.new, first.refused, dict(first.left_out)) == (read, new, 0, left_out)
    before = await everything(database, *TABLES)
    second = await imports(database, REAL / name)
    assert (second.new, second.changed, second.same, second.gone) == (0, 0, new, [])
    assert await everything(database, *TABLES) == before


async def test_a_place_is_kept_with_its_facts_and_its_markets(database, written):
    await imports(database, written(PREAMBLE + HEADS + ASH + BIRCH))
    rows = await database.reading.rows("SELECT * FROM organisation ORDER BY id")
    assert [(row["name"], row["postcode"], row["phone"], row["location_id"]) for row in rows] == [
        ("Ash House", "SE10 0AA", "+442079460101", "1-1"),
        ("Birch Home Care", "SE10 0AB", "+442079460102", "1-2"),
    ]
    assert await column(database.reading, "SELECT market FROM organisation_market ORDER BY organisation_id") == [
        "nursing_home",
        "home_care",
    ]


async def test_the_list_with_filters_is_read_by_its_flags_without_dormant_places_and_hospitals(database, written):
    heads = ["Location ID", "Dormant (Y/N)", "Location Name", "Location Type/Sector", "Location Local Authority"]
    heads += ["Location Street Address", "Location City", "Location Postal Code"]
    heads += ["Service type - Care home service with nursing", "Service type - Domiciliary care service"]
    places = [
        ["1-1", "N", "Ash", "Social Care Org", "Greenwich", "1 Ash Lane", "London", "SE10 0AA", "Y", "Y"],
        ["1-2", "Y", "Birch", "Social Care Org", "Greenwich", "", "", "SE10 0AB", "Y", ""],
        ["1-3", "N", "Cedar Hospital", "NHS Healthcare Organisation", "Greenwich", "", "", "SE10 0AC", "Y", ""],
        ["1-4", "N", "Dental", "Social Care Org", "Greenwich", "", "", "SE10 0AD", "", ""],
    ]
    sheet = "".join(row(*(cell(text) for text in line)) for line in [heads, *places])
    done = await imports(database, written(ods(row(cell("README")), sheet), "a.ods"))
    assert (done.new, dict(done.left_out)) == (1, {"dormant": 1, "not_social_care": 2})
    assert await column(database.reading, "SELECT address FROM organisation") == ["1 Ash Lane, London"]
    assert await column(database.reading, "SELECT market FROM organisation_market ORDER BY market") == [
        "home_care",
        "nursing_home",
    ]


async def test_one_local_authority_is_kept_whatever_way_its_name_is_written(database, written):
    path = written(HEADS + ASH + BIRCH.replace("Greenwich", "Brighton and Hove"))
    done = await imports(database, path, authority="Brighton & Hove City Council")
    assert (done.new, dict(done.left_out)) == (1, {"elsewhere": 1})
    assert dict(done.authorities) == {"Greenwich": 1, "Brighton and Hove": 1}


async def test_what_is_wrong_is_refused_by_line_and_field(database, written):
    lines = [ASH, BIRCH.replace("se100ab", "nowhere"), ASH.replace("Ash House", ""), ASH.replace("1 Ash", "2 Ash")]
    done = await imports(database, written(PREAMBLE + HEADS + "".join(lines)))
    assert problems(done) == [(7, "not_a_postcode", "postcode"), (8, "empty", "name"), (9, "twice", "name")]
    assert (done.new, done.refused) == (1, 3)


async def test_a_place_that_is_not_in_the_register_any_more_is_noted_and_comes_back(database, written):
    both, one = written(HEADS + ASH + BIRCH, "both.csv"), written(HEADS + ASH, "one.csv")
    await imports(database, both)
    done = await imports(database, one, now=NOON + DAY)
    assert (done.gone, done.same) == (["Birch Home Care"], 1)
    assert await column(database.reading, "SELECT gone_at FROM organisation ORDER BY id") == [None, NOON + DAY]
    assert (await imports(database, one)).gone == []
    back = await imports(database, both)
    assert (back.changed, back.same) == (1, 1)
    assert await column(database.reading, "SELECT gone_at FROM organisation ORDER BY id") == [None, None]


async def test_a_row_that_cannot_be_read_and_another_area_are_not_gone(database, written):
    await imports(database, written(HEADS + ASH + BIRCH.replace("Greenwich", "Bexley")))
    unread = ASH.replace("SE10 0AA", "?") + ASH.replace("1-1", "1-5").replace("Ash House", "Elm")
    assert (await imports(database, written(HEADS + unread))).gone == []


async def test_a_councils_extract_never_says_that_a_place_is_gone(database, written):
    await imports(database, written(HEADS + ASH + BIRCH))
    extract = (
        "name,type,address,postcode,telephone,area_name,area_code\nOak,Residential homes,x,SE10 0AX,,Greenwich,E1\n"
    )
    done = await imports(database, written(extract))
    assert (done.new, done.gone) == (1, [])


async def test_a_place_known_by_name_gets_its_id_and_what_somebody_put_right_stays(database, written):
    extract = "name,type,address,postcode,telephone,area_name,area_code\n"
    extract += "ash house,Nursing homes|Residential homes,1 Ash Lane,SE10 0AA,,Greenwich,E1\n"
    await imports(database, written(extract))
    async with database.transaction() as tx:
        await tx.run("UPDATE organisation SET size_band = '10-49', stage = 'engaged'")
        await tx.run("INSERT INTO organisation_market VALUES (1, 'day_services')")
    done = await imports(database, written(HEADS + ASH))
    assert (done.new, done.changed) == (0, 1)
    row = await database.reading.row("SELECT * FROM organisation")
    assert (row["name"], row["location_id"], row["size_band"], row["stage"]) == ("Ash House", "1-1", "10-49", "engaged")
    assert await column(database.reading, "SELECT market FROM organisation_market ORDER BY market") == [
        "day_services",
        "nursing_home",
    ]


async def test_looking_writes_nothing(database, written):
    looked = await looks(database, written(HEADS + ASH))
    assert (looked.new, looked.import_id) == (1, None)
    assert await everything(database, *TABLES, "import", "import_step", "audit") == [[]] * 5


async def test_an_import_is_taken_back_whole(database, written):
    await imports(database, written(HEADS + ASH))
    before = await everything(database, *TABLES)
    done = await imports(database, written(HEADS + ASH.replace("1 Ash Lane", "7 Ash Lane") + BIRCH))
    assert (done.new, done.changed) == (1, 1)
    undone = await undoes(database, done)
    assert (undone.rows, undone.left) == (2, [])
    assert await everything(database, *TABLES) == before
    assert await undoes(database, done) is None


async def test_an_undo_leaves_what_was_changed_or_used_since_and_says_which(database, written):
    cedar = ASH.replace("Ash House", "Cedar").replace("1-1", "1-3")
    done = await imports(database, written(HEADS + ASH + BIRCH + cedar))
    async with database.transaction() as tx:
        await tx.run("UPDATE organisation SET phone = '+442079460199' WHERE location_id = '1-1'")
        await tx.run("UPDATE organisation SET stage = 'approached' WHERE location_id = '1-2'")
    undone = await undoes(database, done)
    assert (undone.rows, sorted(undone.left)) == (1, [("organisation", 1), ("organisation", 2)])
    assert await column(database.reading, "SELECT name FROM organisation") == ["Ash House", "Birch Home Care"]


async def test_after_seven_days_there_is_no_way_back(database, written):
    done = await imports(database, written(HEADS + ASH))
    assert await undoes(database, done, NOON + 7 * DAY) is None
    assert await undoes(database, done, NOON + 7 * DAY - 1) is not None


async def test_who_imported_and_took_back_is_on_record_and_no_name_is(database, written):
    done = await imports(database, written(HEADS + ASH))
    await undoes(database, done)
    entries = await audit.page(database.reading)
    assert [(one.actor, one.action, one.how_many) for one in entries] == [
        (ACTOR, "import_undone", 1),
        (ACTOR, "import", 1),
    ]
    assert not any("Ash" in one.why for one in entries)


async def test_invented_places_are_kept_apart(database, written):
    await imports(database, written(HEADS + ASH), rehearsal=True)
    assert await column(database.reading, "SELECT invented FROM organisation") == [1]


async def test_our_own_example_is_taken(database):
    done = await imports(database, OURS)
    assert (done.new, done.refused) == (2, 0)


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        (["Care home service with nursing", "Care home service without nursing"], ("nursing_home",)),
        (["Nursing homes", "Residential homes", "Homecare agencies"], ("nursing_home", "home_care")),
        (
            ["Residential homes", "Rehabilitation (illness/injury)", "Supported living"],
            ("care_home", "supported_living"),
        ),
        (["Domiciliary care service", "Extra Care housing services"], ("home_care",)),
        (["GP", "Dental service", "Hospice services"], ()),
    ],
)
def test_services_become_markets_by_the_sectors_rule(services, expected):
    assert markets(services) == expected
