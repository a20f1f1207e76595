"""The settings of contacts made by hand: how soon after one another, and how long one can be corrected."""

from typing import Any

from pydantic import Field
from pydantic_settings import BaseSettings

from rules.council import Council

_COUNCIL = Council()


class ContactSettings(BaseSettings):
    """What can be set about calls, visits and talks; nothing here has to be."""

    cooldown_hours: int = Field(
        _COUNCIL.cooldown_hours,
        ge=0,
        le=2160,
        description="Hours after a contact in which whoever is about to make another is told of it first.",
    )
    correct_within_days: int = Field(
        _COUNCIL.correct_within_days, ge=1, le=365, description="Days in which a logged contact can be corrected."
    )

    def of_contact(self) -> dict[str, Any]:
        """What the council's standing choices take from here."""
        return {"cooldown_hours": self.cooldown_hours, "correct_within_days": self.correct_within_days}
