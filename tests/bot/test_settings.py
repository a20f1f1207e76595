"""Settings: one plain line for each that is wrong, and never its value."""

from datetime import time

import pytest

from bot.settings import Settings, SettingsError, env_example, load

SECRET = "12345:abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def _clean(monkeypatch, tmp_path):
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BOT_{name.upper()}", raising=False)
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)
    monkeypatch.chdir(tmp_path)


def test_only_the_token_is_needed():
    assert load(token=SECRET).council().name == "the council"
    with pytest.raises(SettingsError, match=r"^BOT_TOKEN is missing[^\n]*$"):
        load()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "my-secret"), ("TOKEN", SECRET + "\n"), ("TIMEZONE", "Mars/Base-9"),
        ("TIMEZONE", "../../etc/passwd"),
        ("LANGUAGES", "klingon!"), ("LANGUAGES", ","), ("MARKETS", "Home Care"), ("MARKETS", ","),
        ("QUIET_FROM", "25:99x"), ("QUIET_UNTIL", "late9"), ("UNASKED_IN_20_HOURS", "many9"),
        ("UNASKED_IN_7_DAYS", "0"),
        ("SILENCE_HOURS", "-72"),
        ("API_URL", "ftp://secret.example"), ("API_URL", "https://user:pass@host"), ("SENDS_PER_SECOND", "fast9"),
        ("LOG_LEVEL", "loud9"), ("LOG_FORMAT", "xml9"), ("WEBHOOK_URL", "nowhere9"), ("WEBHOOK_SECRET", "short9"),
        ("HEALTH_PORT", "70000"), ("SENDS_IN_FLIGHT", "0.5x"),
    ],
)  # fmt: skip
def test_a_wrong_one_is_named_in_one_line_without_its_value(monkeypatch, name, value):
    monkeypatch.setenv("BOT_TOKEN", SECRET)
    monkeypatch.setenv(f"BOT_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load()
    said = str(caught.value)
    assert said.startswith(f"BOT_{name} ")
    assert "\n" not in said
    assert SECRET not in said
    assert value in {"0", ","} or value not in said
    assert caught.value.__cause__ is None


def test_they_are_read_from_the_env_file_and_the_environment_goes_first(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text(
        f"BOT_TOKEN={SECRET}\nBOT_COUNCIL_NAME=Rochdale\nBOT_TIMEZONE=Europe/Paris\nELSE=1\n"
    )
    monkeypatch.setenv("BOT_TIMEZONE", "Europe/Rome")
    settings = load()
    assert settings.council_name == "Rochdale"
    assert settings.council().zone.key == "Europe/Rome"


def test_secrets_come_from_the_credentials_directory(monkeypatch, tmp_path):
    (tmp_path / "bot_token").write_text(SECRET + "\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert load().token.get_secret_value() == SECRET


def test_an_empty_one_counts_as_not_set(monkeypatch):
    monkeypatch.setenv("BOT_TOKEN", SECRET)
    monkeypatch.setenv("BOT_LANGUAGES", "")
    assert load().languages == ("en",)


def test_nothing_prints_the_token():
    settings = load(token=SECRET)
    assert SECRET not in repr(settings)
    assert SECRET not in str(settings)


def test_the_council_is_what_the_settings_say(monkeypatch):
    monkeypatch.setenv("BOT_MARKETS", "home_care, care_home=Care homes")
    monkeypatch.setenv("BOT_LANGUAGES", "en, ar")
    monkeypatch.setenv("BOT_QUIET_FROM", "20:30")
    council = load(token=SECRET, office_hours="Mondays").council()
    assert council.markets == ("home_care", "care_home")
    assert council.market_names == {"care_home": "Care homes"}
    assert council.languages == ("en", "ar")
    assert council.quiet_from == time(20, 30)
    assert council.office_hours == "Mondays"


def test_the_example_names_every_setting_and_reads_back_as_the_defaults(tmp_path):
    text = env_example()
    lines = text.splitlines()
    assert len(lines) == 2 * len(Settings.model_fields)
    assert all(line.startswith("# ") for line in lines[::2])
    for name in Settings.model_fields:
        assert f"BOT_{name.upper()}=" in text
    filled = "\n".join(line.removeprefix("#") for line in lines[1::2]).replace("BOT_TOKEN=", f"BOT_TOKEN={SECRET}")
    (tmp_path / "filled").write_text(filled)
    assert load(tmp_path / "filled") == load(token=SECRET)


def test_an_address_loses_its_last_slash():
    assert load(token=SECRET, api_url="http://127.0.0.1:8081/").api_url == "http://127.0.0.1:8081"
