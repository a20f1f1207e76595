"""Who may do what: the roles people hold."""

from enum import StrEnum


class Role(StrEnum):
    """`ANYONE` is a chat that has not signed up; `WORKER` is everyone who has; `BOARD` speaks for an organisation.

    The others are granted one by one.
    """

    ANYONE = "anyone"
    WORKER = "worker"
    BOARD = "board"
    EDITOR = "editor"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    FEEDBACK_READER = "feedback_reader"
    DATA_STEWARD = "data_steward"


EVERYONE = frozenset({Role.ANYONE, Role.WORKER})
WORKERS = frozenset({Role.WORKER})
BOARD = frozenset({Role.BOARD})
COORDINATORS = frozenset({Role.COORDINATOR})
OFFICERS = frozenset({Role.OFFICER})
STAFF = frozenset({Role.COORDINATOR, Role.OFFICER})

GRANTED = frozenset(Role) - EVERYONE - BOARD
"""The roles that are given and taken one by one."""
