"""The table of states holds what the schema allows, and no way leads out of an end."""

import re
from pathlib import Path

from rules.transitions import ALLOWED, PENDING, UNSENT, before

SCHEMA = (Path(__file__).parents[2] / "migrations" / "0001_core.sql").read_text(encoding="utf-8")
ENDS = {"accepted", "blocked", "failed", "expired", "skipped", "cancelled", "by_hand"}


def test_the_table_names_the_states_of_the_schema():
    (names,) = re.findall(r"state +TEXT NOT NULL CHECK \(state IN \(('planned'.*?)\)\)", SCHEMA, re.DOTALL)
    assert set(re.findall(r"'(\w+)'", names)) == set(ALLOWED)


def test_no_way_leads_out_of_an_end_and_every_other_state_has_one():
    assert {state for state, ways in ALLOWED.items() if not ways} == ENDS
    assert set().union(*ALLOWED.values()) <= set(ALLOWED)


def test_only_what_is_being_sent_or_was_lost_can_have_arrived():
    assert before("accepted") == ("sending", "unknown")
    assert before("sending") == ("queued", "retry_wait", "unknown")
    assert before("blocked") == before("failed") == before("unknown") == ("sending",)
    assert before("planned") == ("sending",)
    assert before("by_hand") == ()


def test_every_end_can_be_reached_from_the_plan():
    reached, edge = {"planned"}, {"planned"}
    while edge:
        edge = set().union(*(ALLOWED[state] for state in edge)) - reached
        reached |= edge
    assert reached == set(ALLOWED) - {"by_hand"}
    assert UNSENT < PENDING < set(ALLOWED)
