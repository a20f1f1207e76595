"""A missing or wrong setting: one plain line that names it, never its value, exit status 2."""

import pytest

COMMANDS = (
    ("run",),
    ("migrate",),
    ("enrol",),
    ("export", "attempts", "--out", "x.csv"),
    ("check",),
    ("health",),
)
WRONG = (
    ("BOT_TOKEN", "not-a-token-at-all"),
    ("BOT_API_URL", "ftp://secret-host"),
    ("BOT_TIMEZONE", "Atlantis/Deep"),
    ("BOT_QUIET_FROM", "half past nine-ish"),
    ("BOT_SILENCE_HOURS", "soon"),
    ("BOT_MARKETS", "Home Care!"),
    ("BOT_LANGUAGES", "english please"),
)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_missing_token_is_named(shell, monkeypatch, words):
    monkeypatch.delenv("BOT_TOKEN")
    result = shell(*words)
    assert result.exit_code == 2
    assert result.stderr == "BOT_TOKEN is missing: put it into .env or the environment\n"
    assert result.stdout == ""


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_and_its_value_never_shown(shell, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    result = shell("check")
    assert result.exit_code == 2
    assert result.stderr.startswith(f"{name} ")
    assert result.stderr.count("\n") == 1
    assert value not in result.output


def test_settings_come_from_a_file_and_the_environment_goes_before_it(shell, data, monkeypatch):
    (data.parent / ".env").write_text("BOT_TIMEZONE=Nowhere\nSOMEBODY_ELSES=setting\n")
    assert shell("check").exit_code == 2
    monkeypatch.setenv("BOT_TIMEZONE", "Europe/London")
    assert shell("migrate").exit_code == 0


def test_the_token_may_be_a_credential_file(shell, data, monkeypatch):
    folder = data.parent / "credentials"
    folder.mkdir()
    (folder / "BOT_TOKEN").write_text("123456:from-a-file\n")
    monkeypatch.delenv("BOT_TOKEN")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(folder))
    assert shell("migrate").exit_code == 0
