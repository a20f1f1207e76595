"""The settings of feedback: where its file and its pepper are, when it is released, and whom to call instead."""

import re
from datetime import time
from pathlib import Path
from typing import Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings

from rules.release import NEVER_UNDER, SMALLEST_GROUP

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MOMENT = re.compile(rf"({'|'.join(WEEKDAYS)}) ([01][0-9]|2[0-3]):[0-5][0-9]")


class FeedbackSettings(BaseSettings):
    """What can be set about feedback; nothing here has to be."""

    data_dir: Path = Field(Path("data"), description="The folder for the databases, their backups and the exports.")
    pepper_file: Path | None = Field(
        None,
        description="The secret behind receipt codes, never in a backup; empty: in a folder beside the data.",
    )
    feedback_release: str = Field(
        "thursday 10:00", description="When unlinked feedback is released each week: a weekday and a local time."
    )
    feedback_smallest: int = Field(
        SMALLEST_GROUP,
        ge=NEVER_UNDER,
        le=1000,
        description="The fewest people who could have chosen a topic for unlinked feedback to keep it; never under 5.",
    )
    call_emergency: str = Field(
        "999", max_length=60, description="The number to call in danger, as it is said to workers."
    )
    call_safeguarding: str = Field(
        "", max_length=60, description="The number to call when somebody in care is hurt or neglected; empty: not said."
    )
    call_exploitation: str = Field(
        "08000 121 700", max_length=60, description="The number of a helpline against forced work; empty: not said."
    )
    call_employment: str = Field(
        "0300 123 1100", max_length=60, description="The number for advice about rights at work; empty: not said."
    )

    @field_validator("feedback_release")
    @classmethod
    def _moment(cls, given: str) -> str:
        if not _MOMENT.fullmatch(given.lower()):
            raise ValueError("takes a weekday and a time, as in thursday 10:00")
        return given.lower()

    @property
    def feedback_path(self) -> Path:
        """Where the file of unlinked feedback is."""
        return (self.data_dir / "feedback").with_suffix(".db")

    @property
    def pepper_path(self) -> Path:
        """Where its secret is: never inside the folder that backups copy."""
        data = self.data_dir.absolute()
        return self.pepper_file or data.with_name(f"{data.name}-pepper") / "pepper"

    def of_feedback(self) -> dict[str, Any]:
        """The council's choices about feedback, by their names in `Council`."""
        weekday, at = self.feedback_release.split()
        return {
            "smallest_crowd": self.feedback_smallest,
            "release_weekday": WEEKDAYS.index(weekday),
            "release_time": time.fromisoformat(at),
            "signposts": {
                "emergency": self.call_emergency,
                "safeguarding": self.call_safeguarding,
                "exploitation": self.call_exploitation,
                "employment": self.call_employment,
            },
        }
