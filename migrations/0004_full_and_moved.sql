-- A meeting's standing in one word, reasons of every kind, and what polls and weeks still lacked.

DROP VIEW known_attempt;

-- What contact_attempt.about names for a reason; a new kind of thing is a word here.
CREATE TABLE attempt_reason_new (
    code  TEXT PRIMARY KEY,
    about TEXT NOT NULL CHECK (about IN ('meeting', 'poll', 'claim', 'organisation', 'nothing'))
) STRICT, WITHOUT ROWID;
INSERT INTO attempt_reason_new SELECT code, about FROM attempt_reason;
DROP TABLE attempt_reason;
ALTER TABLE attempt_reason_new RENAME TO attempt_reason;
INSERT INTO attempt_reason (code, about) VALUES ('close_due', 'meeting'), ('ask_week', 'nothing');

-- Somebody whose week is another each time is asked about the coming one.
ALTER TABLE person ADD COLUMN week_changes INTEGER NOT NULL DEFAULT 0 CHECK (week_changes IN (0, 1));

-- standing: what a meeting is now. 'full' and 'moved' follow from the rows, so they can never disagree with them.
DROP VIEW known_meeting;
CREATE VIEW known_meeting AS
SELECT meeting.*, COALESCE(venue.name, '') AS venue_name, COALESCE(venue.address, '') AS venue_address, latitude, longitude,
       CASE WHEN state != 'open' THEN state
            WHEN capacity <= (SELECT count(*) FROM response WHERE meeting_id = meeting.id AND place = 'held') THEN 'full'
            WHEN moved > 0 THEN 'moved'
            ELSE 'open' END AS standing
FROM meeting LEFT JOIN venue ON venue.id = meeting.venue_id;

CREATE VIEW known_attempt AS
SELECT contact_attempt.*, telegram_id, display_name, market, shift, quiet_from, quiet_until, moved_from, moved_until, moved_end_at, paused_until, stopped_at,
       unreachable_at, COALESCE(consented, 0) AS consented, COALESCE(invented, 0) AS invented,
       meeting.state AS meeting_state, meeting.starts_at AS meeting_starts_at,
       response.answer AS said, response.place AS held, poll.state AS poll_state,
       EXISTS (SELECT 1 FROM poll_slot JOIN poll_vote ON slot_id = poll_slot.id
               WHERE poll_id = poll.id AND poll_vote.person_id = contact_attempt.person_id) AS has_voted
FROM contact_attempt
LEFT JOIN known_person ON known_person.id = contact_attempt.person_id
LEFT JOIN attempt_reason ON attempt_reason.code = contact_attempt.reason
LEFT JOIN meeting ON meeting.id = contact_attempt.about AND attempt_reason.about = 'meeting'
LEFT JOIN poll ON poll.id = contact_attempt.about AND attempt_reason.about = 'poll'
LEFT JOIN response ON response.person_id = contact_attempt.person_id AND response.meeting_id = meeting.id;

-- A poll goes out as an invite does: with a minute to undo, a count that moves and a way to stop. SQLite cannot make a
-- column nullable, so the table is made anew.
CREATE TABLE broadcast_new (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER REFERENCES meeting (id),      -- either this
    poll_id    INTEGER REFERENCES poll (id),         -- or this
    audience   TEXT NOT NULL CHECK (json_valid(audience)),
    size       INTEGER NOT NULL,                     -- people in it when it was confirmed
    state      TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'done', 'undone', 'stopped')),
    made_by    INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at    INTEGER NOT NULL,
    sends_at   INTEGER NOT NULL,                     -- when the 60 seconds to undo are over
    chat_id    INTEGER,                              -- where the live count is shown
    message_id INTEGER,
    CHECK ((meeting_id IS NULL) != (poll_id IS NULL))
) STRICT;
INSERT INTO broadcast_new SELECT id, meeting_id, NULL, audience, size, state, made_by, made_at, sends_at, chat_id, message_id FROM broadcast;
DROP TABLE broadcast;
ALTER TABLE broadcast_new RENAME TO broadcast;
CREATE INDEX broadcast_of_poll ON broadcast (poll_id) WHERE poll_id IS NOT NULL;

-- A coordinator's question for the best times, so that the buttons under its answer know what was asked. Kept 14 days.
CREATE TABLE time_search (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,       -- in buttons
    made_by INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    asked   TEXT NOT NULL CHECK (json_valid(asked)), -- audience, days, hours, length
    found   TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(found)), -- how many times -> their wall times
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX search_of_person ON time_search (made_by);

-- Where a coordinator looks at the door's code, so that it renews itself there: one message for each of them.
CREATE TABLE door_page (
    person_id  INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    message_id INTEGER NOT NULL
) STRICT;
