"""A place on the map as people type it: "51.48, 0.007", "51.48 N 0.12 W"."""

import re

_PAIR = re.compile(
    r"(?P<lat>[+-]?\d{1,2}(?:\.\d{1,12})?) ?°? ?(?P<ns>[ns])?(?:[,;] ?| )"
    r"(?P<lon>[+-]?\d{1,3}(?:\.\d{1,12})?) ?°? ?(?P<ew>[ew])?"
)
_NORTH, _EAST, _PLACES = 90, 180, 6
_LONGEST = 80


def read_spot(typed: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, to six decimals (a hand's breadth), or None for anything else."""
    words = " ".join(typed.lower().replace("\u2212", "-").split())
    found = _PAIR.fullmatch(words) if len(words) <= _LONGEST else None
    if found is None:
        return None
    latitude = float(found["lat"]) * (-1 if found["ns"] == "s" else 1)
    longitude = float(found["lon"]) * (-1 if found["ew"] == "w" else 1)
    if abs(latitude) > _NORTH or abs(longitude) > _EAST:
        return None
    return round(latitude, _PLACES), round(longitude, _PLACES)


def said(latitude: float, longitude: float) -> str:
    """The same as it is shown and kept in a form: "51.48, 0.007"."""
    return f"{latitude:.6f}".rstrip("0").rstrip(".") + ", " + f"{longitude:.6f}".rstrip("0").rstrip(".")
