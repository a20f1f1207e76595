"""`check` says what is wrong, a line each; `health` is for whatever watches the service."""

import asyncio

from click.testing import CliRunner

from bot import clock
from bot.cli import main
from simulator import Simulator
from storage import machine
from storage.database import opened
from tests.cli.conftest import TOKEN


def lines(result):
    return {line.split(":")[0].split(None, 1)[1]: line.split()[0] for line in result.stdout.splitlines()}


def test_before_the_first_run_only_telegram_is_missing(shell):
    result = shell("check")
    assert result.exit_code == 1
    assert lines(result) == {"settings": "ok", "files": "ok", "database": "ok", "data": "ok", "Telegram": "WRONG"}
    assert TOKEN not in result.output


def test_all_is_well_when_it_is(data, monkeypatch):
    assert asyncio.run(checked_against_a_simulator(monkeypatch)) == (0, {"ok"})


async def checked_against_a_simulator(monkeypatch):
    sim = Simulator()
    sim.bot(TOKEN)
    monkeypatch.setenv("BOT_API_URL", await sim.start())
    try:
        result = await asyncio.to_thread(run_both)
    finally:
        await sim.stop()
    return result.exit_code, set(lines(result).values())


def run_both():
    CliRunner().invoke(main, ["migrate"])
    return CliRunner().invoke(main, ["check"])


def test_a_folder_that_others_can_read_is_wrong(shell, data):
    shell("migrate")
    data.chmod(0o755)
    result = shell("check")
    assert lines(result)["files"] == "WRONG"
    assert f"chmod 700 {data}" in result.stdout


def test_a_damaged_database_is_wrong_and_nothing_else_falls_over(shell, data):
    shell("migrate")
    file = data / "main.db"
    whole = bytearray(file.read_bytes())
    whole[4096 * 3 : 4096 * 6] = b"\xff" * 4096 * 3
    file.write_bytes(whole)
    result = shell("check")
    assert result.exit_code == 1
    assert lines(result)["database"] == "WRONG"
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_damaged_database_is_down_in_one_line(shell, data):
    shell("migrate")
    (data / "main.db").write_bytes(b"no database at all " * 1000)
    result = shell("health")
    assert result.exit_code == 1
    assert result.stderr.startswith("down: the database cannot be read")


def test_a_folder_that_cannot_be_made_is_wrong(shell, monkeypatch):
    monkeypatch.setenv("BOT_DATA_DIR", "/dev/null/data")
    assert lines(shell("check"))["files"] == "WRONG"


async def beat(data, at):
    async with opened(data / "main.db") as database, database.transaction() as tx:
        await machine.beat(tx, at)


def test_health_is_bad_without_a_database_and_before_the_first_word_from_telegram(shell):
    assert (shell("health").exit_code, shell("health").stderr) == (1, "down: there is no database yet\n")
    shell("migrate")
    assert shell("health").stderr == "down: the bot has never heard from Telegram\n"


def test_health_is_good_while_telegram_is_heard(shell, data):
    shell("migrate")
    asyncio.run(beat(data, int(clock.now()) - 1000))
    assert shell("health").exit_code == 1
    asyncio.run(beat(data, int(clock.now()) - 5))
    assert shell("health").exit_code == 0
    assert shell("health").stdout.startswith("up: ")
