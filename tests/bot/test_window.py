"""What Telegram may be told: properties over any order of arrival and ending."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.window import Window

ids = st.lists(st.integers(1, 2**40), unique=True, max_size=30)


@given(ids, st.data())
def test_telegram_is_told_of_the_front_that_is_done_and_of_nothing_else(arrived, data):
    window = Window()
    slots = [window.take(number) for number in arrived]
    done = data.draw(st.sets(st.sampled_from(arrived))) if arrived else set()
    for slot in slots:
        if slot.update_id in done:
            window.release(slot)
    front = []
    for number in arrived:
        if number not in done:
            break
        front.append(number)
    assert window.to_tell() == front
    assert window.busy == (done != set(arrived))


@given(ids, ids)
def test_a_repetition_is_never_taken_again_until_telegram_was_told(arrived, handled):
    window = Window(handled)
    for number in arrived:
        assert (window.take(number) is None) == (number in handled)
        assert window.take(number) is None
        assert window.find(number).update_id == number
    window.told(window.to_tell())
    for number in arrived:
        if number in handled and window.find(number) is None:
            assert window.take(number) is not None


@given(ids, ids)
def test_what_telegram_does_not_send_again_it_knows(arrived, handled):
    window = Window(handled)
    for number in arrived:
        window.take(number)
    assert set(window.left_over()) == set(handled) - set(arrived)
    assert window.left_over() == []


async def test_waiting_ends_with_the_last_or_with_any_or_with_time():
    window = Window()
    slots = [window.take(1), window.take(2)]
    waiting = asyncio.create_task(window.moved(60, to_the_end=True))
    window.release(slots[0])
    await asyncio.sleep(0)
    assert not waiting.done()
    window.release(slots[1])
    await waiting
    await window.moved(60, to_the_end=True)
    slot = window.take(3)
    await window.moved(0.01, to_the_end=False)
    assert window.busy
    window.release(slot)
    await window.moved(60, to_the_end=False)
