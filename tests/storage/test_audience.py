import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import organisations, people
from storage.audience import Audience, left_out, members
from storage.database import opened
from storage.migrate import migrate
from tests.storage.conftest import MIGRATIONS
from tests.storage.world import DAY, NOON, invite, open_meeting, says, send_all, withdraw, worker

CODES = st.sampled_from(["a", "b", "c"])
FILTER = st.none() | st.lists(CODES, max_size=3, unique=True).map(tuple)
AUDIENCES = st.builds(
    Audience, st.integers(1, 3), FILTER, FILTER, FILTER, FILTER, not_answered=st.booleans(), invented=st.booleans()
)


@given(AUDIENCES)
def test_an_audience_can_be_kept_as_text(audience):
    assert Audience.from_json(audience.to_json()) == audience


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"meeting_id": 1, "size": 3}'])
def test_what_is_no_audience_is_refused(text):
    with pytest.raises((ValueError, TypeError, AttributeError)):
        Audience.from_json(text)


def test_an_audience_says_its_filters_in_order():
    audience = Audience(1, strands=("board",), markets=("home_care", "day_services"))
    assert list(audience.parts().items()) == [("markets", ("home_care", "day_services")), ("strands", ("board",))]
    assert Audience(1).parts() == {}


async def test_everyone_left_out_has_one_reason(database):
    async with database.transaction() as tx:
        everyone = [await worker(tx, market="home_care", shift="nights", strand="board") for _ in range(9)]
        answered, asked, stopped, gone, paused, without, *rest = everyone
        await worker(tx, market="home_care", telegram=False)
        await worker(tx, market="day_services")
        await worker(tx, market="home_care", invented=1)
    meeting = await open_meeting(database)
    await says(database, answered, meeting, "no", NOON)
    async with database.transaction() as tx:
        await tx.run(
            "INSERT INTO contact_attempt (person_id, approach_id, reason, about, state, due_at, planned_at, changed_at)"
            " VALUES (:id, 1, 'invite', :about, 'accepted', 0, 0, 0)",
            id=asked,
            about=meeting.id,
        )
        await people.stop(tx, stopped, NOON)
        await people.mark_unreachable(tx, gone, NOON)
        await people.pause(tx, paused, NOON + DAY)
        await withdraw(tx, without)
    audience = Audience(meeting.id, markets=("home_care",))
    assert await members(database.reading, audience, NOON) == len(rest)
    reasons = (
        "already_answered",
        "invited_already",
        "no_channel",
        "no_consent",
        "not_matching",
        "paused",
        "stopped",
        "unreachable",
    )
    assert await left_out(database.reading, audience, NOON) == [(why, 1) for why in reasons]
    again = Audience(meeting.id, markets=("home_care",), not_answered=True)
    assert await members(database.reading, again, NOON) == len(rest) + 1
    assert await members(database.reading, Audience(meeting.id, invented=True), NOON) == 1
    assert (
        await members(
            database.reading,
            Audience(meeting.id, shifts=("nights",), strands=("board",), languages=("en",)),
            NOON + DAY,
        )
        == 4
    )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.data())
async def test_members_are_whom_a_plain_filter_finds(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("audience") / "main.db"
    migrate(path, MIGRATIONS)
    given_people = data.draw(
        st.lists(st.tuples(CODES | st.none(), CODES | st.none(), CODES, st.booleans()), max_size=12)
    )
    audience = data.draw(st.builds(Audience, st.just(1), FILTER, FILTER, FILTER, invented=st.booleans()))
    async with opened(path) as database:
        meeting = await open_meeting(database)
        async with database.transaction() as tx:
            for market, shift, language, invented in given_people:
                await worker(tx, market=market, shift=shift, language=language, invented=int(invented))
        world = [one for one in given_people if one[3] == audience.invented]
        filters = (audience.markets, audience.shifts, audience.languages)
        wanted = [one for one in world if all(f is None or value in f for f, value in zip(filters, one, strict=False))]
        assert await members(database.reading, audience, NOON) == len(wanted)
        out = sum(count for _, count in await left_out(database.reading, audience, NOON))
        assert out + len(wanted) == len(world)
        everyone = sum(not one[3] for one in given_people)
        assert (await invite(database, meeting)).size == everyone
        assert len(await send_all(database, NOON)) == everyone


@pytest.mark.parametrize(("strand", "strands", "asked"), [
    ("network", None, 1), ("network", ("board",), 1), ("board", None, 2), ("network", ("network",), 1),
])  # fmt: skip
async def test_an_employers_people_are_asked_to_a_workers_meeting_only_when_their_strand_is_chosen(
    database, strand, strands, asked
):
    meeting = await open_meeting(database, strand=strand)
    async with database.transaction() as tx:
        await worker(tx, "Ada", strand="network")
        manager = await worker(tx, "Maria", strand="board")
        home = await organisations.add(tx, "provider", "Oak House", NOON)
        await organisations.speaks_for(tx, manager, home.id, "registered manager")
    assert await members(database.reading, Audience(meeting.id, strands=strands), NOON) == asked
