"""How long a newcomer waits: `make demo` in a fresh clone until it can be tried. `--cold`: downloads counted too."""

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 900.0
LOOK_EVERY = 0.05
OURS = ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "VENV")


def main() -> None:
    """Clone, start twice, print what it took."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cold", action="store_true", help="with an empty package cache")
    cold = asked.parse_args().cold
    with tempfile.TemporaryDirectory(prefix="care-compact-clone-") as folder:
        clone = Path(folder) / "care-compact"
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        own = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("BOT_")}
        if cold:
            own |= {name: str(Path(folder) / "cache") for name in ("PIP_CACHE_DIR", "UV_CACHE_DIR")}
        tool = "uv" if shutil.which("uv") else "pip"
        cache = "empty" if cold else "as this machine has it"
        print(f"Installing with {tool}; package cache: {cache}")
        print(f"make demo in a fresh clone, until the page answers: {first_page(clone, own):6.1f} s")
        print(f"make demo once more:                                {first_page(clone, own):6.1f} s")


def first_page(clone: Path, own: dict[str, str]) -> float:
    """Seconds from pressing Enter until the page is there and the program behind it up; ended as by Ctrl-C."""
    port = _free_port()
    began = time.monotonic()
    command = ["make", "--silent", "demo", f"ARGS=--port {port}"]
    with tempfile.TemporaryFile() as said:
        making = subprocess.Popen(command, cwd=clone, env=own, stdout=said, stderr=said, start_new_session=True)
        try:
            while not _ready(f"http://127.0.0.1:{port}"):
                if making.poll() is not None or time.monotonic() - began > PATIENCE:
                    said.seek(0)
                    sys.exit(f"make demo ended before it was ready:\n{said.read().decode()}")
                time.sleep(LOOK_EVERY)
            return time.monotonic() - began
        finally:
            if making.poll() is None:
                os.killpg(making.pid, signal.SIGINT)
            making.wait(30)


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/", timeout=5) as page:  # noqa: S310 - our own address, just made
            whole = b"</html>" in page.read()
        with urllib.request.urlopen(f"{address}/sim/state", timeout=5) as state:  # noqa: S310 - our own address, just made
            return whole and json.load(state)["clock_can_be_moved"] is True
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
