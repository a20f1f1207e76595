"""What leads an organisation to engage, or not to. Codes; their words stand in the texts under `motive.`."""

TOWARDS = (
    "staff_asked",
    "recruitment",
    "retention",
    "training",
    "say_in_policy",
    "trust_in_person",
    "peer_recommended",
    "contract_link",
    "easy_to_join",
    "other",
)
AWAY = (
    "no_time",
    "short_staffed",
    "not_relevant",
    "no_trust",
    "fears_for_staff",
    "wrong_contact",
    "contract_worry",
    "too_much_asked",
    "closed_down",
    "other",
)
MOTIVES = tuple(dict.fromkeys((*TOWARDS, *AWAY)))


def fitting(stage: str) -> tuple[str, ...]:
    """The motives to choose from when an organisation comes to this stage."""
    return AWAY if stage in ("left", "not_approached", "approached") else TOWARDS
