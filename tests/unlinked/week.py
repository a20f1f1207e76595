"""A week of feedback in a folder of its own, with all its traces kept, then looked through.

`python -m tests.unlinked.week FOLDER` writes what the detectors found as JSON, so that it can run on a copy of the
program with a leak built in.
"""

import asyncio
import contextlib
import json
import logging
import random
import shutil
import sys
import time
import traceback
from pathlib import Path

from rules import codes
from storage import unlinked
from tests import needles
from tests.unlinked import arrival, detectors
from tests.unlinked.traces import CHEAP, ELIGIBLE, START, WEEKS, Traces, begin, hay


async def write(traces: Traces, feedback: unlinked.Unlinked, moments: list[float]) -> None:
    """Everybody writes, at `moments`; the times of files are looked at after each."""
    for one, moment in zip(traces.written, moments, strict=True):
        traces.clock = moment
        arrival.comes(one.who)
        traces.moments += [time.time(), moment]
        await feedback.put(codes.shown(one.code), one.text, one.topic)
        traces.times.append((moment, detectors.times_now(traces.path)))


async def go_wrong(traces: Traces, feedback: unlinked.Unlinked) -> None:
    """Every refusal, with its traceback in the log as a careless caller would write it."""
    one = traces.written[0]
    for code, text in ((one.code[:-1], one.text), (one.code, "short"), (one.code, one.text * 200)):
        try:
            await feedback.put(code, text, one.topic)
        except (ValueError, UnicodeError):
            logging.getLogger("careless").exception("put failed: %s", traceback.format_exc())


async def early(traces: Traces, feedback: unlinked.Unlinked) -> list[str]:
    """What officers can see before the release, and of what is too little for one."""
    found = ["an item is read before its release"] if await feedback.issued() else []
    for number in range(4):
        await feedback.pulse(unlinked.Tap(feedback.pulse_ticket(7, "day"), 7, "day", "could_speak", f"a{number}"))
    await feedback.release(WEEKS[0], ELIGIBLE)
    found += ["a topic of a small group is shown"] if await feedback.issued(topic="small") else []
    found += ["four pulses are shown"] if await feedback.pulses(7) else []
    before = len(await feedback.issued())
    for number in range(6):
        await feedback.put(codes.fresh(), f"a late item with words {number}", "late")
    await feedback.release(WEEKS[0], ELIGIBLE | {"late": 50})
    return found + (["something is released in mid-week"] if len(await feedback.issued()) != before else [])


async def too_few(folder: Path) -> list[str]:
    """Four items wait for company, and for no longer than four weeks."""
    traces = begin(folder, 4, seed=9)
    async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=CHEAP) as feedback:
        await write(traces, feedback, [START] * 4)
        first = await feedback.release(WEEKS[0], ELIGIBLE)
        last = [await feedback.release(week, ELIGIBLE) for week in WEEKS[1:5]]
    shutil.rmtree(folder)
    return ([] if first == 0 else ["four items are released at once"]) + ([] if last == [0, 0, 0, 4] else ["waits"])


async def answers(traces: Traces, feedback: unlinked.Unlinked) -> None:
    """An officer answers and codes, workers read, a coordinator types a slip, and everything is released in the end."""
    for number, item in enumerate(await feedback.issued()):
        await feedback.answer(item.slot, f"thank you, number {number}", WEEKS[1])
        await feedback.add_theme(item.slot, "fear")
        await feedback.propose_quote(item.slot, item.body[:10], 77)
    for one in traces.written[:5]:
        traces.clock += 400
        await feedback.mailbox(one.code)
        traces.times.append((traces.clock, detectors.times_now(traces.path)))
    traces.tokens = [token.replace("-", "") for token in feedback.fresh_tokens(3)]
    for number, token in enumerate(traces.tokens):
        await feedback.put_paper(token, f"these words came on paper {number}", "pay")


async def scrypts(feedback: unlinked.Unlinked, typed: str) -> int:
    """How many hashes a mailbox costs: counted on the file's thread, so a busy machine cannot blur it."""
    seen = []

    def watch(frame, event, called):
        if event == "c_call" and called.__name__ == "scrypt":
            seen.append(1)

    await feedback._line._on_thread(lambda: sys.setprofile(watch))
    await feedback.mailbox(typed)
    await feedback._line._on_thread(lambda: sys.setprofile(None))
    return len(seen)


def near(code: str) -> str:
    """The code with its last character mistyped."""
    return code[:-1] + ("A" if code[-1] != "A" else "B")


async def work_of_codes(traces: Traces, feedback: unlinked.Unlinked) -> list[str]:
    code = traces.written[0].code
    typed = (code, near(code), codes.fresh(), code[:-1], "nothing like it", "")
    costs = [await scrypts(feedback, one) for one in typed]
    return [] if set(costs) == {1} else ["a wrong code costs another amount of work"]


@contextlib.contextmanager
def everything_logged(log: Path):
    """Every logger at DEBUG, into a file."""
    handler = logging.FileHandler(log)
    handler.setFormatter(logging.Formatter("%(name)s %(message)s"))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        handler.close()


async def live(traces: Traces) -> None:
    """The week, from the first item to the last release."""
    bodies = [one.text for one in traces.written]
    kept = traces.folder / "kept"
    kept.mkdir()
    async with unlinked.opened(traces.path, traces.pepper, now=traces.now, cost=CHEAP) as feedback:
        await write(traces, feedback, detectors.spaced(random.Random(2), len(bodies), START))
        await go_wrong(traces, feedback)
        shutil.copy(traces.path, kept / "pool.db")
        traces.says("left over", detectors.left_over(traces.path.parent, {"feedback.db"}))
        traces.says("order", detectors.order("in the pool", bodies, detectors.order_in_file(kept / "pool.db", bodies)))
        traces.says("layout", detectors.layout(kept / "pool.db", kept / "again.db"))
        traces.says("early", await early(traces, feedback))
        await answers(traces, feedback)
        traces.says("work", await work_of_codes(traces, feedback))
        traces.says("layout", detectors.layout(traces.path, kept / "again.db"))
        for week in WEEKS[1:]:
            await feedback.release(week, ELIGIBLE)
        read = [item.body for item in await feedback.issued() if item.body in set(bodies)]
        traces.says("order", detectors.order("as it is read", bodies, read))
        traces.says("lost", [] if sorted(read) == sorted(bodies) else [f"{len(read)} of {len(bodies)} were released"])
        traces.clock += 7200
        await feedback.tick()
        traces.times.append((traces.clock, detectors.times_now(traces.path)))


def look(traces: Traces) -> None:
    """The detectors that want the files of a week that is over."""
    bodies = [one.text for one in traces.written]
    traces.says("order", detectors.order("as it lies", bodies, detectors.order_in_file(traces.path, bodies)))
    traces.says("times", detectors.times(traces.path.parent, traces.times))
    traces.says("schema", detectors.schema(traces.path))
    traces.says("layout", detectors.layout(traces.path, traces.folder / "kept" / "again.db"))
    traces.says("configured", detectors.configured(traces.path))
    traces.says("hashed", detectors.hashed())
    traces.says("left over", detectors.left_over(traces.path.parent, {"feedback.db"}))
    found = needles.scan(traces.folder, hay(traces), apart=["pepper"])
    log = (traces.folder / "everything.log").read_text(errors="replace")
    traces.says("needles", sorted({f"{one.file}: {one.what}" for one in found}))
    traces.says("log", ["the words are in the log"] if any(body in log for body in bodies) else [])


async def everything(folder: Path, count: int = 40) -> Traces:
    """A week and all the detectors; `found` says what they found."""
    traces = begin(folder, count)
    with everything_logged(folder / "everything.log"):
        try:
            await live(traces)
        except Exception as error:  # noqa: BLE001 - a leak that breaks the week has been noticed
            traces.says("broken", [f"{type(error).__name__}: {error}"])
    traces.says("early", await too_few(folder / "few"))
    look(traces)
    return traces


if __name__ == "__main__":
    print(json.dumps(asyncio.run(everything(Path(sys.argv[1]))).found))  # noqa: T201 - read by whoever started it
