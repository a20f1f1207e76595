"""No call can break the stand-in: whatever comes in is acted on or refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator import Simulator
from simulator.methods import METHODS
from simulator.parameters import KINDS
from tests.simulator.stage import TOKEN

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["HTML", "<b>", "a"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["message_id", "inline_keyboard", "keyboard", "text", "type", "media", "chat_id", "command"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("method", METHODS.values(), ids=lambda method: method.name)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(data=st.data())
async def test_anything_is_answered(method, data):
    sim = Simulator(flood=False)
    ada = sim.phone(TOKEN, started=True)
    said = ada.says("hello")
    likely = {"chat_id": st.just(ada.id), "message_id": st.just(said), "timeout": st.just(0)}
    names = st.sampled_from(sorted(method.known or KINDS))
    chosen = {*method.required, *data.draw(st.lists(names, max_size=5))}
    params = {name: data.draw(VALUES | likely.get(name, VALUES), name) for name in sorted(chosen)}
    params["timeout"] = 0
    reply = await sim.call(TOKEN, method.name, params)
    assert reply.status in (200, 400, 403, 413)
    assert reply.body["ok"] is (reply.status == 200)
    await sim.stop()
