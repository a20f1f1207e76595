"""The rows that imports write, noun by noun: how they are read whole, added, changed and taken away again."""

from dataclasses import dataclass

from storage import import_other_nouns as other
from storage import import_people_noun as people

ORGANISATION, PERSON, ATTEMPT, TOTAL, VENUE = "organisation", "person", "contact_attempt", "known_total", "venue"


@dataclass(frozen=True)
class Noun:
    """SQL about one kind of row. `:rows` is a JSON array of whole rows, each with its id; `:ids` one of ids.

    `read` gives the columns an import may write; `remove` takes away those that nothing hangs on, and says which.
    """

    last_id: str
    read: str
    add: tuple[str, ...]
    change: tuple[str, ...]
    remove: str


_LAST_ORGANISATION = """
SELECT MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'organisation'), 0),
           COALESCE((SELECT MAX(id) FROM organisation), 0))
"""
_READ_ORGANISATION = """
SELECT id, name, ownership, local_authority, address, postcode, phone, website, location_id, provider_id,
       provider_name, services, gone_at,
       (SELECT json_group_array(market) FROM
            (SELECT market FROM organisation_market WHERE organisation_id = organisation.id ORDER BY market)) AS markets
FROM organisation WHERE id IN (SELECT value FROM json_each(:ids))
"""
_ADD_ORGANISATION = """
INSERT INTO organisation (id, kind, name, ownership, local_authority, address, postcode, phone, website, location_id,
                          provider_id, provider_name, services, invented, made_at)
SELECT value ->> 'id', 'provider', value ->> 'name', value ->> 'ownership', value ->> 'local_authority',
       value ->> 'address', value ->> 'postcode', value ->> 'phone', value ->> 'website', value ->> 'location_id',
       value ->> 'provider_id', value ->> 'provider_name', value ->> 'services', value ->> 'invented', :now
FROM json_each(:rows)
"""
_ADD_MARKETS = """
INSERT OR IGNORE INTO organisation_market (organisation_id, market)
SELECT made.value ->> 'id', market.value FROM json_each(:rows) AS made, json_each(made.value -> 'markets') AS market
"""
_CHANGE_ORGANISATION = """
UPDATE organisation
SET name = given.value ->> 'name', ownership = given.value ->> 'ownership',
    local_authority = given.value ->> 'local_authority', address = given.value ->> 'address',
    postcode = given.value ->> 'postcode', phone = given.value ->> 'phone', website = given.value ->> 'website',
    location_id = given.value ->> 'location_id', provider_id = given.value ->> 'provider_id',
    provider_name = given.value ->> 'provider_name', services = given.value ->> 'services',
    gone_at = given.value ->> 'gone_at'
FROM json_each(:rows) AS given WHERE organisation.id = given.value ->> 'id'
"""
_DROP_MARKETS = "DELETE FROM organisation_market WHERE organisation_id IN (SELECT value ->> 'id' FROM json_each(:rows))"
_REMOVE_ORGANISATION = """
DELETE FROM organisation
WHERE id IN (SELECT value FROM json_each(:ids)) AND stage = 'not_approached'
  AND NOT EXISTS (SELECT 1 FROM contact_attempt WHERE organisation_id = organisation.id)
  AND NOT EXISTS (SELECT 1 FROM person WHERE organisation_id = organisation.id)
  AND NOT EXISTS (SELECT 1 FROM organisation_event WHERE organisation_id = organisation.id)
  AND NOT EXISTS (SELECT 1 FROM organisation_theme WHERE organisation_id = organisation.id)
  AND NOT EXISTS (SELECT 1 FROM shared_link WHERE organisation_id = organisation.id)
  AND NOT EXISTS (SELECT 1 FROM approach_comment WHERE organisation_id = organisation.id)
RETURNING id
"""
NOUNS = {
    ORGANISATION: Noun(
        _LAST_ORGANISATION,
        _READ_ORGANISATION,
        (_ADD_ORGANISATION, _ADD_MARKETS),
        (_CHANGE_ORGANISATION, _DROP_MARKETS, _ADD_MARKETS),
        _REMOVE_ORGANISATION,
    ),
    PERSON: Noun(people.LAST, people.READ, people.ADD, people.CHANGE, people.REMOVE),
    ATTEMPT: Noun(other.LAST_ATTEMPT, other.READ_ATTEMPT, (other.ADD_ATTEMPT,), (), other.TAKE_BACK_ATTEMPT),
    TOTAL: Noun(other.LAST_TOTAL, other.READ_TOTAL, (other.ADD_TOTAL,), (other.CHANGE_TOTAL,), other.WITHDRAW_TOTAL),
    VENUE: Noun(other.LAST_VENUE, other.READ_VENUE, (other.ADD_VENUE,), (other.CHANGE_VENUE,), other.REMOVE_VENUE),
}
