"""People as imports write them: what is known of them, the ways to reach them, and what they agreed to."""

LAST = """
SELECT MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'person'), 0),
           COALESCE((SELECT MAX(id) FROM person), 0))
"""
READ = """
SELECT id, display_name, language, market, shift, employer,
       (SELECT json_group_array(json_array(kind, value)) FROM
            (SELECT kind, value FROM contact_route WHERE person_id = person.id ORDER BY kind, value)) AS routes,
       (SELECT json_array(accepted, route, given_at, notice_version) FROM consent
        WHERE person_id = person.id ORDER BY consent.id DESC LIMIT 1) AS consent
FROM person WHERE id IN (SELECT value FROM json_each(:ids))
"""
_ADD = """
INSERT INTO person (id, display_name, language, market, shift, employer, invented, met_at)
SELECT value ->> 'id', value ->> 'display_name', COALESCE(value ->> 'language', 'en'), value ->> 'market',
       value ->> 'shift', value ->> 'employer', value ->> 'invented', :now
FROM json_each(:rows)
"""
_ADD_ROUTES = """
INSERT OR IGNORE INTO contact_route (person_id, kind, value, added_at)
SELECT given.value ->> 'id', way.value ->> 0, way.value ->> 1, :now
FROM json_each(:rows) AS given, json_each(given.value -> 'routes') AS way
"""
_DROP_ROUTES = """
DELETE FROM contact_route
WHERE person_id IN (SELECT value ->> 'id' FROM json_each(:rows))
  AND (person_id, kind, value) NOT IN
      (SELECT given.value ->> 'id', way.value ->> 0, way.value ->> 1
       FROM json_each(:rows) AS given, json_each(given.value -> 'routes') AS way)
"""
_CHANGE = """
UPDATE person
SET display_name = given.value ->> 'display_name', language = given.value ->> 'language',
    market = given.value ->> 'market', shift = given.value ->> 'shift', employer = given.value ->> 'employer'
FROM json_each(:rows) AS given WHERE person.id = given.value ->> 'id'
"""
# Answers to the notice are never taken away: an undo is a later answer, no.
_CONSENT = """
INSERT INTO consent (person_id, notice_version, accepted, route, given_at)
SELECT given.value ->> 'id', COALESCE(given.value ->> '$.consent[3]', '1'), COALESCE(given.value ->> '$.consent[0]', 0),
       COALESCE(given.value ->> '$.consent[1]', 'import_undone'), COALESCE(given.value ->> '$.consent[2]', :now)
FROM json_each(:rows) AS given
LEFT JOIN consent ON consent.id = (SELECT MAX(id) FROM consent WHERE person_id = given.value ->> 'id')
WHERE (given.value ->> 'consent' IS NOT NULL OR consent.accepted)
  AND (consent.accepted, consent.given_at) IS NOT (given.value ->> '$.consent[0]', given.value ->> '$.consent[2]')
"""
REMOVE = """
DELETE FROM person
WHERE id IN (SELECT value FROM json_each(:ids)) AND telegram_id IS NULL AND joined_at IS NULL AND stopped_at IS NULL
  AND organisation_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM contact_attempt WHERE person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM response WHERE person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM attendance WHERE person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM help_request WHERE person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM joining_code WHERE person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM merged_person WHERE kept_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM availability WHERE person_id = person.id)
  AND NOT EXISTS (SELECT 1 FROM role_grant WHERE person_id = person.id)
RETURNING id
"""
ADD = (_ADD, _ADD_ROUTES, _CONSENT)
CHANGE = (_CHANGE, _ADD_ROUTES, _DROP_ROUTES, _CONSENT)
