"""What moves when two records become one, table by table. A newer answer wins; history moves as it is.

:kept and :gone are ids of people, :now is a unix second. Rows that cannot move because :kept has a newer one of the
same kind leave with :gone. A test holds that every column that points at a person is among these.
"""

BEFORE = (
    # She is not to get twice what both records were to get.
    """
    UPDATE contact_attempt SET state = 'cancelled', why = 'merged', changed_at = :now
    WHERE person_id = :gone AND state IN ('planned', 'queued', 'retry_wait')
      AND EXISTS (SELECT 1 FROM contact_attempt AS same
                  WHERE same.person_id = :kept AND same.reason = contact_attempt.reason
                    AND same.about = contact_attempt.about
                    AND (same.reason != 'reminder' OR same.sequence = contact_attempt.sequence)
                    AND same.state NOT IN ('skipped', 'cancelled', 'expired', 'blocked', 'failed'))
    """,
    """
    UPDATE help_request SET done_at = :now WHERE person_id = :gone AND done_at IS NULL
      AND EXISTS (SELECT 1 FROM help_request AS mine WHERE mine.person_id = :kept AND mine.done_at IS NULL)
    """,
    """
    UPDATE role_grant SET revoked_at = :now WHERE person_id = :gone AND revoked_at IS NULL
      AND EXISTS (SELECT 1 FROM role_grant AS mine
                  WHERE mine.person_id = :kept AND mine.role = role_grant.role AND mine.revoked_at IS NULL)
    """,
    """
    DELETE FROM availability WHERE person_id = :kept
      AND EXISTS (SELECT 1 FROM availability AS newer
                  WHERE newer.person_id = :gone AND newer.weekday = availability.weekday
                    AND newer.band = availability.band AND newer.said_at > availability.said_at)
    """,
    """
    DELETE FROM rota WHERE person_id = :kept
      AND said_at < (SELECT said_at FROM rota AS newer WHERE newer.person_id = :gone)
    """,
    """
    DELETE FROM poll_vote WHERE person_id = :kept
      AND EXISTS (SELECT 1 FROM poll_vote AS newer
                  WHERE newer.person_id = :gone AND newer.slot_id = poll_vote.slot_id
                    AND newer.voted_at > poll_vote.voted_at)
    """,
    """
    DELETE FROM response_need WHERE person_id = :kept
      AND EXISTS (SELECT 1 FROM response_need AS newer
                  WHERE newer.person_id = :gone AND newer.meeting_id = response_need.meeting_id
                    AND newer.need = response_need.need AND newer.said_at > response_need.said_at)
    """,
    # Otherwise one of them would be the pair that both are.
    "DELETE FROM two_people WHERE :kept IN (one, other) AND :gone IN (one, other)",
)
MOVES = (
    "UPDATE consent SET person_id = :kept WHERE person_id = :gone",
    "UPDATE role_grant SET person_id = :kept WHERE person_id = :gone",
    "UPDATE role_grant SET granted_by = :kept WHERE granted_by = :gone",
    "UPDATE enrolment_code SET made_by = :kept WHERE made_by = :gone",
    "UPDATE meeting SET made_by = :kept WHERE made_by = :gone",
    "UPDATE meeting_series SET made_by = :kept WHERE made_by = :gone",
    "UPDATE meeting_close SET closed_by = :kept WHERE closed_by = :gone",
    "UPDATE head_count SET counted_by = :kept WHERE counted_by = :gone",
    "UPDATE promise SET made_by = :kept WHERE made_by = :gone",
    "UPDATE broadcast SET made_by = :kept WHERE made_by = :gone",
    "UPDATE poll SET made_by = :kept WHERE made_by = :gone",
    "UPDATE time_search SET made_by = :kept WHERE made_by = :gone",
    "UPDATE help_request SET person_id = :kept WHERE person_id = :gone",
    "UPDATE help_request SET done_by = :kept WHERE done_by = :gone",
    "UPDATE open_form SET person_id = :kept WHERE person_id = :gone",
    "UPDATE OR IGNORE availability SET person_id = :kept WHERE person_id = :gone",
    "UPDATE availability_exception SET person_id = :kept WHERE person_id = :gone",
    "UPDATE OR IGNORE rota SET person_id = :kept WHERE person_id = :gone",
    "UPDATE OR IGNORE poll_vote SET person_id = :kept WHERE person_id = :gone",
    "UPDATE OR IGNORE response_need SET person_id = :kept WHERE person_id = :gone",
    "UPDATE OR IGNORE door_try SET person_id = :kept WHERE person_id = :gone",
    "UPDATE OR IGNORE door_page SET person_id = :kept WHERE person_id = :gone",
    "UPDATE response_event SET person_id = :kept WHERE person_id = :gone",
    "UPDATE attendance_event SET person_id = :kept WHERE person_id = :gone",
    "UPDATE attendance SET recorded_by = :kept WHERE recorded_by = :gone",
    "UPDATE contact_attempt SET made_by = :kept WHERE made_by = :gone",
    "UPDATE named_feedback SET person_id = :kept WHERE person_id = :gone",
    "UPDATE named_feedback SET answered_by = :kept WHERE answered_by = :gone",
    "UPDATE organisation_event SET recorded_by = :kept WHERE recorded_by = :gone",
    "UPDATE organisation_theme SET said_by = :kept WHERE said_by = :gone",
    "UPDATE OR IGNORE other_market SET person_id = :kept WHERE person_id = :gone",
    "UPDATE OR IGNORE contact_route SET person_id = :kept WHERE person_id = :gone",
    "UPDATE joining_code SET person_id = :kept WHERE person_id = :gone",
    "UPDATE joining_code SET made_by = :kept WHERE made_by = :gone",
    "UPDATE merged_person SET kept_id = :kept WHERE kept_id = :gone",
    "UPDATE merged_person SET merged_by = :kept WHERE merged_by = :gone",
    "UPDATE OR IGNORE two_people SET one = min(:kept, other), other = max(:kept, other) WHERE one = :gone",
    "UPDATE OR IGNORE two_people SET other = max(:kept, one), one = min(:kept, one) WHERE other = :gone",
    "UPDATE two_people SET said_by = :kept WHERE said_by = :gone",
    "UPDATE approach SET made_by = :kept WHERE made_by = :gone",
    "UPDATE placement SET made_by = :kept WHERE made_by = :gone",
    "UPDATE OR IGNORE shared_link SET person_id = :kept WHERE person_id = :gone",
    "UPDATE shared_link SET made_by = :kept WHERE made_by = :gone",
    "UPDATE approach_comment SET written_by = :kept WHERE written_by = :gone",
    "UPDATE budget SET made_by = :kept WHERE made_by = :gone",
    "UPDATE reward_item SET made_by = :kept WHERE made_by = :gone",
    "UPDATE offer SET made_by = :kept WHERE made_by = :gone",
    "UPDATE trial SET made_by = :kept WHERE made_by = :gone",
    "UPDATE OR IGNORE trial_place SET person_id = :kept WHERE person_id = :gone",
    "UPDATE claim SET person_id = :kept WHERE person_id = :gone",
    "UPDATE claim SET recorded_by = :kept WHERE recorded_by = :gone",
    "UPDATE claim SET approved_by = :kept WHERE approved_by = :gone",
    "UPDATE vanishing SET person_id = :kept WHERE person_id = :gone",
    "UPDATE expense_claim SET person_id = :kept WHERE person_id = :gone",
    "UPDATE expense_claim SET recorded_by = :kept WHERE recorded_by = :gone",
    "UPDATE expense_claim SET decided_by = :kept WHERE decided_by = :gone",
)
AFTER = (
    # Both markets count, each once.
    """
    INSERT OR IGNORE INTO other_market (person_id, market)
    SELECT :kept, gone.market FROM person AS gone JOIN person AS kept ON kept.id = :kept
    WHERE gone.id = :gone AND gone.market != 'not_said' AND kept.market NOT IN (gone.market, 'not_said')
    """,
    # What she said last about the notice holds, whichever record it was written in later.
    """
    INSERT INTO consent (person_id, notice_version, accepted, route, given_at)
    SELECT person_id, notice_version, accepted, route, given_at FROM consent AS latest
    WHERE person_id = :kept
      AND id = (SELECT id FROM consent WHERE person_id = :kept ORDER BY given_at DESC, id DESC LIMIT 1)
      AND accepted != (SELECT accepted FROM consent WHERE person_id = :kept ORDER BY id DESC LIMIT 1)
    """,
    # An answer that was in the other record closes the invite in this one.
    """
    UPDATE contact_attempt
    SET outcome = 'answered', answered_at = response.answered_at, answer = response.answer,
        answer_why = response.why, changed_at = :now
    FROM response
    WHERE contact_attempt.person_id = :kept AND contact_attempt.reason = 'invite' AND state = 'accepted'
      AND outcome IS NULL AND response.person_id = :kept AND response.meeting_id = about
      AND response.answered_at >= sent_at
    """,
    # The last event of an attendance is what it is now.
    """
    INSERT INTO attendance_event (meeting_id, person_id, written_at, standing, at, how)
    SELECT meeting_id, person_id, :now, standing, at, how FROM attendance
    WHERE person_id = :kept
      AND (standing, at, how) IS NOT (SELECT standing, at, how FROM attendance_event AS event
                                      WHERE event.person_id = :kept AND event.meeting_id = attendance.meeting_id
                                      ORDER BY id DESC LIMIT 1)
    """,
)
