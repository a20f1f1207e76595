"""Whether two things can be told apart by how long they take."""

import time


def share_slower(one, other):
    """The chance that one of the first took longer than one of the second: 0.5 when nobody can tell."""
    return sum((a > b) + (a == b) / 2 for a in one for b in other) / len(one) / len(other)


async def timed(feedback, typed, rounds, rng):
    """Seconds each of the codes took, asked in a random order."""
    took = {name: [] for name in typed}
    for name in rng.sample(sorted(typed) * rounds, len(typed) * rounds):
        start = time.perf_counter()
        await feedback.mailbox(typed[name])
        took[name].append(time.perf_counter() - start)
    return took
