"""What a council sets: `BOT_…` in the environment, in `.env`, or as files in the systemd credentials directory."""

import os
import re
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from bot.settings_contact import ContactSettings
from bot.settings_feedback import FeedbackSettings
from bot.settings_meetings import MeetingSettings
from bot.settings_thanks import ThanksSettings
from bot.settings_vault import VaultSettings
from rules import bands, ladder
from rules.council import Council

_COUNCIL = Council()
_TOKEN = re.compile(r"[0-9]+:[A-Za-z0-9_-]{3,}")
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Za-z]{2,4})?")
_NEW_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class SettingsError(Exception):
    """A setting is missing or wrong. The message is one plain line that names it and never repeats its value."""


def _listed(given: Any) -> Any:
    return tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given


class Settings(FeedbackSettings, ContactSettings, ThanksSettings, MeetingSettings, VaultSettings):
    """Everything that can be set; only the token has to be. Times are the council's local ones."""

    model_config = SettingsConfigDict(
        env_prefix="BOT_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
        frozen=True,
    )

    token: SecretStr = Field(description="The bot's token, from @BotFather. The only setting without a default.")
    api_url: str = Field(
        "https://api.telegram.org",
        description="Where the Bot API is: Telegram's own, or another server that speaks it.",
    )
    timezone: str = Field("Europe/London", description="The council's time zone, by its IANA name.")
    council_name: str = Field(_COUNCIL.name, max_length=100, description="How the council is called in messages.")
    languages: Annotated[tuple[str, ...], NoDecode] = Field(
        _COUNCIL.languages, description="Languages to offer, by code and in this order, with commas between."
    )
    draft_languages: bool = Field(
        _COUNCIL.drafts, description="Offer translations that nobody has read yet, marked as drafts: true or false."
    )
    markets: Annotated[tuple[str, ...], NoDecode] = Field(
        _COUNCIL.markets,
        description="Kinds of care work to choose from, with commas between: a known code, or code=Your words.",
    )
    quiet_from: time = Field(_COUNCIL.quiet_from, description="From when in the evening nobody is written to unasked.")
    quiet_until: time = Field(
        _COUNCIL.quiet_until, description="Until when in the morning nobody is written to unasked."
    )
    unasked_in_20_hours: int = Field(
        _COUNCIL.unasked_in_20_hours, ge=1, le=50, description="The most unasked messages to one person in 20 hours."
    )
    unasked_in_7_days: int = Field(
        _COUNCIL.unasked_in_7_days, ge=1, le=100, description="The most unasked messages to one person in seven days."
    )
    silence_hours: int = Field(
        _COUNCIL.silence_hours,
        ge=1,
        le=2160,
        description="Hours after which an unanswered message counts as no response.",
    )
    organisation_silent_days: int = Field(
        _COUNCIL.organisation_silent_days,
        ge=1,
        le=730,
        description="Days without a word after which an engaged organisation that does not answer counts as silent.",
    )
    office_hours: str = Field(
        _COUNCIL.office_hours,
        max_length=100,
        description="When a person at the council answers, as it is said to workers.",
    )
    privacy_contact: str = Field(
        _COUNCIL.privacy_contact,
        max_length=200,
        description="Whom to ask about personal data, as it is said to workers.",
    )
    rehearsal: bool = Field(
        _COUNCIL.rehearsal,
        description="Everybody who joins is invented and kept apart from real people: true or false.",
    )
    sends_per_second: float = Field(
        29.5, ge=1, le=100_000, description="The most messages a second to everyone together; Telegram allows 30."
    )
    sends_per_second_in_a_chat: float = Field(
        1.0, gt=0, le=10_000, description="The most messages a second to one person; Telegram allows 1."
    )
    sends_in_flight: int = Field(4, ge=1, le=100, description="How many unasked messages may be on their way at once.")
    turn_seconds: float = Field(
        30.0, gt=0, le=600, description="Seconds after which an answer to somebody is given up and apologised for."
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="How much is logged: debug, info, warning or error."
    )
    log_format: Literal["console", "json"] = Field("console", description="How it is logged: console or json.")
    webhook_url: str = Field(
        "", description="The public https address Telegram sends updates to; empty: the program fetches them."
    )
    webhook_host: str = Field(
        "127.0.0.1", description="The address the webhook listens on, behind your own web server."
    )
    webhook_port: int = Field(8443, ge=0, le=65535, description="The port the webhook listens on.")
    webhook_secret: SecretStr = Field(
        SecretStr(""), description="What Telegram must send with each update; empty: the program makes its own."
    )
    health_port: int = Field(
        0, ge=0, le=65535, description="The port on this machine that says whether the program is well; 0: none."
    )

    @field_validator("languages", "markets", mode="before")
    @classmethod
    def _list(cls, given: Any) -> Any:
        return _listed(given)

    @field_validator("token")
    @classmethod
    def _token_shape(cls, given: SecretStr) -> SecretStr:
        if not _TOKEN.fullmatch(given.get_secret_value()):
            raise ValueError("is not a token: digits, a colon, letters")
        return given

    @field_validator("webhook_secret")
    @classmethod
    def _secret_shape(cls, given: SecretStr) -> SecretStr:
        if given.get_secret_value() and not _NEW_SECRET.fullmatch(given.get_secret_value()):
            raise ValueError("takes 16 to 256 letters, digits, - or _")
        return given

    @field_validator("api_url", "webhook_url")
    @classmethod
    def _address(cls, given: str) -> str:
        if given and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", given):
            raise ValueError("is not an address that begins with https:// or http://")
        return given.rstrip("/")

    @field_validator("timezone")
    @classmethod
    def _zone(cls, given: str) -> str:
        try:
            ZoneInfo(given)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("is not a time zone, as Europe/London is one") from None
        return given

    @field_validator("languages")
    @classmethod
    def _language_codes(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if not given or not all(_LANGUAGE.fullmatch(code) for code in given):
            raise ValueError("takes language codes with commas between, as in en, ar")
        return given

    @field_validator("markets")
    @classmethod
    def _market_codes(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        if not given or not all(_CODE.fullmatch(item.partition("=")[0].strip()) for item in given):
            raise ValueError("takes codes in small letters with commas between, as in home_care, care_home=Care homes")
        return given

    @field_validator("bands")
    @classmethod
    def _whole_day(cls, given: str) -> str:
        return bands.written(bands.parse(given))

    @field_validator("reminders")
    @classmethod
    def _ladder(cls, given: str) -> str:
        return ladder.written(ladder.parse(given))

    @property
    def database_path(self) -> Path:
        """Where the main database is."""
        return self.data_dir / "main.db"

    def council(self) -> Council:
        """The council's standing choices, as everything below the settings is handed them."""
        markets = [item.partition("=")[::2] for item in self.markets]
        return Council(
            name=self.council_name,
            zone=ZoneInfo(self.timezone),
            languages=self.languages,
            markets=tuple(code.strip() for code, _ in markets),
            market_names={code.strip(): words.strip() for code, words in markets if words.strip()},
            quiet_from=self.quiet_from,
            quiet_until=self.quiet_until,
            unasked_in_20_hours=self.unasked_in_20_hours,
            unasked_in_7_days=self.unasked_in_7_days,
            silence_hours=self.silence_hours,
            organisation_silent_days=self.organisation_silent_days,
            office_hours=self.office_hours,
            privacy_contact=self.privacy_contact,
            rehearsal=self.rehearsal,
            drafts=self.draft_languages,
            **self.of_contact(),
            **self.of_feedback(),
            **self.of_thanks(),
            **self.of_meetings(),
        )


def load(env_file: Path | str | None = ".env", **given: Any) -> Settings:
    """The settings; `given` goes before the environment. Raises SettingsError."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    try:
        return Settings(_env_file=env_file, _secrets_dir=folder if folder and Path(folder).is_dir() else None, **given)
    except ValidationError as error:
        raise SettingsError(_plain_line(error)) from None


def _plain_line(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    name = "BOT_" + str(first["loc"][0] if first["loc"] else "settings").upper()
    if first["type"] == "missing":
        return f"{name} is missing: put it into .env or the environment"
    return f"{name} " + first["msg"].removeprefix("Value error, ").replace("Input should", "should", 1)
