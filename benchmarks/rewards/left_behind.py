"""Voucher codes looked for wherever the program leaves anything: its files, backups, exports, logs, what it prints."""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import structlog

from benchmarks.programs import ROOT
from benchmarks.rewards.till import KEY, NOW, VAULT, Till, code
from bot import logs
from bot.logs import failed
from storage.database import Database, opened
from storage.migrate import migrate
from storage.rewards import claim_row, claiming, showing
from tests import needles

_COMMANDS = (
    ("vouchers", "release", "2", "--who", "second"), ("vouchers", "stock"), ("vouchers", "release"), ("reconcile",),
    ("finance", "--out", "money.csv", "--purpose", "figures"),
    ("finance", "--out", "money.xlsx", "--purpose", "figures"),
    ("export", "attempts", "--out", "attempts.csv", "--identified", "--purpose", "figures"),
)  # fmt: skip


async def run(how_many: int = 40) -> dict[str, int]:
    """Needles looked for, files looked through, and how many were found; and in a file with codes, to try it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "data").mkdir(mode=0o700)
        migrate(folder / "data" / "main.db", ROOT / "migrations")
        with _logging(folder / "log.txt"):
            async with opened(folder / "data" / "main.db") as database:
                await _live(database, how_many)
                await database._writer.execute_fetchall(f"VACUUM INTO '{folder / 'backup.db'}'")  # noqa: SLF001 - a name we made
        _type(folder, how_many)
        return _looked_for(folder, how_many)


def _looked_for(folder: Path, how_many: int) -> dict[str, int]:
    wanted = [one for number in range(2 * how_many) for one in needles.of_word("a code", code(number))]
    wanted += needles.of_word("a key", KEY)
    found = needles.scan(folder, wanted, apart=["vouchers.csv"])
    files = sum(file.is_file() for file in folder.rglob("*"))
    in_the_file = len(needles.scan(folder, wanted)) - len(found)
    counts = {"needles": len(wanted), "files": files, "found": len(found)}
    return counts | {"found in the file that was loaded": in_the_file}


@contextmanager
def _logging(path: Path) -> Iterator[None]:
    """Everything that is logged meanwhile, at the finest level, ends in the file."""
    said = io.StringIO()
    with redirect_stderr(said):
        logs.configure("debug", "json")
        yield
    path.write_text(said.getvalue(), encoding="utf-8")


async def _live(database: Database, how_many: int) -> None:
    """People claim and are shown their codes; whatever is handled is logged, as a careless line would do it."""
    till, log = Till(), structlog.get_logger()
    async with database.transaction() as tx:
        came = await till.found(tx, how_many, 200_000, [1000] * how_many)
    for person in came:
        async with database.transaction() as tx:
            claimed = await claiming.claim(tx, person, till.meeting, till.item, NOW)
            if claimed.claim and person % 2:
                shown = await showing.show(tx, VAULT, person, claimed.claim.id, NOW)
                log.info("a code was shown", shown=shown, vault=VAULT)
                _fail(log, shown)
            log.info("claims", claims=await claim_row.of_person(tx, person))


def _fail(log: object, shown: showing.Shown) -> None:
    try:
        raise LookupError(f"something broke while {shown.code} was in hand")
    except LookupError as error:
        failed(log, "a fault with a code in its words", error)


def _type(folder: Path, how_many: int) -> None:
    """The commands of a day, what they print kept beside the files they write."""
    rows = "\n".join(f"{code(how_many + number)},10" for number in range(how_many))
    (folder / "vouchers.csv").write_text(f"Code,Value\n{rows}\n", encoding="utf-8")
    load = ("vouchers", "import", "vouchers.csv", "--pool", "Shop", "--yes")
    environment = os.environ | {
        "BOT_TOKEN": "1:invented", "BOT_DATA_DIR": str(folder / "data"), "BOT_VOUCHER_KEYS": KEY,
        "PYTHONPATH": str(ROOT), "BOT_LOG_LEVEL": "debug",
    }  # fmt: skip
    for number, words in enumerate((load, load, *_COMMANDS)):
        with (folder / f"said-{number}.txt").open("wb") as out:
            command = [sys.executable, "-m", "bot", *words]
            subprocess.run(command, cwd=folder, env=environment, stdout=out, stderr=out, check=True)
