"""Which texts the program can ask for: names written in code, names derived from FEATURES, and families by prefix."""

import ast
import re
from pathlib import Path

import handlers
from handlers import naming
from handlers.feature import Choice
from rules import dispositions, motives, quiet, stages, themes
from rules.council import Council
from rules.roles import Role

ROOT = Path(__file__).parents[2]
NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+\Z")
STAFF = (
    "answers.",
    "approach.",
    "approach_change.",
    "approaches.",
    "audience.",
    "close.",
    "close_",
    "docs.",
    "door.",
    "door_",
    "export.",
    "import.",
    "claims.",
    "claim_no.",
    "offer.",
    "reward_budget.",
    "reward_cap.",
    "reward_item.",
    "reward_total.",
    "reward_words.",
    "rewards.",
    "split.",
    "me.history.claim_to_approve",
    "me.history.reward_alert",
    "invite.",
    "invite_send.",
    "log.",
    "log_fix.",
    "meeting.",
    "meeting_contact.",
    "meeting_led.",
    "more.",
    "meeting_place.",
    "meeting_places.",
    "meeting_spot.",
    "meeting_time.",
    "motive.",
    "organisation",
    "partner_type.",
    "size_band.",
    "stage.",
    "paper.",
    "people.",
    "person_edit.",
    "person_new.",
    "person_route.",
    "placed.",
    "placing.",
    "pulses.",
    "queue.",
    "quote.",
    "quotes.",
    "reach.",
    "reading.",
    "reason.",
    "roles.",
    "theme.",
    "themes.",
    "past_day.",
    "total_new.",
    "totals.",
    "unit.",
    "today.",
    "typing.",
    "role.",
    "join.enrol.",
    "demo.",
    "when.",
    "when_why.",
    *(
        f"poll.{part}"
        for part in (
            "ask.",
            "button.",
            "capacity",
            "check",
            "closes",
            "line",
            "list",
            "minutes",
            "news.",
            "nobody",
            "none",
            "not_sent",
            "page.",
            "reward",
            "slot",
            "strand",
            "tally",
            "title",
            "too_soon",
            "venue",
            "audience",
        )
    ),
    "broadcast.",
    "command.docs",
    "poll_send.",
)


def sources():
    return [path for folder in ("handlers", "bot", "incoming", "reports") for path in (ROOT / folder).rglob("*.py")]


def written(name_of=NAME.fullmatch):
    """String constants that look like the name of a text."""
    return {
        node.value
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and name_of(node.value)
    }


def assembled():
    """Names put together in code, as patterns: f"me.button.{field}" is me\\.button\\.[a-z0-9_]+."""
    found = set()
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and (pattern := _pattern(node)):
                found.add(pattern)
    return found


def _pattern(node):
    parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
    if not isinstance(parts[0], str) or not re.match(r"[a-z_]+\.", parts[0]):
        return None
    if any(part is not None and not re.fullmatch(r"[a-z0-9_.]*", part) for part in parts):
        return None
    return re.compile("".join(r"[a-z0-9_]+(\.[a-z0-9_]+)*" if part is None else re.escape(part) for part in parts))


def derived():
    """What FEATURES ask for without writing it: prompts, choices, commands."""
    found = set()
    for feature in handlers.FEATURES:
        found |= {f"command.{command.name}" for command in feature.commands}
        for form in feature.forms:
            found |= {f"form.name.{form.name}"} | {name for step in form.steps for name in _of_step(form, step)}
    return found


def _of_step(form, step):
    yield f"{form.name}.{step.name}"
    if isinstance(step.choices, tuple):
        listed = [choice if isinstance(choice, Choice) else Choice(choice) for choice in step.choices]
        yield from (one.text or f"{form.name}.{step.name}.{one.value}" for one in listed if one.label is None)


def optional():
    """What a form may have and need not: its own "saved", and the words of choices that are listed by a function."""
    return {
        f"{form.name}.{step.name}.{ending}"
        for feature in handlers.FEATURES
        for form in feature.forms
        for step in form.steps
        for ending in ("saved", *(choices_in_code() if callable(step.choices) else ()))
    }


def choices_in_code():
    """The words that functions may make choices of: plain constants in the features."""
    return written(re.compile(r"[a-z_]{2,20}").fullmatch)


def coded():
    """What templates ask for with {value:@family}, for every code that may be stored."""
    codes = {
        "market": (*Council().markets, "not_said"),
        "shift": quiet.SHIFTS,
        "strand": (*naming.STRANDS, "not_said"),
        "job": (*naming.JOBS, "not_said"),
        "role": tuple(role.value for role in Role),
        "value": ("none",),
        "motive": motives.MOTIVES,
        "stage": stages.STAGES,
        "board_theme": themes.THEMES,
        "interest": themes.INTERESTS,
        "me.answer": dispositions.OUTCOMES,
    }
    return {f"{family}.{code}" for family, members in codes.items() for code in members}
