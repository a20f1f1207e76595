-- People in a period by market and by shift, each once in every row. A person with two jobs is in each of their markets
-- and once in the total. `said` NULL: not asked or not given. Staff who have not signed up as workers are in no row.
WITH counted AS (
    SELECT person.id, person.market, person.shift, person.strand,
           EXISTS (SELECT 1 FROM contact_attempt
                   WHERE person_id = person.id AND planned_at >= :from_at AND planned_at < :until_at
                     AND state NOT IN ('planned', 'queued', 'sending', 'retry_wait', 'skipped', 'expired', 'cancelled')
                     AND why NOT IN ('taken_back', 'corrected')) AS attempted,
           EXISTS (SELECT 1 FROM contact_attempt
                   WHERE person_id = person.id AND planned_at >= :from_at AND planned_at < :until_at
                     AND outcome IN ('answered', 'late') AND why NOT IN ('taken_back', 'corrected')) AS answered,
           EXISTS (SELECT 1 FROM substantive_act AS act
                   WHERE act.person_id = person.id AND act.at >= :from_at AND act.at < :until_at) AS engaged
    FROM known_person AS person
    WHERE invented = :invented AND met_at < :until_at AND organisation_id IS NULL
      AND (consented OR NOT EXISTS (SELECT 1 FROM role_grant WHERE person_id = person.id AND revoked_at IS NULL))
), grouped AS (
    SELECT 'all' AS by_what, 'all' AS said, * FROM counted
    UNION ALL
    SELECT 'market', COALESCE(NULLIF(market, 'not_said'), ''), * FROM counted
    UNION ALL
    SELECT 'market', other_market.market, counted.* FROM counted JOIN other_market ON other_market.person_id = counted.id
    WHERE other_market.market IS NOT counted.market
    UNION ALL
    SELECT 'shift', COALESCE(NULLIF(shift, 'not_said'), ''), * FROM counted
)
SELECT by_what, NULLIF(said, '') AS said, COUNT(*) AS known, SUM(attempted) AS attempted, SUM(answered) AS answered,
       SUM(engaged) AS engaged
FROM grouped GROUP BY by_what, said
ORDER BY by_what, said = '', said
