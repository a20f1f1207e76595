-- Unsociable hours: when people are free, polls about times, who came, what was promised, and when the bot may speak.
-- Days are local text 'YYYY-MM-DD'; weekdays count from Monday, 0; a band that crosses midnight belongs to the day it starts.

-- Why a message is sent, and what contact_attempt.about names for it. A new reason is a row, not a new table.
CREATE TABLE attempt_reason (
    code  TEXT PRIMARY KEY,
    about TEXT NOT NULL CHECK (about IN ('meeting', 'poll', 'nothing'))
) STRICT, WITHOUT ROWID;
INSERT INTO attempt_reason (code, about) VALUES
    ('invite', 'meeting'), ('reminder', 'meeting'), ('place_free', 'meeting'), ('cancelled', 'meeting'),
    ('changed', 'meeting'), ('by_hand', 'meeting'), ('notice', 'meeting'), ('no_show', 'meeting'),
    ('welcome_back', 'nothing'), ('ask_hours', 'nothing'),
    ('poll', 'poll'), ('poll_reminder', 'poll'), ('poll_all_answered', 'poll'), ('poll_closed', 'poll');

-- Quiet hours moved for some days by one tap: until that moment these stand in for the person's usual ones.
ALTER TABLE person ADD COLUMN moved_from TEXT;
ALTER TABLE person ADD COLUMN moved_until TEXT;
ALTER TABLE person ADD COLUMN moved_end_at INTEGER;

CREATE TABLE availability (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    weekday   INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    band      TEXT NOT NULL,
    free      TEXT NOT NULL CHECK (free IN ('yes', 'no')),   -- not said is no row
    said_at   INTEGER NOT NULL,
    PRIMARY KEY (person_id, weekday, band)
) STRICT, WITHOUT ROWID;

CREATE TABLE availability_exception (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,  -- in buttons
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('nights_this_week', 'same_as_last_week', 'away', 'one_off')),
    from_day  TEXT NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    until_day TEXT NOT NULL CHECK (until_day >= from_day),   -- the last day it holds for
    bands     TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(bands)), -- of a one_off: the bands that are free
    said_at   INTEGER NOT NULL
) STRICT;
CREATE INDEX exception_of_person ON availability_exception (person_id, from_day);

CREATE TABLE rota (
    person_id INTEGER PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE,
    weeks     INTEGER NOT NULL CHECK (weeks IN (2, 4)),
    starts_on TEXT NOT NULL,                      -- the first day of the first week
    pattern   TEXT NOT NULL CHECK (json_array_length(pattern) = weeks * 7), -- each day: a list of free bands, or null: not said
    said_at   INTEGER NOT NULL
) STRICT;

-- A poll about times holds the facts of the meeting that it is to become.
CREATE TABLE poll (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,  -- in buttons
    title           TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    strand          TEXT NOT NULL CHECK (strand IN ('network', 'board')),
    mode            TEXT NOT NULL CHECK (mode IN ('in_person', 'online')),
    venue_id        INTEGER REFERENCES venue (id),
    join_link       TEXT NOT NULL DEFAULT '',
    zone            TEXT NOT NULL,
    minutes         INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 1440),
    capacity        INTEGER CHECK (capacity > 0),
    reward          TEXT NOT NULL DEFAULT '',
    lead            TEXT NOT NULL DEFAULT '',
    audience        TEXT NOT NULL DEFAULT '' CHECK (audience = '' OR json_valid(audience)),
    state           TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'open', 'closed', 'cancelled')),
    closes_at       INTEGER NOT NULL,
    reminds_at      INTEGER,                      -- when those who have not answered are reminded; NULL: nobody is
    all_answered_at INTEGER,                      -- when everybody who was asked had answered, the first time
    closed_at       INTEGER,
    meeting_id      INTEGER REFERENCES meeting (id), -- what it has become
    made_by         INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at         INTEGER NOT NULL,
    CHECK (mode = 'online' OR venue_id IS NOT NULL)
) STRICT;
CREATE INDEX poll_open ON poll (closes_at) WHERE state = 'open';

CREATE TABLE poll_slot (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    poll_id     INTEGER NOT NULL REFERENCES poll (id) ON DELETE CASCADE,
    local_start TEXT NOT NULL CHECK (local_start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'),
    starts_at   INTEGER NOT NULL,
    UNIQUE (poll_id, local_start)
) STRICT;

CREATE TABLE poll_vote (
    slot_id   INTEGER NOT NULL REFERENCES poll_slot (id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    answer    TEXT NOT NULL CHECK (answer IN ('yes', 'if_need', 'no')), -- not answered is no row
    voted_at  INTEGER NOT NULL,
    PRIMARY KEY (slot_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX vote_of_person ON poll_vote (person_id);

CREATE TABLE meeting_series (
    id      INTEGER PRIMARY KEY,
    every   TEXT NOT NULL CHECK (every IN ('week', 'fortnight', 'month')),
    made_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at INTEGER NOT NULL
) STRICT;

ALTER TABLE meeting ADD COLUMN series_id INTEGER REFERENCES meeting_series (id);
ALTER TABLE meeting ADD COLUMN ladder TEXT;        -- '7d 1d 2h': when reminders go; NULL is the council's, '' is none
ALTER TABLE meeting ADD COLUMN lead_contact TEXT NOT NULL DEFAULT '';

CREATE TABLE response_need (
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    need       TEXT NOT NULL CHECK (need IN ('access', 'interpreter', 'childcare', 'travel')),
    words      TEXT NOT NULL DEFAULT '',
    said_at    INTEGER NOT NULL,
    PRIMARY KEY (person_id, meeting_id, need)
) STRICT, WITHOUT ROWID;
CREATE INDEX need_of_meeting ON response_need (meeting_id);

CREATE TABLE notice_seen (
    attempt_id INTEGER PRIMARY KEY REFERENCES contact_attempt (id) ON DELETE CASCADE,
    seen_at    INTEGER NOT NULL
) STRICT;

-- The door: a secret per meeting from which its codes are worked out, and the wrong tries of each person.
CREATE TABLE door (
    meeting_id INTEGER PRIMARY KEY REFERENCES meeting (id),
    secret     BLOB NOT NULL,
    made_at    INTEGER NOT NULL
) STRICT;
CREATE TABLE door_try (
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    wrong      INTEGER NOT NULL,
    last_at    INTEGER NOT NULL,
    PRIMARY KEY (meeting_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX try_of_person ON door_try (person_id);

CREATE TABLE attendance (
    meeting_id  INTEGER NOT NULL REFERENCES meeting (id),
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    standing    TEXT NOT NULL CHECK (standing IN ('came', 'did_not_come', 'cancelled_ahead', 'unknown')),
    at          INTEGER NOT NULL,                 -- when they came, said that they cannot, or were found missing
    how         TEXT NOT NULL CHECK (how IN ('door', 'coordinator', 'walk_in', 'answer', 'closing')),
    recorded_by INTEGER REFERENCES person (id) ON DELETE SET NULL, -- NULL: nobody; the door or the closing did
    changed_at  INTEGER NOT NULL,
    PRIMARY KEY (meeting_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_of_person ON attendance (person_id);
CREATE INDEX attendance_recorded_by ON attendance (recorded_by) WHERE recorded_by IS NOT NULL;

CREATE TABLE attendance_event (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    written_at INTEGER NOT NULL,
    standing   TEXT NOT NULL,
    at         INTEGER NOT NULL,
    how        TEXT NOT NULL
) STRICT;
CREATE INDEX attendance_event_of_person ON attendance_event (person_id);

CREATE TABLE head_count (
    meeting_id INTEGER PRIMARY KEY REFERENCES meeting (id),
    how_many   INTEGER NOT NULL CHECK (how_many BETWEEN 0 AND 100000),
    counted_at INTEGER NOT NULL,
    counted_by INTEGER REFERENCES person (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE meeting_close (
    meeting_id INTEGER PRIMARY KEY REFERENCES meeting (id),
    minutes    TEXT NOT NULL DEFAULT '',          -- what was said, in the coordinator's words
    publish    INTEGER CHECK (publish IN (0, 1)), -- NULL: not decided yet
    closed_at  INTEGER NOT NULL,
    closed_by  INTEGER REFERENCES person (id) ON DELETE SET NULL
) STRICT;

CREATE TABLE organisation_present (
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    name       TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    how_many   INTEGER NOT NULL CHECK (how_many BETWEEN 0 AND 10000),
    PRIMARY KEY (meeting_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE promise (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    who        TEXT NOT NULL,
    what       TEXT NOT NULL CHECK (length(what) > 0),
    by_when    TEXT CHECK (by_when GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- NULL: no day was named
    publish    INTEGER NOT NULL DEFAULT 0 CHECK (publish IN (0, 1)),
    made_by    INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at    INTEGER NOT NULL,
    kept_at    INTEGER
) STRICT;
CREATE INDEX promise_of_meeting ON promise (meeting_id);

CREATE TRIGGER attendance_written AFTER INSERT ON attendance BEGIN
    INSERT INTO attendance_event (meeting_id, person_id, written_at, standing, at, how)
    VALUES (NEW.meeting_id, NEW.person_id, NEW.changed_at, NEW.standing, NEW.at, NEW.how);
END;
CREATE TRIGGER attendance_changed AFTER UPDATE OF standing, at, how ON attendance
WHEN (OLD.standing, OLD.at, OLD.how) IS NOT (NEW.standing, NEW.at, NEW.how) BEGIN
    INSERT INTO attendance_event (meeting_id, person_id, written_at, standing, at, how)
    VALUES (NEW.meeting_id, NEW.person_id, NEW.changed_at, NEW.standing, NEW.at, NEW.how);
END;
CREATE TRIGGER attendance_event_kept BEFORE UPDATE ON attendance_event BEGIN SELECT RAISE(ABORT, 'attendance_event is append-only'); END;
CREATE TRIGGER attendance_event_stays BEFORE DELETE ON attendance_event
WHEN EXISTS (SELECT 1 FROM person WHERE id = OLD.person_id) BEGIN SELECT RAISE(ABORT, 'attendance_event is append-only'); END;

-- contact_attempt is made anew, because a CHECK cannot be changed: reasons are rows of attempt_reason from here on.
-- A reminder's sequence says which rung it is (minutes before the meeting, and 100,000 for each move), not a place in a list
-- that changes with the ladder.
DROP VIEW known_attempt;
DROP VIEW known_person;
DROP TRIGGER attempt_event_stays;

CREATE TABLE contact_attempt_new (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons, which outlive an erased attempt
    person_id    INTEGER REFERENCES person (id) ON DELETE CASCADE,
    place        TEXT,                           -- who or where, when it is no person on record
    approach_id  INTEGER NOT NULL REFERENCES approach (id),
    reason       TEXT NOT NULL REFERENCES attempt_reason (code),
    about        INTEGER NOT NULL DEFAULT 0,     -- the id of what its reason is about; 0 is none
    sequence     INTEGER NOT NULL DEFAULT 1,     -- 1st, 2nd ... of this reason about this; a reminder's rung
    broadcast_id INTEGER REFERENCES broadcast (id),
    language     TEXT NOT NULL DEFAULT 'en',
    reward       TEXT NOT NULL DEFAULT '',       -- the offer, frozen when the row was written
    state        TEXT NOT NULL CHECK (state IN ('planned', 'queued', 'sending', 'accepted', 'retry_wait', 'blocked',
                   'failed', 'unknown', 'expired', 'skipped', 'cancelled', 'by_hand')),
    why          TEXT NOT NULL DEFAULT '',       -- code: 'quiet_hours', 'capped', 'stopped', 'no_channel', 'chat_not_found' ...
    due_at       INTEGER NOT NULL,               -- not before
    until_at     INTEGER,                        -- not after
    tries        INTEGER NOT NULL DEFAULT 0,
    planned_at   INTEGER NOT NULL,
    sent_at      INTEGER,                        -- accepted by Telegram, or made by hand
    message_id   INTEGER,                        -- Telegram's
    silent_at    INTEGER,                        -- when no answer counts as non-response
    outcome      TEXT CHECK (outcome IN ('answered', 'no_response', 'late')),   -- NULL: still open
    answered_at  INTEGER,
    answer       TEXT NOT NULL DEFAULT '',       -- 'yes', 'maybe', 'no'; by hand: 'spoke', 'no_answer' ...
    answer_why   TEXT NOT NULL DEFAULT '',
    note         TEXT NOT NULL DEFAULT '',
    made_by      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    changed_at   INTEGER NOT NULL,
    CHECK (person_id IS NOT NULL OR place IS NOT NULL)
) STRICT;
INSERT INTO contact_attempt_new
SELECT id, person_id, place, approach_id, reason, about, 
       CASE WHEN reason = 'reminder' THEN (sequence - 1) / 2 * 100000 + CASE WHEN sequence % 2 THEN 1440 ELSE 120 END
            ELSE sequence END, broadcast_id, language, reward, state, why, due_at, until_at, tries, planned_at, sent_at, message_id, silent_at, outcome, answered_at, answer, answer_why, note, made_by, changed_at
FROM contact_attempt;
-- Ids of erased attempts are never given again.
UPDATE sqlite_sequence SET seq = (SELECT seq FROM sqlite_sequence WHERE name = 'contact_attempt')
WHERE name = 'contact_attempt_new';
INSERT INTO sqlite_sequence (name, seq)
SELECT 'contact_attempt_new', seq FROM sqlite_sequence
WHERE name = 'contact_attempt' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'contact_attempt_new');
DROP TABLE contact_attempt;
ALTER TABLE contact_attempt_new RENAME TO contact_attempt;
CREATE UNIQUE INDEX one_attempt_per_occasion ON contact_attempt (person_id, reason, about, sequence);
CREATE INDEX attempt_due ON contact_attempt (state, due_at);
CREATE INDEX attempt_turn ON contact_attempt ((reason = 'invite'), due_at)
    WHERE state IN ('queued', 'retry_wait') OR (state = 'unknown' AND why = 'again');
CREATE INDEX attempt_of_person ON contact_attempt (person_id, about) WHERE sent_at IS NOT NULL;
CREATE INDEX attempt_silent ON contact_attempt (silent_at) WHERE outcome IS NULL;
CREATE INDEX attempt_about ON contact_attempt (about, reason);
CREATE INDEX attempt_of_broadcast ON contact_attempt (broadcast_id) WHERE broadcast_id IS NOT NULL;
CREATE INDEX attempt_planned ON contact_attempt (planned_at);
CREATE INDEX attempt_made_by ON contact_attempt (made_by) WHERE made_by IS NOT NULL; -- or each erasure reads the table

CREATE TRIGGER attempt_written AFTER INSERT ON contact_attempt BEGIN
    INSERT INTO attempt_event (attempt_id, at, state, why, outcome, answer, answer_why)
    VALUES (NEW.id, NEW.changed_at, NEW.state, NEW.why, NEW.outcome, NEW.answer, NEW.answer_why);
END;
CREATE TRIGGER attempt_changed AFTER UPDATE OF state, why, outcome, answer, answer_why ON contact_attempt
WHEN (OLD.state, OLD.why, OLD.outcome, OLD.answer, OLD.answer_why)
     IS NOT (NEW.state, NEW.why, NEW.outcome, NEW.answer, NEW.answer_why) BEGIN
    INSERT INTO attempt_event (attempt_id, at, state, why, outcome, answer, answer_why)
    VALUES (NEW.id, NEW.changed_at, NEW.state, NEW.why, NEW.outcome, NEW.answer, NEW.answer_why);
END;
CREATE TRIGGER attempt_event_stays BEFORE DELETE ON attempt_event
WHEN EXISTS (SELECT 1 FROM contact_attempt WHERE id = OLD.attempt_id) BEGIN SELECT RAISE(ABORT, 'attempt_event is append-only'); END;
CREATE TRIGGER attempt_stays BEFORE DELETE ON contact_attempt
WHEN OLD.person_id IS NULL OR EXISTS (SELECT 1 FROM person WHERE id = OLD.person_id) BEGIN SELECT RAISE(ABORT, 'contact_attempt is never deleted'); END;

-- A person with their latest answer to the notice, as every reader wants them.
CREATE VIEW known_person AS
SELECT id, telegram_id, display_name, language, market, shift, job, strand, employer, first_approach, invented, met_at,
       joined_at, paused_until, stopped_at, unreachable_at, quiet_from, quiet_until,
       moved_from, moved_until, moved_end_at,
       COALESCE((SELECT accepted FROM consent WHERE consent.person_id = person.id ORDER BY consent.id DESC LIMIT 1), 0) AS consented
FROM person;

-- An attempt with what is known of its person and its meeting at this moment.
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
