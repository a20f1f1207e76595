"""An export runs beside the bot on a small server: it loads nothing that it does not need."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_command_line_does_not_load_telegrams_library():
    loaded = "import sys, bot.cli; print(sorted({'telegram', 'handlers', 'simulator'} & set(sys.modules)))"
    said = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout == "[]\n"
