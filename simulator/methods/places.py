"""Places and contacts."""

from __future__ import annotations

from simulator import wording
from simulator.errors import BadRequestError
from simulator.methods.registry import Asked, method
from simulator.methods.sending import SENDING, open_chat, send
from simulator.reply import Json

_LATITUDE, _LONGITUDE = 90, 180


def _location(params: Json) -> Json:
    latitude, longitude = params["latitude"], params["longitude"]
    if abs(latitude) > _LATITUDE or abs(longitude) > _LONGITUDE:
        raise BadRequestError(wording.LOCATION_BAD)
    return {"latitude": latitude, "longitude": longitude}


def _some(params: Json, names: str) -> Json:
    return {name: params[name] for name in names.split() if name in params}


@method(
    "sendLocation",
    SENDING + "latitude! longitude! horizontal_accuracy live_period heading proximity_alert_radius",
)
def send_location(asked: Asked) -> object:
    """Send a point on the map; latitude and longitude in degrees."""
    extras = _some(asked.params, "horizontal_accuracy live_period heading proximity_alert_radius")
    return send(asked, open_chat(asked), {"location": {**_location(asked.params), **extras}})


@method(
    "sendVenue",
    SENDING + "latitude! longitude! title! address! foursquare_id foursquare_type google_place_id google_place_type",
)
def send_venue(asked: Asked) -> object:
    """Send a place with its name and address."""
    for what in ("title", "address"):
        if not asked.params[what].strip():
            raise BadRequestError(wording.VENUE_EMPTY.format(what=what))
    location = _location(asked.params)
    about = _some(asked.params, "title address foursquare_id foursquare_type google_place_id google_place_type")
    return send(asked, open_chat(asked), {"location": location, "venue": {"location": location, **about}})


@method("sendContact", SENDING + "phone_number! first_name! last_name vcard")
def send_contact(asked: Asked) -> object:
    """Send somebody's number."""
    for name, what in (("phone_number", "phone number"), ("first_name", "first name")):
        if not asked.params[name].strip():
            raise BadRequestError(wording.CONTACT_EMPTY.format(what=what))
    return send(asked, open_chat(asked), {"contact": _some(asked.params, "phone_number first_name last_name vcard")})
