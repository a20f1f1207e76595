"""Who may do what: every role against every command, cell by cell, and the page of the docs that says so."""

import pytest

import handlers
from handlers import menus
from rules.roles import Role

EVERYONE = {
    *("start", "language", "me", "stop", "back", "delete", "help", "home", "person", "feedback", "inbox", "verify"),
}
ALLOWED = {
    Role.ANYONE: EVERYONE,
    Role.WORKER: EVERYONE | {"pause", "meetings", "free", "here", "share", "mine"},
    Role.BOARD: EVERYONE | {"board"},
    Role.EDITOR: EVERYONE,
    Role.COORDINATOR: EVERYONE
    | {"meeting", "invite", "answers", "queue", "log", "door", "when", "poll", "paper", "themes", "pulse"}
    | {"approaches", "placed", "type"}
    | {"organisations"},
    Role.OFFICER: EVERYONE | {"totals"} | {"export", "import", "reach", "roles"},
    Role.FEEDBACK_READER: EVERYONE | {"read", "quotes"},
    Role.DATA_STEWARD: EVERYONE,
}
for staff in (Role.COORDINATOR, Role.OFFICER):
    ALLOWED[staff] = ALLOWED[staff] | {"people", "claims"}
ALLOWED[Role.OFFICER] = ALLOWED[Role.OFFICER] | {"rewards"}
ALLOWED[Role.COORDINATOR] = ALLOWED[Role.COORDINATOR] | {"today"}
HIDDEN = {"back", "home", "verify"}
EVERY_COMMAND = sorted(command.name for command in menus.commands())


def test_the_table_has_every_command_and_no_other():
    assert set(EVERY_COMMAND) == set().union(*ALLOWED.values())
    assert set(ALLOWED) == set(Role)


def test_commands_verbs_forms_and_reasons_have_one_owner_each():
    for names in (
        EVERY_COMMAND,
        [button.verb for feature in handlers.FEATURES for button in feature.buttons],
        [form.name for feature in handlers.FEATURES for form in feature.forms],
        [reason for feature in handlers.FEATURES for reason in feature.composes],
        [feature.name for feature in handlers.FEATURES],
    ):
        assert len(names) == len(set(names))


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("command", EVERY_COMMAND)
def test_each_cell(role, command):
    found = menus.command(command)
    assert menus.may(frozenset({role}), found.roles) == (command in ALLOWED[role])


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_shows_what_is_allowed(role):
    shown = {command for command, _ in handlers.menu(frozenset({role}), "en")}
    assert shown == ALLOWED[role] - HIDDEN


def test_whoever_holds_no_role_may_do_nothing():
    assert not any(
        menus.may(frozenset(), command.roles) for command in menus.commands() if Role.ANYONE not in command.roles
    )
    assert not menus.may(frozenset({Role.OFFICER}), frozenset())


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER, Role.EDITOR])
async def test_a_refused_command_really_does_nothing(stage, role):
    olu = await stage.staff(role)
    for command in sorted(set(EVERY_COMMAND) - ALLOWED[role]):
        await olu.says(f"/{command}")
        assert olu._has("help.unknown_command", {}) or olu._has("help.for_workers", {}), command


async def test_each_chat_has_the_menu_of_its_roles(stage):
    ada, olu = await stage.worker(), await stage.officer()
    menu_of = {
        call.params["scope"]["chat_id"]: {one["command"] for one in call.params["commands"]}
        for call in stage.simulator.transcript
        if call.method == "setMyCommands" and "chat_id" in str(call.params)
    }
    assert menu_of[ada.id] == ALLOWED[Role.WORKER] - HIDDEN
    assert menu_of[olu.id] == ALLOWED[Role.OFFICER] - HIDDEN


def test_the_page_names_every_command():
    page = menus.docs_page()
    assert all(f"| /{command} |" in page for command in EVERY_COMMAND)
