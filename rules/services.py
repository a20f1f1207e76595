"""Which markets a place of care belongs to, by the services it is registered for.

Between the two kinds of care home the sector's own rule decides, as the workforce data set that covers all of England
uses it (Skills for Care, DataEngineering, "primary service type"): with nursing if any service is "Care home service
with nursing", else without nursing if any is "Care home service without nursing", else not residential. Services given
outside a home add their own markets beside that, because their workers are asked too.
"""

from collections.abc import Iterable

NURSING = frozenset({"care home service with nursing", "nursing homes", "nursing home"})
RESIDENTIAL = frozenset({"care home service without nursing", "residential homes", "residential home"})
ELSEWHERE = {
    "domiciliary care service": "home_care",
    "homecare agencies": "home_care",
    "homecare": "home_care",
    "extra care housing services": "home_care",
    "supported living service": "supported_living",
    "supported living": "supported_living",
    "supported housing": "supported_living",
    "shared lives": "supported_living",
    "day care": "day_services",
    "day centres": "day_services",
}
CARE_HOME, NURSING_HOME = "care_home", "nursing_home"
ORDER = (NURSING_HOME, CARE_HOME, "home_care", "supported_living", "day_services")


def markets(services: Iterable[str]) -> tuple[str, ...]:
    """The markets of a place with these services, in the register's words of either generation; () for none of ours.

    The first is the main one. A place that gives care with and without nursing is one nursing home, not two homes.
    """
    said = {" ".join(service.casefold().split()) for service in services}
    found = {ELSEWHERE[service] for service in said & ELSEWHERE.keys()}
    if said & NURSING:
        found.add(NURSING_HOME)
    elif said & RESIDENTIAL:
        found.add(CARE_HOME)
    return tuple(market for market in ORDER if market in found)
