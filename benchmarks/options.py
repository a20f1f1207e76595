"""How large the runs are; each can be set on the command line."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, fields


@dataclass(frozen=True)
class Options:
    """Sizes of the runs. The defaults are those of `make bench`: under eight minutes on two cores."""

    rounds: int = 7
    people: int = 300
    broadcast: int = 5000
    attempts: int = 1_000_000
    exports: int = 2
    starts: int = 5
    years: int = 10
    sleepers: int = 200
    slot_few: int = 10_000
    slot_many: int = 1_000_000
    highs_seconds: int = 60
    races: int = 200
    contacts: int = 100_000
    mutations: int = 2_000
    import_kills: int = 50

    def highs_sizes(self) -> tuple[tuple[int, int], ...]:
        """How many people and how many slots the exact solver is given."""
        return (300, 2), (300, 5), (self.slot_few, 2), (self.slot_few, 5)


_HELP = {
    "contacts": "people in the list that is imported",
    "mutations": "broken files that are offered",
    "import_kills": "kills during imports",
    "sleepers": "people in the month with night workers, and around each stop",
    "slot_few": "people in the smaller figures about the best times",
    "slot_many": "people in the larger ones",
    "highs_seconds": "seconds the exact solver is given for each of them",
    "rounds": "rounds of each side in the figures about updates",
    "people": "people talking at once in each of those rounds",
    "broadcast": "people a broadcast goes to",
    "attempts": "attempts in the table that is exported",
    "exports": "how often that table is exported, by each side",
    "races": "races for the last £10 in the figures about money",
    "years": "years of clock changes that are lived through",
    "starts": "how often each bot is started for its start time",
}


def read(names: Sequence[str], arguments: Sequence[str] | None = None) -> tuple[list[str], Options]:
    """Which figures are wanted (none, when none is named), and the sizes. Exits with status 2 for anything else."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Print the figures, each against its floor."
    )
    parser.add_argument("names", nargs="*", choices=[*names, []], metavar="figure", help=f"any of {', '.join(names)}")
    for one in fields(Options):
        parser.add_argument(f"--{one.name}", type=int, default=one.default, help=f"{_HELP[one.name]} (%(default)s)")
    given = vars(parser.parse_args(arguments))
    return given.pop("names"), Options(**given)
