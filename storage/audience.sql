-- Everyone the council knows, once each: those an invite to a meeting would go to (why is ''), and why the others are
-- left out. The order of the reasons is the order in which they are asked; a person has the first that holds.
-- NULL switches a filter off. Invented people and real ones are two worlds and never meet in one answer.
WITH judged AS (
    SELECT person.id AS person_id,
           CASE
               WHEN (:markets IS NOT NULL AND COALESCE(market, '') NOT IN (SELECT value FROM json_each(:markets)))
                 OR (:shifts IS NOT NULL AND COALESCE(shift, '') NOT IN (SELECT value FROM json_each(:shifts)))
                 OR (:languages IS NOT NULL AND language NOT IN (SELECT value FROM json_each(:languages)))
                 OR (:strands IS NOT NULL AND COALESCE(strand, '') NOT IN (SELECT value FROM json_each(:strands)))
                   THEN 'not_matching'
               -- An employer's people are never asked to the workers' own meetings, unless their strand was chosen.
               WHEN organisation_id IS NOT NULL AND :strands IS NULL
                AND COALESCE((SELECT meeting.strand FROM meeting WHERE id = :meeting_id), 'network') = 'network'
                   THEN 'not_matching'
               WHEN EXISTS (SELECT 1 FROM response WHERE person_id = person.id AND meeting_id = :meeting_id)
                   THEN 'already_answered'
               WHEN EXISTS (SELECT 1 FROM contact_attempt
                            WHERE person_id = person.id AND reason = 'invite' AND about = :meeting_id
                              AND (state IN ('planned', 'queued', 'sending', 'retry_wait')
                                   OR (state = 'unknown' AND why != 'left_unknown')
                                   OR (state IN ('accepted', 'unknown') AND NOT :not_answered)))
                   THEN 'invited_already'
               WHEN barred != '' THEN barred
               WHEN paused_until > :now THEN 'paused'
               WHEN :rest_hours IS NOT NULL
                AND EXISTS (SELECT 1 FROM contact_attempt
                            WHERE person_id = person.id AND reason = 'by_hand' AND sent_at > :now - :rest_hours * 3600)
                   THEN 'contacted_lately'
               ELSE ''
           END AS why
    FROM known_person AS person
    WHERE invented = :invented
      -- Staff who have not signed up as workers are nobody's audience, and no part of the evidence.
      AND (consented OR NOT EXISTS (SELECT 1 FROM role_grant WHERE person_id = person.id AND revoked_at IS NULL))
)
SELECT why, COUNT(*) AS how_many, json_group_array(person_id) AS people
FROM judged
GROUP BY why
ORDER BY how_many DESC, why
