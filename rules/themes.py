"""The board's themes, and what an organisation would do on each. Codes; their words stand in the texts."""

THEMES = ("recruitment", "retention", "wellbeing", "progression", "training")
INTERESTS = ("lead", "join", "watch", "not_now")
WILLING = frozenset({"lead", "join"})
