"""Run the stand-in alone: python -m simulator --port 8081."""

from __future__ import annotations

import argparse
import asyncio
import gc
import sys

from simulator import Simulator


async def _run(host: str, port: int, *, flood: bool) -> None:
    sim = Simulator(flood=flood)
    sys.stdout.write(f"{await sim.start(host, port)}\n")
    sys.stdout.flush()
    try:
        await asyncio.get_running_loop().create_future()
    finally:
        await sim.stop()


def main() -> None:
    """Read the options and serve until stopped."""
    parser = argparse.ArgumentParser(prog="python -m simulator", description="A stand-in for Telegram's Bot API.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8081, help="port to listen on; 0 takes any free one")
    parser.add_argument("--no-flood", action="store_true", help="leave out Telegram's flood limits")
    options = parser.parse_args()
    # Everything said here is kept, so the collector would look through more and more and find nothing.
    gc.set_threshold(100_000, 50, 100)
    try:
        asyncio.run(_run(options.host, options.port, flood=not options.no_flood))
    except KeyboardInterrupt:
        sys.stdout.write("stopped\n")


if __name__ == "__main__":
    main()
