"""A coordinator finds the time that reaches the most people, sees whom it leaves out, and acts on it in one tap."""

import asyncio

from handlers import when_page
from reports.times import Asked, Chosen, Share, Times
from rules.council import Council
from rules.roles import Role
from storage import availability, meetings, polls, searches
from storage.audience import Audience
from storage.searches import Search
from tests.handlers.acts import opens_meeting
from tests.handlers.test_poll import only_poll

FREE_WEDNESDAY = {(2, "afternoon"): True, (1, "morning"): False}
DAY = 24 * 3600


async def says(stage, someone, week):
    async with stage.program.database.transaction() as tx:
        await availability.set_week(tx, (await someone.person()).id, week, int(stage.clock.now))


async def borough(stage):
    """Two on nights who are free on Wednesday afternoon, one on days who is free on Tuesday morning, one silent."""
    ada, bo = await stage.worker("Ada", shift="nights"), await stage.worker("Bo", shift="nights", market="care_home")
    cy = await stage.worker("Cy", shift="days")
    await stage.worker("Dee")
    for someone in (ada, bo):
        await says(stage, someone, FREE_WEDNESDAY)
    await says(stage, cy, {(1, "morning"): True, (2, "afternoon"): False})
    return ada, bo, cy


async def asks(cas, hours="8am to 10pm", window="The next 2 weeks"):
    await cas.says("/when")
    await cas.taps("On we go")
    await cas.taps("1½ hours")
    await (cas.taps(window) if window.startswith("The next") else cas.says(window))
    await (cas.taps(hours) if hours == "8am to 10pm" else cas.says(hours))


async def test_the_best_time_and_the_best_pair_with_whom_they_leave_out(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    cas.sees(
        "Tuesday 2 March to Monday 15 March. 8am to 10pm.",
        "People: 4. 1 of them have not said",
        "Best time: Wednesday 3 March 2027, 1pm\n2 can come. 1 cannot. 1 have not said.",
        "Where they work\nHome care: 1 can, 1 cannot and 1 not said\nCare home: 1 can\n",
        "Shift\nDays: 0 can, 1 cannot and 1 not said\nNights: 2 can\n",
        "Group\nNetwork: 2 can, 1 cannot and 1 not said",
        "Tuesday 2 March 2027, 9am\nWednesday 3 March 2027, 1pm\n3 can come to at least one. 0 cannot come to any.",
        "when.proved",
    )


async def test_the_answer_stands_where_i_am_counting_stood(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    last = [message for message in cas.phone.messages if message["from"]["is_bot"]][-2:]
    assert "edit_date" in last[0]
    assert last[0]["text"].startswith("Tuesday 2 March to")
    assert "I am counting" not in str(cas.phone.messages[-3:])


async def test_days_and_hours_can_be_typed_and_are_said_back_in_words(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas, hours="10-12, after 6pm and nights", window="from 8 March to 20 March")
    cas.sees("Monday 8 March to Saturday 20 March. 10am to 12 noon and 6pm to 5am.", "Tuesday 9 March 2027, 10am")


async def test_days_and_hours_that_are_none_are_asked_about_again_and_nothing_is_lost(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await cas.says("/when")
    await cas.taps("On we go")
    await cas.taps("1½ hours")
    for typed, problem in (
        ("whenever", "when.window.not_understood"),
        ("31 February to 3 March", "when.window.impossible"),
        ("20 weeks", "when.window.too_long"),
    ):
        await cas.says(typed)
        cas.sees(problem, "when.window")
    await cas.says("next 3 weeks")
    cas.sees("Days: Tuesday 2 March to Monday 22 March")
    await cas.says("teatime-ish")
    cas.sees("when.hours.not_understood", "when.hours")
    await cas.says("10:00-14:00")
    cas.sees("10am to 2pm", "when.found.one")


async def test_why_not_another_time_typed_or_tapped(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("Why not another time?", on="Best time: Wednesday")
    cas.sees("when_why.other")
    await cas.says("Tuesday 10am")
    cas.sees(
        "Wednesday 3 March 2027, 1pm\n2 can come",
        "Tuesday 2 March 2027, 10am\n1 can come. 1 have not said.",
        "0 can come to both",
        "Only the first suits 2",
        "Shift\nNights: 2 can",
        "Only the other suits 1",
        "Shift\nDays: 1 can",
    )
    assert {"Make the meeting: Wed 3 Mar, 1pm", "Make the meeting: Tue 2 Mar, 10am"} <= set(cas.buttons)
    await cas.taps("Compare with one more time")
    await cas.taps("Tue 2 Mar, 9am")
    cas.sees("Only the other suits 1")
    await cas.taps("Make the meeting: Tue 2 Mar, 9am")
    cas.sees("The meeting begins on Tuesday 2 March 2027, 9am", "meeting.title")


async def test_several_times_stand_beside_another_one_together(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("Why not another time?")
    await cas.says("Tuesday 10am")
    cas.sees("1pm\n3 can come to at least one.", "10am\n1 can come.", "1 can come to both", "when.only_other.nobody")


async def test_a_better_time_than_those_that_were_allowed_is_said_to_be_better(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas, hours="9am to 12 noon")
    cas.sees("Best time: Tuesday 2 March 2027, 9am")
    await cas.taps("Why not another time?", on="Best time: Tuesday")
    await cas.says("Wednesday 2:30pm")
    cas.sees("when.compared.less", "Wednesday 3 March 2027, 2:30pm\n2 can come")
    await cas.taps("Compare with one more time")
    await cas.says("Tuesday 9:30am")
    cas.sees("when.compared.same", "when.only_best.nobody", "when.only_other.nobody")


async def test_the_best_three_together_and_five(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("Best 3")
    cas.sees("Best 3 times together")
    await cas.taps("Best 5")
    cas.sees("Best 5 times together", "3 can come to at least one")


async def test_one_tap_begins_the_meeting_at_any_of_the_times(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("Make the meeting: Tue 2 Mar, 9am")
    cas.sees("The meeting begins on Tuesday 2 March 2027, 9am")
    await cas.taps("Make the meeting: Wed 3 Mar, 1pm")
    cas.sees("The meeting begins on Wednesday 3 March 2027, 1pm", "meeting.title")
    await cas.says("Tea")
    await cas.taps("meeting.strand.network")
    await cas.taps("Online")
    await cas.taps("Skip this")
    await cas.taps("No limit")
    await cas.taps("No thank-you")
    await cas.taps("I do")
    await cas.taps("Skip this")
    await cas.taps("Yes, make it")
    (made,) = await meetings.upcoming(stage.db, int(stage.clock.now))
    assert (made.local_start, made.minutes) == ("2027-03-03T13:00", 90)


async def test_the_week_as_a_picture_with_all_of_it_in_words(stage):
    await borough(stage)
    await opens_meeting(stage)
    cas = await stage.coordinator()
    await asks(cas)
    await cas.taps("The week in pictures and in words")
    cas.sees("Most people free\nWednesday, Afternoon, 1pm to 5pm: 2", "when.picture.free", "when.picture.gap")
    cas.sees("Tuesday\nMorning, 9am to 1pm: 1 free, 0 offered, gap +33")
    cas.sees("Wednesday\nAfternoon, 1pm to 5pm: 2 free, 0 offered, gap +67")
    cas.sees("Thursday\nEvening, 5pm to 10pm: 0 free, 1 offered, gap -100", "Friday\nnobody free, nothing offered")
    assert sum(bool(message.get("photo")) for message in cas.phone.messages) == 3


async def test_a_window_without_a_time_says_so(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await cas.says("/when")
    await cas.taps("On we go")
    await cas.says("24 hours")
    await cas.taps("The next 7 days")
    await cas.taps("9am to 5pm")
    cas.sees("when.no_slots")
    await cas.taps("Look for other times")
    cas.sees("when.audience")


async def polled(cas, poll):
    """Through the questions of a poll whose audience and length are known."""
    await cas.taps(poll)
    cas.sees("poll.slots")
    await cas.taps("These times")
    await cas.says("Tea")
    await cas.taps("poll.strand.network")
    await cas.taps("Online")
    await cas.taps("No limit")
    await cas.taps("No thank-you")
    await cas.taps("2 days")


async def test_one_tap_begins_a_poll_about_the_best_time_or_about_several_among_the_same_people(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await cas.says("/when")
    await cas.taps("☐ When: Nights")
    await cas.taps("On we go")
    await cas.taps("1½ hours")
    await cas.says("from 8 March to 20 March")
    await cas.taps("8am to 10pm")
    await cas.taps("Ask people: a poll")
    assert [one for one in cas.buttons if one.startswith("✓")] == ["✓ Wednesday 10 March, 1pm"]
    await cas.taps("Best 3")
    await cas.taps("Ask people: a poll about these 3")
    assert len([one for one in cas.buttons if one.startswith("✓")]) == 3
    await cas.taps("These times")
    await cas.says("Tea")
    await cas.taps("poll.strand.network")
    await cas.taps("Online")
    await cas.taps("No limit")
    await cas.taps("No thank-you")
    await cas.taps("2 days")
    cas.sees("People who will be asked: 2")
    await cas.taps("Yes, show me the message")
    await cas.says("2")
    poll = await only_poll(stage, cas)
    assert len(await polls.slots(stage.db, poll.id)) == 3


async def test_a_poll_about_the_best_pair_becomes_the_meeting(stage):
    ada, bo, cy = await borough(stage)
    cas = await stage.coordinator()
    await asks(cas, window="from 8 March to 20 March")
    await polled(cas, "Ask people: a poll about these 2")
    await cas.taps("Yes, show me the message")
    await cas.says("4")
    await stage.passes(hours=7)
    await ada.taps("2. Yes")
    await bo.taps("2. Yes")
    await cy.taps("1. Yes")
    await stage.passes(hours=48)
    await cas.taps("Look at it")
    cas.sees("Wednesday 10 March 2027, 1pm: yes 2")
    await cas.taps("Take Wednesday 10 March, 1pm")
    await cas.taps("Yes")
    (made,) = await meetings.upcoming(stage.db, int(stage.clock.now))
    assert (made.local_start, made.minutes) == ("2027-03-10T13:00", 90)


async def test_another_coordinators_search_and_times_that_are_past_are_closed(stage):
    await borough(stage)
    cas, dot = await stage.coordinator(), await stage.coordinator("Dot")
    await asks(cas)
    number = await stage.db.value("SELECT MAX(id) FROM time_search")
    for data in ("when.look:{}", "when.many:{}:3", "when.week:{}", "when.meet:{}:20270303T1300", "when.why:{}:1"):
        await dot.forges(f"v1:{data.format(number)}")
        dot.sees("button.closed")
    for data in (
        "when.many:{}:9",
        "when.poll:{}:4",
        "when.why:{}:4",
        "when.meet:{}:soon",
        "when.meet:{}:20270101T1300",
    ):
        await cas.forges(f"v1:{data.format(number)}")
        cas.sees("button.closed")
    await cas.forges(f"v1:when.meet:{number}:20270101T1300")
    cas.sees("button.closed")


async def test_a_search_is_forgotten_after_two_weeks_and_with_its_coordinator(stage):
    await borough(stage)
    cas, dot = await stage.coordinator(), await stage.staff(Role.COORDINATOR, name="Dot")
    await asks(cas)
    await asks(dot)
    assert await stage.db.value("SELECT COUNT(*) FROM time_search") == 2
    await dot.says("/delete")
    await dot.taps("Yes, delete it all")
    assert await stage.db.value("SELECT COUNT(*) FROM time_search") == 1
    stage.clock.passes(days=15)
    await stage.program.ticker.tidy()
    assert await stage.db.value("SELECT COUNT(*) FROM time_search") == 0
    await cas.taps("Best 3")
    cas.sees("button.closed")


async def test_what_could_not_be_counted_can_be_counted_again(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    async with stage.program.database.transaction() as tx:
        asked = await tx.value("SELECT asked FROM time_search")
        await tx.run("UPDATE time_search SET asked = json_set(asked, '$.zone', 'Nowhere/AtAll')")
    await cas.taps("Best 3")
    cas.sees("when.not_counted")
    async with stage.program.database.transaction() as tx:
        await tx.run("UPDATE time_search SET asked = :asked", asked=asked)
    await cas.taps("Count again")
    cas.sees("Best time: Wednesday 3 March 2027, 1pm", "Best 2 times together")


async def seeded(stage, how_many):
    """So many people, each with a week of their own."""
    now = int(stage.clock.now)
    async with stage.program.database.transaction() as tx:
        await tx.run(
            "INSERT INTO person (telegram_id, display_name, language, market, shift, strand, met_at)"
            " WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < :many)"
            " SELECT 900000 + x, 'P', 'en', 'home_care', 'days', 'network', 0 FROM n",
            many=how_many,
        )
        await tx.run(
            "INSERT INTO consent (person_id, notice_version, accepted, route, given_at)"
            " SELECT id, '1', 1, 'telegram', 0 FROM person WHERE display_name = 'P'"
        )
        await tx.run(
            "INSERT INTO availability (person_id, weekday, band, free, said_at)"
            " SELECT person.id, day.value, band.value, iif(abs(random()) % 3 = 0, 'yes', 'no'), :now"
            " FROM person, json_each('[0,1,2,3,4,5,6]') AS day,"
            ' json_each(\'["early","morning","afternoon","evening"]\') AS band WHERE telegram_id > 900000',
            now=now,
        )


async def test_while_thousands_are_counted_everybody_else_is_answered(stage):
    """Order, not time: workers' answers come after "I am counting" and before the answer that takes its place."""
    ada, cas = await stage.worker("Ada"), await stage.coordinator()
    await seeded(stage, 4_000)
    await cas.says("/when")
    await cas.taps("On we go")
    await cas.taps("1½ hours")
    await cas.taps("The next 4 weeks")
    message, key = cas._button("Any hour", None)
    cas.phone.taps(message["message_id"], key["callback_data"])

    def counting():
        return any("I am counting" in message.get("text", "") for message in cas.phone.messages)

    async def turns_until(holds):
        while not holds():
            await stage.program.polling.look_now()
            await asyncio.sleep(0.01)

    await turns_until(counting)
    answered = 0
    for _ in range(5):
        before = len(ada.phone.messages)
        ada.phone.says("/home")
        await turns_until(lambda before=before: len(ada.phone.messages) > before + 1)
        assert counting()
        async with stage.program.database.transaction() as tx:  # the writer is free as well
            await tx.run("UPDATE person SET display_name = 'Ada' WHERE id = :id", id=(await ada.person()).id)
        answered += counting()
    assert answered == 5
    await stage.settle()
    cas.sees("People: 4,001", "Best 2 times together")


async def test_nobody_but_coordinators_may_look(stage):
    ada = await stage.worker("Ada")
    await ada.says("/when")
    ada.sees_not("when.audience")


async def test_the_search_knows_what_was_asked_of_it(stage):
    await borough(stage)
    cas = await stage.coordinator()
    await asks(cas)
    me = (await cas.person()).id
    search = await searches.of(stage.db, await stage.db.value("SELECT id FROM time_search"), me)
    assert search.found[1] == ("2027-03-03T13:00",)
    assert search.found[2] == ("2027-03-02T09:00", "2027-03-03T13:00")
    assert await searches.of(stage.db, search.id, me + 1) is None


def test_an_answer_that_was_stopped_early_says_how_far_from_proved_it_is():
    shares = (Share("market", "home_care", 7, 2, 1),)
    chosen = Chosen(("2027-03-03T13:00", "2027-03-04T13:00"), 7, 2, 1, 9, shares)
    asked = Asked(Audience(0), "2027-03-02,2027-03-15", "22:00-05:00", 60, "Europe/London", "", 0)
    (said,) = when_page.best_so_many(Council(), Search(1, 1, "", {}), asked, Times(10, 1, (chosen,), ()))
    words = said.html("en")
    assert "may reach up to 2 more people, 9 at most" in words
    assert "That is proved" not in words
