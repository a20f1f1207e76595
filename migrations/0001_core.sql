-- The core loop: people, what they agreed to, meetings, and every attempt to reach anyone.
-- Instants are whole unix seconds in columns that end in _at or _until; local wall times are text.
-- The only way history leaves these tables is with its person (see the triggers at the end).

CREATE TABLE approach (
    id            INTEGER PRIMARY KEY,
    code          TEXT NOT NULL UNIQUE,          -- in deep links and on posters
    kind          TEXT NOT NULL,                 -- 'telegram_broadcast', 'poster', 'call', 'visit' ...
    variant       TEXT NOT NULL DEFAULT '',      -- wording or design
    contact_mode  TEXT NOT NULL CHECK (contact_mode IN
                    ('telegram', 'call', 'visit', 'email', 'letter', 'whatsapp', 'in_person', 'paper', 'poster')),
    made_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
    id             INTEGER PRIMARY KEY AUTOINCREMENT, -- an erased person's id is never given to somebody else
    telegram_id    INTEGER UNIQUE,               -- NULL: reached without Telegram
    display_name   TEXT NOT NULL DEFAULT '',
    language       TEXT NOT NULL DEFAULT 'en',
    market         TEXT,                         -- NULL: not asked yet; 'not_said': prefers not to say
    shift          TEXT,
    job            TEXT,
    strand         TEXT CHECK (strand IN ('network', 'board', 'not_said')),
    employer       TEXT,
    first_approach INTEGER REFERENCES approach (id),
    invented       INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1)),
    met_at         INTEGER NOT NULL,             -- first contact
    joined_at      INTEGER,                      -- sign-up completed
    paused_until   INTEGER,
    stopped_at     INTEGER,
    unreachable_at INTEGER,                      -- blocked us, or the account is gone
    quiet_from     TEXT,                         -- 'HH:MM' local; NULL: the council's default or the shift's
    quiet_until    TEXT
) STRICT;

CREATE TABLE consent (
    id             INTEGER PRIMARY KEY,
    person_id      INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    notice_version TEXT NOT NULL,
    accepted       INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    route          TEXT NOT NULL,                -- 'telegram', 'paper' ...
    given_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX consent_of_person ON consent (person_id);

-- A person with their latest answer to the notice, as every reader wants them.
CREATE VIEW known_person AS
SELECT id, telegram_id, display_name, language, market, shift, job, strand, employer, first_approach, invented, met_at,
       joined_at, paused_until, stopped_at, unreachable_at, quiet_from, quiet_until,
       COALESCE((SELECT accepted FROM consent WHERE consent.person_id = person.id ORDER BY consent.id DESC LIMIT 1), 0) AS consented
FROM person;

CREATE TABLE role_grant (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    role       TEXT NOT NULL CHECK (role IN ('editor', 'coordinator', 'officer', 'feedback_reader', 'data_steward')),
    granted_by INTEGER,                          -- person id at that time; NULL: from the host
    granted_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX one_live_grant ON role_grant (person_id, role) WHERE revoked_at IS NULL;

CREATE TABLE enrolment_code (
    code_hash  TEXT PRIMARY KEY,                 -- SHA-256 of a 128-bit code that is shown once
    role       TEXT NOT NULL CHECK (role IN ('editor', 'coordinator', 'officer', 'feedback_reader', 'data_steward')),
    made_by    INTEGER,                          -- NULL: from the host
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;

CREATE TABLE venue (
    id         INTEGER PRIMARY KEY,
    name       TEXT NOT NULL,
    address    TEXT NOT NULL DEFAULT '',
    kind       TEXT NOT NULL DEFAULT 'other',    -- 'library', 'community_centre', 'workplace', 'cafe', 'faith', 'council', 'other'
    step_free  INTEGER CHECK (step_free IN (0, 1)),
    transport  TEXT NOT NULL DEFAULT '',
    private    INTEGER CHECK (private IN (0, 1)),
    latitude   REAL CHECK (latitude BETWEEN -90 AND 90),
    longitude  REAL CHECK (longitude BETWEEN -180 AND 180),
    made_at    INTEGER NOT NULL
) STRICT;

CREATE TABLE meeting (
    id          INTEGER PRIMARY KEY,
    title       TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    strand      TEXT NOT NULL CHECK (strand IN ('network', 'board')),
    mode        TEXT NOT NULL CHECK (mode IN ('in_person', 'online')),
    venue_id    INTEGER REFERENCES venue (id),
    join_link   TEXT NOT NULL DEFAULT '',
    local_start TEXT NOT NULL CHECK (local_start GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]'),
    zone        TEXT NOT NULL,
    starts_at   INTEGER NOT NULL,                -- computed from local_start and zone, again at each tick
    minutes     INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 1440),
    capacity    INTEGER CHECK (capacity > 0),    -- NULL: no limit
    reward      TEXT NOT NULL DEFAULT '',        -- the offer in words; '' is none
    lead        TEXT NOT NULL DEFAULT '',
    state       TEXT NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'open', 'closed', 'cancelled')),
    made_by     INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at     INTEGER NOT NULL,
    moved       INTEGER NOT NULL DEFAULT 0,      -- how often its date or time was changed: each time is reminded of anew
    CHECK (mode = 'online' OR venue_id IS NOT NULL)
) STRICT;
CREATE INDEX meeting_by_start ON meeting (starts_at);

CREATE VIEW known_meeting AS
SELECT meeting.*, COALESCE(venue.name, '') AS venue_name, COALESCE(venue.address, '') AS venue_address, latitude, longitude
FROM meeting LEFT JOIN venue ON venue.id = meeting.venue_id;

CREATE TABLE broadcast (
    id         INTEGER PRIMARY KEY,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    audience   TEXT NOT NULL CHECK (json_valid(audience)),
    size       INTEGER NOT NULL,                 -- people in it when it was confirmed
    state      TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sending', 'done', 'undone', 'stopped')),
    made_by    INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at    INTEGER NOT NULL,
    sends_at   INTEGER NOT NULL,                 -- when the 60 seconds to undo are over
    chat_id    INTEGER,                          -- where the live count is shown
    message_id INTEGER
) STRICT;

-- The log, the outbox and the schedule: one row per person, reason and occasion.
CREATE TABLE contact_attempt (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons, which outlive an erased attempt
    person_id    INTEGER REFERENCES person (id) ON DELETE CASCADE,
    place        TEXT,                           -- who or where, when it is no person on record
    approach_id  INTEGER NOT NULL REFERENCES approach (id),
    reason       TEXT NOT NULL CHECK (reason IN
                   ('invite', 'reminder', 'place_free', 'cancelled', 'changed', 'welcome_back', 'by_hand', 'notice')),
    about        INTEGER NOT NULL DEFAULT 0,     -- the meeting's id; 0 is none
    sequence     INTEGER NOT NULL DEFAULT 1,     -- 1st, 2nd ... of this reason about this
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

CREATE TABLE attempt_event (
    id         INTEGER PRIMARY KEY,
    attempt_id INTEGER NOT NULL REFERENCES contact_attempt (id) ON DELETE CASCADE,
    at         INTEGER NOT NULL,
    state      TEXT NOT NULL,
    why        TEXT NOT NULL,
    outcome    TEXT,
    answer     TEXT NOT NULL,
    answer_why TEXT NOT NULL
) STRICT;
CREATE INDEX event_of_attempt ON attempt_event (attempt_id);

CREATE TABLE response (
    person_id     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    meeting_id    INTEGER NOT NULL REFERENCES meeting (id),
    answer        TEXT NOT NULL CHECK (answer IN ('yes', 'maybe', 'no')),
    why           TEXT NOT NULL DEFAULT '',
    place         TEXT NOT NULL CHECK (place IN ('held', 'waiting', 'none')),
    waiting_since INTEGER,
    answered_at   INTEGER NOT NULL,
    changed_at    INTEGER NOT NULL DEFAULT 0,    -- when a place came free or a reason was given; 0: not since the answer
    PRIMARY KEY (person_id, meeting_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_of_meeting ON response (meeting_id, answer, place);

CREATE TABLE response_event (
    id         INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    meeting_id INTEGER NOT NULL REFERENCES meeting (id),
    at         INTEGER NOT NULL,
    answer     TEXT NOT NULL,
    why        TEXT NOT NULL,
    place      TEXT NOT NULL
) STRICT;
CREATE INDEX response_event_of_person ON response_event (person_id);

-- An attempt with what is known of its person and its meeting at this moment.
CREATE VIEW known_attempt AS
SELECT contact_attempt.*, telegram_id, display_name, market, shift, quiet_from, quiet_until, paused_until, stopped_at,
       unreachable_at, COALESCE(consented, 0) AS consented, COALESCE(invented, 0) AS invented,
       meeting.state AS meeting_state, meeting.starts_at AS meeting_starts_at,
       response.answer AS said, response.place AS held
FROM contact_attempt
LEFT JOIN known_person ON known_person.id = contact_attempt.person_id
LEFT JOIN meeting ON meeting.id = contact_attempt.about
LEFT JOIN response ON response.person_id = contact_attempt.person_id AND response.meeting_id = contact_attempt.about;

CREATE TABLE help_request (
    id        INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    asked_at  INTEGER NOT NULL,
    done_at   INTEGER,
    done_by   INTEGER REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX one_open_help_request ON help_request (person_id) WHERE done_at IS NULL;

-- Conversations: one open form per chat, and how far people get in each form.
CREATE TABLE open_form (
    chat_id    INTEGER PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    form       TEXT NOT NULL,
    step       TEXT NOT NULL,
    answers    TEXT NOT NULL CHECK (json_valid(answers)),
    serial     INTEGER NOT NULL,                 -- in each button: a button of another serial is stale
    message_id INTEGER,
    touched_at INTEGER NOT NULL
) STRICT;

CREATE TABLE form_step_count (
    form     TEXT NOT NULL,
    step     TEXT NOT NULL,
    asked    INTEGER NOT NULL DEFAULT 0,
    answered INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (form, step)
) STRICT, WITHOUT ROWID;

-- The machine's own memory.
CREATE TABLE handled_update (update_id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE delivery_gate (id INTEGER PRIMARY KEY CHECK (id = 1), closed_until REAL NOT NULL) STRICT;
CREATE TABLE heartbeat (id INTEGER PRIMARY KEY CHECK (id = 1), polled_at INTEGER NOT NULL) STRICT;
CREATE TABLE outage (id INTEGER PRIMARY KEY, from_at INTEGER NOT NULL, until_at INTEGER NOT NULL) STRICT;
CREATE TABLE secret (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;

-- Who did what on the council's side: each row's hash covers the row before it.
CREATE TABLE audit (
    id       INTEGER PRIMARY KEY,
    at       INTEGER NOT NULL,
    actor    TEXT NOT NULL,                      -- 'person:12', 'host:<login>'
    action   TEXT NOT NULL,
    how_many INTEGER NOT NULL,
    why      TEXT NOT NULL,
    hash     TEXT NOT NULL
) STRICT;

-- What stays of erased people: facts that point at nobody.
CREATE TABLE erased_attempt (
    id           INTEGER PRIMARY KEY,            -- random: neighbours would be one person's
    month        TEXT NOT NULL,                  -- 'YYYY-MM'
    weekday      INTEGER NOT NULL CHECK (weekday BETWEEN 0 AND 6),
    band         TEXT NOT NULL,
    approach_id  INTEGER NOT NULL REFERENCES approach (id),
    reason       TEXT NOT NULL,
    market       TEXT,                           -- NULL where the cell would be too small
    venue_id     INTEGER REFERENCES venue (id),
    reward       TEXT NOT NULL,
    state        TEXT NOT NULL,
    outcome      TEXT,
    answer       TEXT NOT NULL
) STRICT;
CREATE TABLE erased_count (what TEXT PRIMARY KEY, how_many INTEGER NOT NULL) STRICT;
-- Erasures since the file was last rewritten: until then, pages may hold what was moved out of them and then deleted.
CREATE TABLE rewrite_owed (id INTEGER PRIMARY KEY CHECK (id = 1), erasures INTEGER NOT NULL) STRICT;

INSERT INTO approach (code, kind, contact_mode, made_at) VALUES
    ('bot', 'telegram_broadcast', 'telegram', 0),
    ('direct', 'found_by_themselves', 'telegram', 0),
    ('call', 'call', 'call', 0), ('visit', 'visit', 'visit', 0), ('email', 'email', 'email', 0), ('letter', 'letter', 'letter', 0),
    ('whatsapp', 'message_by_hand', 'whatsapp', 0), ('in_person', 'talk', 'in_person', 0), ('poster', 'poster', 'poster', 0);

-- History writes itself: a changed attempt or answer cannot forget its event.
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
CREATE TRIGGER response_written AFTER INSERT ON response BEGIN
    INSERT INTO response_event (person_id, meeting_id, at, answer, why, place)
    VALUES (NEW.person_id, NEW.meeting_id, MAX(NEW.answered_at, NEW.changed_at), NEW.answer, NEW.why, NEW.place);
END;
CREATE TRIGGER response_changed AFTER UPDATE ON response BEGIN
    INSERT INTO response_event (person_id, meeting_id, at, answer, why, place)
    VALUES (NEW.person_id, NEW.meeting_id, MAX(NEW.answered_at, NEW.changed_at), NEW.answer, NEW.why, NEW.place);
END;

-- Append-only: history is never edited, and leaves only with its person.
CREATE TRIGGER attempt_event_kept BEFORE UPDATE ON attempt_event BEGIN SELECT RAISE(ABORT, 'attempt_event is append-only'); END;
CREATE TRIGGER attempt_event_stays BEFORE DELETE ON attempt_event
WHEN EXISTS (SELECT 1 FROM contact_attempt WHERE id = OLD.attempt_id) BEGIN SELECT RAISE(ABORT, 'attempt_event is append-only'); END;
CREATE TRIGGER attempt_stays BEFORE DELETE ON contact_attempt
WHEN OLD.person_id IS NULL OR EXISTS (SELECT 1 FROM person WHERE id = OLD.person_id) BEGIN SELECT RAISE(ABORT, 'contact_attempt is never deleted'); END;
CREATE TRIGGER response_event_kept BEFORE UPDATE ON response_event BEGIN SELECT RAISE(ABORT, 'response_event is append-only'); END;
CREATE TRIGGER response_event_stays BEFORE DELETE ON response_event
WHEN EXISTS (SELECT 1 FROM person WHERE id = OLD.person_id) BEGIN SELECT RAISE(ABORT, 'response_event is append-only'); END;
CREATE TRIGGER consent_kept BEFORE UPDATE ON consent BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER consent_stays BEFORE DELETE ON consent
WHEN EXISTS (SELECT 1 FROM person WHERE id = OLD.person_id) BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'audit is append-only'); END;
CREATE TRIGGER erased_attempt_kept BEFORE UPDATE ON erased_attempt BEGIN SELECT RAISE(ABORT, 'erased_attempt is append-only'); END;
CREATE TRIGGER erased_attempt_stays BEFORE DELETE ON erased_attempt BEGIN SELECT RAISE(ABORT, 'erased_attempt is append-only'); END;
