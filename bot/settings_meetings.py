"""The settings of meetings and hours: reminders, the bands of the day, and when somebody is asked again."""

from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings

from rules import bands, ladder
from rules.council import Council

_COUNCIL = Council()


class MeetingSettings(BaseSettings):
    """What can be set about meetings and people's hours; nothing here has to be."""

    bands: str = Field(
        bands.written(_COUNCIL.bands),
        description="The bands of the day in which people say when they are free; together they fill the day.",
    )
    reminders: str = Field(
        ladder.written(_COUNCIL.reminders),
        description="When people are reminded of a meeting: so many days or hours before it; empty: never.",
    )
    ask_hours_after_days: int = Field(
        _COUNCIL.ask_hours_after_days,
        ge=7,
        le=3650,
        description="Days after which somebody is gently asked again when they are free.",
    )
    close_reminder_days: int = Field(
        _COUNCIL.close_reminder_days,
        ge=0,
        le=7,
        description="Days after a meeting on which a coordinator is asked to close it, when nobody has; 0: never.",
    )

    def of_meetings(self) -> dict[str, Any]:
        """The council's choices about meetings and hours, by their names in `Council`."""
        return {
            "bands": bands.parse(self.bands),
            "reminders": ladder.parse(self.reminders),
            "ask_hours_after_days": self.ask_hours_after_days,
            "close_reminder_days": self.close_reminder_days,
        }
