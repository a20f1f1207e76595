"""What a council decides once: its name, zone, markets, languages, quiet hours, caps and the silence rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from zoneinfo import ZoneInfo

from rules import bands as day
from rules import ladder


@dataclass(frozen=True)
class Council:
    """The council's standing choices, read from the settings once and handed to whoever decides by them.

    `silence_hours` is how long after acceptance an unanswered attempt stays open, `organisation_silent_days` how long
    an organisation that had come far is not heard before its unanswered attempts count as its silence; `reminders` is
    the ladder of a meeting that has none of its own. `markets` are codes; their words stand in the texts under
    `market.<code>`, or in `market_names` for a council's own.
    """

    name: str = "the council"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/London"))
    markets: tuple[str, ...] = (
        "home_care",
        "care_home",
        "nursing_home",
        "supported_living",
        "day_services",
        "personal_assistant",
    )
    market_names: dict[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] = ("en",)
    quiet_from: time = time(21, 0)
    quiet_until: time = time(8, 0)
    unasked_in_20_hours: int = 2
    unasked_in_7_days: int = 3
    silence_hours: int = 72
    organisation_silent_days: int = 28
    bands: tuple[day.Band, ...] = day.DEFAULT
    reminders: tuple[ladder.Rung, ...] = ladder.DEFAULT
    ask_hours_after_days: int = 180
    cooldown_hours: int = 48
    """How long after a contact, by anybody and in whatever way, the next is asked about first."""
    correct_within_days: int = 14
    close_reminder_days: int = 1
    office_hours: str = "Monday to Friday, 9am to 5pm"
    privacy_contact: str = ""
    notice_version: str = "1"
    rehearsal: bool = False
    """Everybody met is invented: a rehearsal. Invented people and real ones are never counted together."""
    smallest_crowd: int = 10
    """The fewest people a topic's crowd holds for unlinked feedback to keep its topic; never under 5."""
    release_weekday: int = 3
    """From 0, Monday."""
    release_time: time = time(10, 0)
    signposts: Mapping[str, str] = field(default_factory=dict)
    """Whom to call, by what for: emergency, safeguarding, exploitation, employment. Empty ones are left out."""
    drafts: bool = False
    """Offer translations that nobody has read yet, marked as drafts."""
    certificate_signer: str = ""
    """Who signs certificates, with their office; '' is nobody."""
    benefits_notice: str = ""
    """What is said about benefits before a claim; '' is our own words."""
