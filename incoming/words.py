"""An import in words, for whoever looks at it: what would be done, why rows are refused, why a file is."""

import texts
from incoming.plan import Plan
from incoming.record import Problem
from incoming.settling import Doubt
from incoming.table import TableRefused

SHOWN = 20
COUNTS = ("new", "changed", "same")


def refusal(error: TableRefused, language: str = "en") -> str:
    """Why the file is not taken, in a sentence or two."""
    kind = texts.plain(language, f"import.kind.{error.kind}") if error.kind else ""
    names = ", ".join(error.names)
    return texts.plain(language, f"import.refused.{error.code}", line=error.line or 0, names=names, kind=kind)


def problem(one: Problem, language: str = "en") -> str:
    """Why a row is refused: "Line 12, postcode: this is not a postcode"."""
    reason = texts.plain(language, f"import.problem.{one.code}")
    if not one.field:
        return texts.plain(language, "import.problem", line=one.line, reason=reason)
    field = texts.plain(language, f"import.field.{one.field.removesuffix('*')}")
    return texts.plain(language, "import.problem.in_field", line=one.line, field=field, reason=reason)


def counted(plan: Plan, language: str = "en") -> list[str]:
    """What would be done, or was, a line each: new, changed, the same, refused, left out and why, gone."""
    numbers = {name: plan.counts[name] for name in COUNTS} | {"refused": plan.refused}
    lines = [texts.plain(language, f"import.count.{name}", count=number) for name, number in numbers.items()]
    for why, number in sorted((plan.left_out | {"skipped": plan.counts["skipped"]}).items()):
        lines += [texts.plain(language, f"import.left_out.{why}", count=number)] if number else []
    if plan.gone:
        lines.append(texts.plain(language, "import.count.gone", count=len(plan.gone)))
    return lines


def gone(plan: Plan, language: str = "en") -> str:
    """The places that are not in the file any more, by name; the first of them where there are many."""
    names = ", ".join(plan.gone[:SHOWN])
    more = len(plan.gone) - SHOWN
    return texts.plain(language, "import.gone.more" if more > 0 else "import.gone", names=names, count=more)


def doubt(one: Doubt, language: str = "en") -> str:
    """A row that looks like somebody on record, and what is done with it."""
    choice = texts.plain(language, f"import.choice.{one.choice}")
    return texts.plain(
        language, f"import.doubt.{one.why}", line=one.line, name=one.name, known=one.known_as, choice=choice
    )
