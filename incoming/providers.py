"""The regulator's directory of care, in the layouts it has been published in, and in councils' extracts of it."""

import re

from incoming.layout import Field, Layout
from incoming.record import Asked, LeftOut, Problem, Record
from incoming.table import Row
from incoming.values import phone
from rules.services import markets

_NAME = Field("name", ("Name", "Location Name"), needed=True)
_POSTCODE = Field("postcode", ("Postcode", "Location Postal Code", "Post code"), needed=True)
_PHONE = Field("phone", ("Phone number", "Location Telephone Number", "Telephone", "Phone"))
_WEBSITE = Field("website", ("Service's website (if available)", "Location Web Address", "Website"))
_PROVIDER_NAME = Field("provider_name", ("Provider name", "Provider"))
_LOCATION_HEADS = ("CQC Location ID (for office use only)", "CQC Location (for office use only")
DIRECTORY = Layout(
    "providers",
    (
        _NAME, _POSTCODE, _PHONE, _WEBSITE, _PROVIDER_NAME,
        Field("address", ("Address",)),
        Field("services", ("Service types",), needed=True),
        Field("local_authority", ("Local authority", "Local Authority"), needed=True),
        Field("location_id", _LOCATION_HEADS, needed=True),
        Field("provider_id", ("CQC Provider ID (for office use only)",)),
    ),
    "directory",
)  # fmt: skip
FILTERS = Layout(
    "providers",
    (
        _NAME, _POSTCODE, _PHONE, _WEBSITE, _PROVIDER_NAME,
        Field("location_id", ("Location ID",), needed=True),
        Field("dormant", ("Dormant (Y/N)",)),
        Field("sector", ("Location Type/Sector",), needed=True),
        Field("local_authority", ("Location Local Authority",), needed=True),
        Field("street", ("Location Street Address",)),
        Field("street_2", ("Location Address Line 2",)),
        Field("city", ("Location City",)),
        Field("county", ("Location County",)),
        Field("provider_id", ("Provider ID",)),
        Field("ownership", ("Provider Ownership Type", "Provider Type/Sector")),
        Field("services*", ("Service type",), needed=False),
    ),
    "filters",
)  # fmt: skip
EXTRACT = Layout(
    "providers",
    (
        _NAME, _POSTCODE, _PHONE, _WEBSITE, _PROVIDER_NAME,
        Field("address", ("address",)),
        Field("services", ("type",), needed=True),
        Field("local_authority", ("area_name",)),
        Field("location_id", ("cqc_id",)),
        Field("area_code", ("area_code",), needed=True),
    ),
    "extract",
)  # fmt: skip
LAYOUTS = (DIRECTORY, FILTERS, EXTRACT)
SOCIAL_CARE = "social care org"
_BETWEEN = re.compile(r"\s*\|\s*")
_POSTCODE_FORM = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")
_NONE = frozenset({"", "na", "n/a", "none", "null", "-"})
_LONGEST_PHONE = 60
_LONGEST = {"name": 200, "address": 500, "website": 300, "services": 1500}


def read(row: Row, asked: Asked) -> Record | Problem | LeftOut:
    """One place of care, or why it is not one of ours."""
    values = {name: "" if value.casefold() in _NONE else value for name, value in row.values.items()}
    services = _services(values)
    if values.get("dormant", "").casefold() in ("y", "yes"):
        return LeftOut("dormant")
    if values.get("sector", SOCIAL_CARE).casefold() != SOCIAL_CARE or not markets(services):
        return LeftOut("not_social_care")
    authority = values.get("local_authority", "")
    if asked.authority is not None and plain_authority(authority) != plain_authority(asked.authority):
        return LeftOut("elsewhere", authority)
    name, postcode = " ".join(values["name"].split()), _postcode(values["postcode"])
    if not name:
        return Problem(row.line, "empty", "name", values.get("location_id", ""))
    if postcode is None:
        return Problem(row.line, "not_a_postcode", "postcode", values.get("location_id", ""))
    record: Record = {
        "line": row.line,
        "name": name,
        "postcode": postcode,
        "local_authority": authority,
        "address": _address(values),
        "phone": phone(values.get("phone", "")) or values.get("phone", "")[:_LONGEST_PHONE],
        "website": values.get("website", ""),
        "location_id": values.get("location_id") or None,
        "provider_id": values.get("provider_id") or None,
        "provider_name": values.get("provider_name", ""),
        "ownership": values.get("ownership", ""),
        "services": "|".join(services),
        "markets": list(markets(services)),
    }
    return _too_long(row.line, record) or record


def plain_authority(name: str) -> str:
    """A local authority's name as it is compared: registers write "&" and "and", with and without a title."""
    words = name.casefold().replace("&", " and ").replace("-", " ").replace(",", " ").split()
    titles = {"royal", "london", "borough", "of", "metropolitan", "district", "city", "council", "county", "the"}
    kept = [word for word in words if word not in titles]
    return " ".join(kept or words)


def _services(values: dict[str, str]) -> list[str]:
    if "services*" in values:
        flags = (line.rpartition(": ") for line in values["services*"].split("\n"))
        return sorted(name for name, _, flag in flags if flag.casefold() in ("y", "yes"))
    return sorted({service for service in _BETWEEN.split(values.get("services", "")) if service})


def _address(values: dict[str, str]) -> str:
    if "address" in values:
        parts = re.split(r"\s*[,\n]\s*", values["address"])
    else:
        parts = [values.get(name, "") for name in ("street", "street_2", "city", "county")]
    return ", ".join(part.strip() for part in parts if part.strip())


def _postcode(words: str) -> str | None:
    tight = words.upper().replace(" ", "")
    spaced = f"{tight[:-3]} {tight[-3:]}"
    return spaced if _POSTCODE_FORM.fullmatch(spaced) else None


def _too_long(line: int, record: Record) -> Problem | None:
    return next(
        (
            Problem(line, "too_long", name, record["location_id"] or "")
            for name, most in _LONGEST.items()
            if len(record[name]) > most
        ),
        None,
    )
