"""Contacts, totals and venues as imports write them. The first two are history: an undo takes back, never deletes."""

LAST_ATTEMPT = """
SELECT MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'contact_attempt'), 0),
           COALESCE((SELECT MAX(id) FROM contact_attempt), 0))
"""
READ_ATTEMPT = "SELECT id, answer, note FROM contact_attempt WHERE id IN (SELECT value FROM json_each(:ids))"
ADD_ATTEMPT = """
INSERT INTO contact_attempt (id, person_id, organisation_id, place, approach_id, reason, sequence, language, state, why,
                             due_at, planned_at, sent_at, silent_at, outcome, answered_at, answer, note, made_by,
                             import_id, changed_at)
SELECT given.value ->> 'id', given.value ->> 'person_id', given.value ->> 'organisation_id', given.value ->> 'place',
       (SELECT id FROM approach WHERE code = given.value ->> 'approach'), 'by_hand',
       row_number() OVER (PARTITION BY given.value ->> 'person_id', given.value ->> 'organisation_id'
                          ORDER BY given.value ->> 'id')
       + COALESCE((SELECT MAX(sequence) FROM contact_attempt AS before
                   WHERE before.person_id = given.value ->> 'person_id' AND reason = 'by_hand' AND about = 0), 0),
       COALESCE((SELECT language FROM person WHERE id = given.value ->> 'person_id'), 'en'),
       CASE WHEN given.value ->> 'made' THEN 'by_hand' ELSE 'skipped' END,
       CASE WHEN given.value ->> 'made' THEN '' ELSE 'not_attempted' END,
       given.value ->> 'at', given.value ->> 'at', CASE WHEN given.value ->> 'made' THEN given.value ->> 'at' END,
       given.value ->> 'silent_at', given.value ->> 'outcome', given.value ->> 'answered_at', given.value ->> 'answer',
       given.value ->> 'note', given.value ->> 'made_by', :import_id, :now
FROM json_each(:rows) AS given
"""
TAKE_BACK_ATTEMPT = """
UPDATE contact_attempt
SET why = 'taken_back', outcome = NULL, answered_at = NULL, silent_at = NULL, sent_at = NULL, answer = '', note = '',
    changed_at = :now
WHERE id IN (SELECT value FROM json_each(:ids)) AND why NOT IN ('taken_back', 'corrected')
RETURNING id
"""
LAST_TOTAL = """
SELECT MAX(COALESCE((SELECT seq FROM sqlite_sequence WHERE name = 'known_total'), 0),
           COALESCE((SELECT MAX(id) FROM known_total), 0))
"""
READ_TOTAL = "SELECT id, withdrawn_at FROM known_total WHERE id IN (SELECT value FROM json_each(:ids))"
ADD_TOTAL = """
INSERT INTO known_total (id, market, size_band, unit, low, figure, high, source, as_of, made_by, made_at)
SELECT value ->> 'id', value ->> 'market', value ->> 'size_band', value ->> 'unit', value ->> 'low', value ->> 'figure',
       value ->> 'high', value ->> 'source', value ->> 'as_of', value ->> 'made_by', :now
FROM json_each(:rows)
"""
CHANGE_TOTAL = """
UPDATE known_total SET withdrawn_at = given.value ->> 'withdrawn_at'
FROM json_each(:rows) AS given WHERE known_total.id = given.value ->> 'id'
"""
WITHDRAW_TOTAL = """
UPDATE known_total SET withdrawn_at = :now
WHERE id IN (SELECT value FROM json_each(:ids)) AND withdrawn_at IS NULL RETURNING id
"""
LAST_VENUE = "SELECT COALESCE(MAX(id), 0) FROM venue"
READ_VENUE = """
SELECT id, name, address, kind, step_free, private, transport, latitude, longitude FROM venue
WHERE id IN (SELECT value FROM json_each(:ids))
"""
ADD_VENUE = """
INSERT INTO venue (id, name, address, kind, step_free, private, transport, latitude, longitude, made_at)
SELECT value ->> 'id', value ->> 'name', value ->> 'address', value ->> 'kind', value ->> 'step_free',
       value ->> 'private', value ->> 'transport', value ->> 'latitude', value ->> 'longitude', :now
FROM json_each(:rows)
"""
CHANGE_VENUE = """
UPDATE venue
SET name = given.value ->> 'name', address = given.value ->> 'address', kind = given.value ->> 'kind',
    step_free = given.value ->> 'step_free', private = given.value ->> 'private',
    transport = given.value ->> 'transport', latitude = given.value ->> 'latitude',
    longitude = given.value ->> 'longitude'
FROM json_each(:rows) AS given WHERE venue.id = given.value ->> 'id'
"""
REMOVE_VENUE = """
DELETE FROM venue
WHERE id IN (SELECT value FROM json_each(:ids))
  AND NOT EXISTS (SELECT 1 FROM meeting WHERE venue_id = venue.id)
  AND NOT EXISTS (SELECT 1 FROM poll WHERE venue_id = venue.id)
  AND NOT EXISTS (SELECT 1 FROM erased_attempt WHERE venue_id = venue.id)
RETURNING id
"""
