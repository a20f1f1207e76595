-- The people nobody tried to reach in a period, and why: what held a message back, or what is known of the person.
-- The order of the reasons is the order in which they are asked; a person has the first that holds.
WITH untried AS (
    SELECT person.id, telegram_id, stopped_at, paused_until, unreachable_at, consented,
           (SELECT why FROM contact_attempt
            WHERE person_id = person.id AND planned_at >= :from_at AND planned_at < :until_at
              AND state IN ('skipped', 'expired', 'cancelled') AND why NOT IN ('', 'taken_back', 'corrected')
            ORDER BY id DESC LIMIT 1) AS held_back,
           EXISTS (SELECT 1 FROM contact_route WHERE person_id = person.id) AS has_route
    FROM known_person AS person
    WHERE invented = :invented AND met_at < :until_at AND organisation_id IS NULL
      AND (consented OR NOT EXISTS (SELECT 1 FROM role_grant WHERE person_id = person.id AND revoked_at IS NULL))
      AND NOT EXISTS (SELECT 1 FROM contact_attempt
                      WHERE person_id = person.id AND planned_at >= :from_at AND planned_at < :until_at
                        AND state NOT IN ('planned', 'queued', 'sending', 'retry_wait', 'skipped', 'expired', 'cancelled')
                        AND why NOT IN ('taken_back', 'corrected'))
)
SELECT CASE WHEN held_back IS NOT NULL THEN held_back
            WHEN stopped_at IS NOT NULL THEN 'stopped'
            WHEN telegram_id IS NULL AND NOT has_route THEN 'no_channel'
            WHEN NOT consented THEN 'no_consent'
            WHEN unreachable_at IS NOT NULL THEN 'unreachable'
            WHEN paused_until > :now THEN 'paused'
            ELSE 'nobody_tried' END AS why,
       COUNT(*) AS how_many
FROM untried GROUP BY why ORDER BY how_many DESC, why
