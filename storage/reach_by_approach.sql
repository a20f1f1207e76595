-- What became of each approach in a period: one row per approach that exists, those without any evidence too.
-- :from_at is in the period, :until_at is not. People are counted once in each row; organisations apart from people.
-- A contact that was taken back or corrected is no attempt; its correction is.
WITH attempt AS (
    SELECT contact_attempt.id, contact_attempt.approach_id, contact_attempt.person_id, contact_attempt.organisation_id,
           COALESCE(sent_at, planned_at) AS at,
           CASE WHEN contact_attempt.state IN ('skipped', 'expired', 'cancelled') THEN 'left_out'
                WHEN contact_attempt.state IN ('planned', 'queued', 'sending', 'retry_wait') THEN 'to_come'
                ELSE 'made' END AS was,
           contact_attempt.state IN ('accepted', 'by_hand')
               AND answer NOT IN ('no_answer', 'wrong_contact', 'not_attempted') AS taken,
           COALESCE(outcome IN ('answered', 'late'), 0) AS heard,
           COALESCE(outcome = 'no_response', 0) AS silent
    FROM contact_attempt LEFT JOIN person ON person.id = contact_attempt.person_id
    WHERE planned_at >= :from_at AND planned_at < :until_at AND COALESCE(person.invented, 0) = :invented
      AND why NOT IN ('taken_back', 'corrected')
), by_person AS (
    SELECT approach_id, person_id, MIN(at) AS first_at, MAX(taken) AS taken, MAX(heard) AS heard, MAX(silent) AS silent
    FROM attempt WHERE was = 'made' AND person_id IS NOT NULL
    GROUP BY approach_id, person_id
), people AS (
    SELECT approach_id, COUNT(*) AS attempted, SUM(taken) AS accepted, SUM(heard) AS answered,
           SUM(silent AND NOT heard) AS silent,
           SUM(EXISTS (SELECT 1 FROM substantive_act AS act
                       WHERE act.person_id = by_person.person_id AND act.at >= first_at AND act.at < :until_at)) AS engaged
    FROM by_person GROUP BY approach_id
), organisations AS (
    SELECT approach_id, COUNT(*) AS attempted, SUM(heard) AS answered
    FROM (SELECT approach_id, organisation_id, MAX(heard) AS heard FROM attempt
          WHERE was = 'made' AND organisation_id IS NOT NULL GROUP BY approach_id, organisation_id)
    GROUP BY approach_id
), rows_made AS (
    SELECT approach_id, SUM(was = 'made') AS made, SUM(was = 'left_out') AS left_out, SUM(was = 'to_come') AS to_come
    FROM attempt GROUP BY approach_id
), erased AS (
    SELECT approach_id, SUM(state NOT IN ('skipped', 'expired', 'cancelled', 'planned', 'queued')) AS made,
           SUM(COALESCE(outcome IN ('answered', 'late'), 0)) AS answered, SUM(COALESCE(outcome = 'no_response', 0)) AS silent
    FROM erased_attempt
    WHERE month >= :from_month AND month < :until_month AND NOT :invented
    GROUP BY approach_id
), arrived AS (
    SELECT first_approach AS approach_id, COUNT(*) AS first_met,
           SUM(joined_at IS NOT NULL AND joined_at < :until_at) AS signed_up,
           SUM(EXISTS (SELECT 1 FROM substantive_act AS act
                       WHERE act.person_id = person.id AND act.at < :until_at)) AS engaged
    FROM person
    WHERE met_at >= :from_at AND met_at < :until_at AND invented = :invented
    GROUP BY first_approach
), opened AS (
    SELECT approach_id, SUM(opened) AS opened FROM scan_count
    WHERE day >= :from_day AND day < :until_day AND invented = :invented
    GROUP BY approach_id
), placed AS (
    SELECT approach_id, COUNT(*) AS placements, SUM(reach_low) AS reach_low, SUM(reach_high) AS reach_high,
           SUM(cost_pence) AS cost_pence, SUM(staff_minutes) AS staff_minutes
    FROM placement
    WHERE from_day < :until_day AND COALESCE(until_day, from_day) >= :from_day AND invented = :invented
      AND taken_back_at IS NULL
    GROUP BY approach_id
)
SELECT approach.code, approach.kind, approach.variant, approach.title, approach.contact_mode, approach.language,
       COALESCE(rows_made.made, 0) AS made, COALESCE(rows_made.left_out, 0) AS left_out,
       COALESCE(rows_made.to_come, 0) AS to_come,
       COALESCE(people.attempted, 0) AS attempted, COALESCE(people.accepted, 0) AS accepted,
       COALESCE(people.answered, 0) AS answered, COALESCE(people.silent, 0) AS silent,
       COALESCE(people.engaged, 0) AS engaged,
       COALESCE(organisations.attempted, 0) AS organisations, COALESCE(organisations.answered, 0) AS organisations_answered,
       COALESCE(erased.made, 0) AS erased_made, COALESCE(erased.answered, 0) AS erased_answered,
       COALESCE(erased.silent, 0) AS erased_silent,
       COALESCE(opened.opened, 0) AS opened, COALESCE(arrived.first_met, 0) AS first_met,
       COALESCE(arrived.signed_up, 0) AS signed_up, COALESCE(arrived.engaged, 0) AS arrived_engaged,
       COALESCE(placed.placements, 0) AS placements, placed.reach_low, placed.reach_high,
       COALESCE(placed.cost_pence, 0) + approach.cost_pence * COALESCE(rows_made.made, 0) AS cost_pence,
       COALESCE(placed.staff_minutes, 0) + approach.staff_minutes * COALESCE(rows_made.made, 0) AS staff_minutes
FROM approach
LEFT JOIN rows_made ON rows_made.approach_id = approach.id
LEFT JOIN people ON people.approach_id = approach.id
LEFT JOIN organisations ON organisations.approach_id = approach.id
LEFT JOIN erased ON erased.approach_id = approach.id
LEFT JOIN arrived ON arrived.approach_id = approach.id
LEFT JOIN opened ON opened.approach_id = approach.id
LEFT JOIN placed ON placed.approach_id = approach.id
ORDER BY attempted DESC, organisations DESC, opened DESC, first_met DESC, approach.id
