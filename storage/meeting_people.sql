-- Everyone who was asked to a meeting or has answered it, each in one group. An answer goes before what became of the
-- asking; of several invites the last one counts, and one that was taken back only when there is no other. People of the
-- other world (invented or real) are not in it: without :invented it is the world of whoever made the meeting.
WITH asked AS (
    SELECT person_id, COALESCE(MAX(CASE WHEN state != 'cancelled' THEN id END), MAX(id)) AS last_id,
           MAX(CASE WHEN state IN ('accepted', 'unknown') THEN id END) AS last_sent
    FROM contact_attempt
    WHERE about = :meeting_id AND reason = 'invite' AND person_id IS NOT NULL
    GROUP BY person_id
), concerned AS (
    SELECT person_id FROM asked UNION SELECT person_id FROM response WHERE meeting_id = :meeting_id
), sorted AS (
    SELECT concerned.person_id,
           CASE
               WHEN response.place = 'waiting' THEN 'waiting'
               WHEN response.answer IS NOT NULL THEN response.answer
               WHEN attempt.outcome = 'no_response' THEN 'silent'
               WHEN attempt.state IN ('blocked', 'failed') OR person.unreachable_at IS NOT NULL THEN 'unreachable'
               WHEN attempt.state IN ('skipped', 'expired', 'cancelled') THEN 'not_attempted'
               ELSE 'pending'
           END AS standing,
           COALESCE(response.waiting_since, response.answered_at, attempt.planned_at) AS since
    FROM concerned
    JOIN person ON person.id = concerned.person_id
    LEFT JOIN asked ON asked.person_id = concerned.person_id
    LEFT JOIN contact_attempt AS attempt ON attempt.id = COALESCE(asked.last_sent, asked.last_id)
    LEFT JOIN response ON response.person_id = concerned.person_id AND response.meeting_id = :meeting_id
    WHERE person.invented = COALESCE(
        :invented,
        (SELECT maker.invented FROM meeting JOIN person AS maker ON maker.id = meeting.made_by WHERE meeting.id = :meeting_id),
        0)
    ORDER BY since, concerned.person_id
)
SELECT standing, COUNT(*) AS how_many, json_group_array(person_id) AS people FROM sorted GROUP BY standing
