-- One row per attempt in the period, in the order in which they were planned; :from_at is in it, :until_at is not.
-- number: which attempt of those that left us this was, to this person about this meeting; NULL when it never left.
-- The part of the local day and the keys of people are made by the report, which knows the zone and its own secret.
-- A meeting's standing is worked out once for each meeting, not for each row.
WITH standings AS MATERIALIZED (SELECT id, standing FROM known_meeting)
SELECT attempt.id AS attempt_id,
       attempt.person_id,
       approach.code AS approach,
       approach.kind AS approach_kind,
       approach.variant,
       approach.title AS approach_title,
       approach.sender AS approach_sender,
       approach.language AS approach_language,
       approach.cost_pence AS approach_cost_pence,
       approach.staff_minutes AS approach_staff_minutes,
       approach.contact_mode,
       CASE WHEN attempt.state IN ('planned', 'queued', 'expired', 'skipped', 'cancelled')
              OR attempt.why IN ('taken_back', 'corrected') THEN NULL
            ELSE 1 + (SELECT COUNT(*) FROM contact_attempt AS earlier
                      WHERE earlier.person_id = attempt.person_id AND earlier.about = attempt.about
                        AND (earlier.reason LIKE 'poll%') = (attempt.reason LIKE 'poll%')
                        AND earlier.sent_at IS NOT NULL AND earlier.id < attempt.id) END AS attempt_number,
       attempt.reason AS purpose,
       attempt.sequence,
       attempt_reason.about AS about_what,
       CASE attempt_reason.about WHEN 'meeting' THEN attempt.about ELSE 0 END AS meeting_id,
       meeting.title AS meeting,
       poll.id AS poll_id,
       poll.title AS poll,
       COALESCE(meeting.strand, poll.strand) AS strand,
       COALESCE(meeting.mode, poll.mode) AS meeting_mode,
       standings.standing AS meeting_standing,
       meeting.starts_at AS meeting_starts_at,
       venue.name AS venue,
       venue.kind AS venue_kind,
       attempt.planned_at,
       attempt.due_at,
       attempt.sent_at,
       attempt.language,
       attempt.reward,
       attempt.offer_id AS offer,
       attempt.arm,
       attempt.state,
       attempt.why,
       CASE WHEN attempt.why IN ('taken_back', 'corrected') THEN attempt.why
            ELSE COALESCE(attempt.outcome, attempt.state) END AS final_state,
       attempt.answer,
       attempt.answer_why,
       attempt.answered_at - attempt.sent_at AS response_delay,
       person.market,
       person.shift,
       person.job,
       first.code AS first_approach,
       COALESCE(person.invented, organisation.invented, placement.invented, 0) AS invented,
       attempt.corrects IS NOT NULL AS corrects,
       (attempt.call_back_at - attempt.due_at) / 3600 AS call_back_hours,
       attempt.needs_person,
       placement.talked_to,
       placement.took_one,
       organisation.kind AS organisation_kind,
       organisation.size_band AS organisation_size,
       person.display_name,
       person.employer,
       attempt.place,
       attempt.note,
       organisation.name AS organisation,
       attempt.correction
FROM contact_attempt AS attempt INDEXED BY attempt_planned
JOIN approach ON approach.id = attempt.approach_id
LEFT JOIN person ON person.id = attempt.person_id
LEFT JOIN organisation ON organisation.id = attempt.organisation_id
LEFT JOIN placement ON placement.id = attempt.placement_id
LEFT JOIN approach AS first ON first.id = person.first_approach
LEFT JOIN attempt_reason ON attempt_reason.code = attempt.reason
LEFT JOIN meeting ON meeting.id = attempt.about AND attempt_reason.about = 'meeting'
LEFT JOIN standings ON standings.id = meeting.id
LEFT JOIN poll ON poll.id = attempt.about AND attempt_reason.about = 'poll'
LEFT JOIN venue ON venue.id = COALESCE(meeting.venue_id, poll.venue_id)
WHERE attempt.planned_at >= :from_at AND attempt.planned_at < :until_at
  AND attempt.reason NOT IN (SELECT value FROM json_each(:to_staff))
  AND (:invented IS NULL OR COALESCE(person.invented, organisation.invented, placement.invented, 0) = :invented)
ORDER BY attempt.planned_at, attempt.id
