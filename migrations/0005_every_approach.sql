-- Every approach and every organisation: people without Telegram, ways of every kind, providers and partners,
-- known totals, and what came in by a file.

DROP VIEW known_attempt;
DROP VIEW known_person;

-- One import of one file: all of it or nothing, and for seven days it can be taken back.
CREATE TABLE import (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL CHECK (kind IN ('providers', 'contacts', 'attempts', 'totals', 'venues', 'vouchers')),
    file_name TEXT NOT NULL,
    sha256    TEXT NOT NULL,
    rows_read INTEGER NOT NULL,
    added     INTEGER NOT NULL,
    changed   INTEGER NOT NULL,
    refused   INTEGER NOT NULL,
    gone      INTEGER NOT NULL DEFAULT 0,         -- known before and not in this file any more
    made_by   TEXT NOT NULL,                      -- 'person:12', 'host:<login>'
    made_at   INTEGER NOT NULL,
    undone_at INTEGER
) STRICT;
-- What an import did to one row, so that it can be taken back; deleted when the seven days are over.
CREATE TABLE import_step (
    id        INTEGER PRIMARY KEY,
    import_id INTEGER NOT NULL REFERENCES import (id) ON DELETE CASCADE,
    what      TEXT NOT NULL,                      -- 'organisation', 'person', 'contact_attempt', 'known_total', 'venue'
    row_id    INTEGER NOT NULL,
    before    TEXT CHECK (before IS NULL OR json_valid(before)), -- NULL: the row is new
    after     TEXT NOT NULL CHECK (json_valid(after))            -- what was written: one that differs now was changed since
) STRICT;
CREATE INDEX step_of_import ON import_step (import_id);
CREATE INDEX step_of_row ON import_step (what, row_id);

CREATE TABLE organisation (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    kind            TEXT NOT NULL CHECK (kind IN ('provider', 'partner')),
    name            TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    partner_type    TEXT CHECK (partner_type IN ('education', 'training', 'health', 'employment', 'voluntary', 'council', 'other')),
    size_band       TEXT CHECK (size_band IN ('1-9', '10-49', '50-249', '250+')),   -- people employed; NULL: not known
    ownership       TEXT NOT NULL DEFAULT '',     -- the register's own word, or ours
    local_authority TEXT NOT NULL DEFAULT '',
    address         TEXT NOT NULL DEFAULT '',
    postcode        TEXT NOT NULL DEFAULT '',
    phone           TEXT NOT NULL DEFAULT '',     -- +44..., or as it was written when it cannot be read
    email           TEXT NOT NULL DEFAULT '',
    website         TEXT NOT NULL DEFAULT '',
    location_id     TEXT UNIQUE,                  -- the regulator's id of the place
    provider_id     TEXT,                         -- the regulator's id of whoever runs it
    provider_name   TEXT NOT NULL DEFAULT '',
    services        TEXT NOT NULL DEFAULT '',     -- the register's words, joined by |
    stage           TEXT NOT NULL DEFAULT 'not_approached'
                      CHECK (stage IN ('not_approached', 'approached', 'replied', 'engaged', 'regular', 'left')),
    silent_since    INTEGER,                      -- engaged once, and nothing heard since the clock ran out
    gone_at         INTEGER,                      -- not in the register any more
    invented        INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1)),
    made_at         INTEGER NOT NULL
) STRICT;
CREATE INDEX organisation_by_name ON organisation (name);

CREATE TABLE organisation_market (
    organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    market          TEXT NOT NULL,
    PRIMARY KEY (organisation_id, market)
) STRICT, WITHOUT ROWID;

CREATE TABLE organisation_event (
    id              INTEGER PRIMARY KEY,
    organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    stage           TEXT NOT NULL,
    happened_on     TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    how             TEXT NOT NULL DEFAULT 'hand' CHECK (how IN
                      ('hand', 'log', 'silent', 'heard')), -- 'log': it follows from attempts, answers and acts
    motive          TEXT NOT NULL DEFAULT '',     -- code: what led them to engage, or not to
    words           TEXT NOT NULL DEFAULT '',     -- the same in their words
    recorded_by     INTEGER REFERENCES person (id) ON DELETE SET NULL,
    recorded_at     INTEGER NOT NULL
) STRICT;
CREATE INDEX event_of_organisation ON organisation_event (organisation_id);
CREATE TRIGGER organisation_moved AFTER INSERT ON organisation_event BEGIN
    UPDATE organisation SET stage = NEW.stage WHERE id = NEW.organisation_id;
END;

-- What an organisation would do on a theme: lead, join, watch, not now. No row: not asked, or no answer.
CREATE TABLE organisation_theme (
    organisation_id INTEGER NOT NULL REFERENCES organisation (id) ON DELETE CASCADE,
    theme           TEXT NOT NULL CHECK (theme IN ('recruitment', 'retention', 'wellbeing', 'progression', 'training')),
    interest        TEXT NOT NULL CHECK (interest IN ('lead', 'join', 'watch', 'not_now')),
    said_by         INTEGER REFERENCES person (id) ON DELETE SET NULL,
    said_at         INTEGER NOT NULL,
    PRIMARY KEY (organisation_id, theme)
) STRICT, WITHOUT ROWID;

-- People of an organisation are people like everyone; strand 'board'.
ALTER TABLE person ADD COLUMN organisation_id INTEGER REFERENCES organisation (id) ON DELETE SET NULL;
ALTER TABLE person ADD COLUMN position TEXT NOT NULL DEFAULT '';   -- at the organisation: 'registered manager'
CREATE INDEX person_of_organisation ON person (organisation_id) WHERE organisation_id IS NOT NULL;
ALTER TABLE person ADD COLUMN certificate_name TEXT;   -- as they want it on certificates; NULL: not asked yet

-- A board meeting's theme, and the organisation that led it.
ALTER TABLE meeting ADD COLUMN theme TEXT NOT NULL DEFAULT ''
    CHECK (theme IN ('', 'recruitment', 'retention', 'wellbeing', 'progression', 'training'));
ALTER TABLE meeting ADD COLUMN led_by INTEGER REFERENCES organisation (id) ON DELETE SET NULL;

-- Somebody with two jobs counts once in the total and in each market; the first market is person.market.
CREATE TABLE other_market (
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    market    TEXT NOT NULL,
    PRIMARY KEY (person_id, market)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_route (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,  -- in buttons
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    kind      TEXT NOT NULL CHECK (kind IN ('phone', 'email', 'post', 'in_person', 'through')),
    value     TEXT NOT NULL,                      -- a number as +44..., an address, where, or through whom
    note      TEXT NOT NULL DEFAULT '',
    added_at  INTEGER NOT NULL,
    UNIQUE (person_id, kind, value)
) STRICT;
CREATE INDEX route_by_value ON contact_route (kind, value);

-- A one-time code by which somebody known without Telegram brings their account.
CREATE TABLE joining_code (
    code_hash  TEXT PRIMARY KEY,
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    made_by    INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at    INTEGER
) STRICT;
CREATE INDEX joining_code_of_person ON joining_code (person_id);

-- Two records that turned out to be one person: what was known of the one that went, and who said so.
CREATE TABLE merged_person (
    gone_id   INTEGER PRIMARY KEY,
    kept_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    was       TEXT NOT NULL CHECK (json_valid(was)),
    why       TEXT NOT NULL,
    merged_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
    merged_at INTEGER NOT NULL
) STRICT;
CREATE INDEX merged_into ON merged_person (kept_id);
-- Two records that look alike and are two people: somebody has said so, and is not asked again.
CREATE TABLE two_people (
    one     INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    other   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    said_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
    said_at INTEGER NOT NULL,
    PRIMARY KEY (one, other),
    CHECK (one < other)
) STRICT, WITHOUT ROWID;
CREATE INDEX two_people_other ON two_people (other);

-- Approaches of every kind. The contact modes have grown, so the table is made anew.
CREATE TABLE approach_new (
    id            INTEGER PRIMARY KEY,
    code          TEXT NOT NULL UNIQUE,          -- in deep links and on posters
    kind          TEXT NOT NULL,                 -- 'telegram_broadcast', 'poster', 'call', 'visit' ...
    variant       TEXT NOT NULL DEFAULT '',      -- wording or design
    contact_mode  TEXT NOT NULL CHECK (contact_mode IN
                    ('telegram', 'call', 'visit', 'email', 'letter', 'whatsapp', 'in_person', 'through', 'paper', 'poster',
                     'leaflet', 'stall', 'radio', 'peer')),
    title         TEXT NOT NULL DEFAULT '',      -- what staff call it
    sender        TEXT NOT NULL DEFAULT '',      -- in whose name
    language      TEXT NOT NULL DEFAULT '',      -- '' : several, or none
    cost_pence    INTEGER NOT NULL DEFAULT 0 CHECK (cost_pence >= 0),    -- each time it is used
    staff_minutes INTEGER NOT NULL DEFAULT 0 CHECK (staff_minutes >= 0), -- each time it is used
    made_at       INTEGER NOT NULL,
    made_by       INTEGER REFERENCES person (id) ON DELETE SET NULL,
    ended_at      INTEGER
) STRICT;
INSERT INTO approach_new (id, code, kind, variant, contact_mode, made_at)
SELECT id, code, kind, variant, contact_mode, made_at FROM approach;
DROP TABLE approach;
ALTER TABLE approach_new RENAME TO approach;
INSERT INTO approach (code, kind, contact_mode, made_at) VALUES
    ('through', 'passed_on', 'through', 0), ('manager', 'manager_code', 'through', 0), ('peer', 'worker_to_worker', 'peer', 0),
    ('stall', 'stall', 'stall', 0), ('leaflet_drop', 'leaflet_drop', 'leaflet', 0), ('radio', 'radio', 'radio', 0)
ON CONFLICT (code) DO NOTHING;

-- An approach put somewhere for whoever comes by: nobody in particular was asked.
CREATE TABLE placement (
    id            INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    approach_id   INTEGER NOT NULL REFERENCES approach (id),
    place         TEXT NOT NULL,
    from_day      TEXT NOT NULL CHECK (from_day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    until_day     TEXT CHECK (until_day >= from_day),
    reach_low     INTEGER CHECK (reach_low >= 0),     -- how many care workers may have seen it; NULL: nobody guessed
    reach_high    INTEGER CHECK (reach_high >= reach_low),
    cost_pence    INTEGER NOT NULL DEFAULT 0 CHECK (cost_pence >= 0),
    staff_minutes INTEGER NOT NULL DEFAULT 0 CHECK (staff_minutes >= 0),
    talked_to     INTEGER,                            -- of a stall: "spoke to 14"
    took_one      INTEGER,                            -- "3 took a card"
    note          TEXT NOT NULL DEFAULT '',
    invented      INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1)),
    made_by       INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at       INTEGER NOT NULL,
    taken_back_at INTEGER                             -- written down by mistake
) STRICT;
CREATE INDEX placement_of_approach ON placement (approach_id);

-- How often a code was opened, by day; never by whom. first_met: those we had not met before.
CREATE TABLE scan_count (
    approach_id INTEGER NOT NULL REFERENCES approach (id),
    day         TEXT NOT NULL,
    invented    INTEGER NOT NULL CHECK (invented IN (0, 1)), -- opened in a rehearsal
    opened      INTEGER NOT NULL DEFAULT 0,
    first_met   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (approach_id, day, invented)
) STRICT, WITHOUT ROWID;

-- A code that somebody hands on: a worker to a colleague, a manager to the staff. Only counts come back; who came
-- by which code is known until the sign-up is complete, and then forgotten.
CREATE TABLE shared_link (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    code            TEXT NOT NULL UNIQUE,
    approach_id     INTEGER NOT NULL REFERENCES approach (id),
    person_id       INTEGER REFERENCES person (id) ON DELETE SET NULL,       -- the worker who hands it on
    organisation_id INTEGER REFERENCES organisation (id) ON DELETE CASCADE,  -- or whose manager does
    asked_at        INTEGER,
    agreed_at       INTEGER,
    passed_on_at    INTEGER,
    refused_at      INTEGER,
    opened          INTEGER NOT NULL DEFAULT 0,
    first_met       INTEGER NOT NULL DEFAULT 0,
    joined          INTEGER NOT NULL DEFAULT 0,
    invented        INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1)), -- made in a rehearsal, and counts only then
    made_by         INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at         INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_link_of_person ON shared_link (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX link_of_organisation ON shared_link (organisation_id) WHERE organisation_id IS NOT NULL;
ALTER TABLE person ADD COLUMN came_by INTEGER REFERENCES shared_link (id) ON DELETE SET NULL;

-- What partners and providers say about an approach.
CREATE TABLE approach_comment (
    id              INTEGER PRIMARY KEY,
    approach_id     INTEGER NOT NULL REFERENCES approach (id),
    organisation_id INTEGER REFERENCES organisation (id) ON DELETE CASCADE,
    words           TEXT NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
    written_by      INTEGER REFERENCES person (id) ON DELETE SET NULL,
    written_at      INTEGER NOT NULL
) STRICT;

-- How many there are, as far as anybody knows. Rows are never changed: a newer figure is a newer row.
CREATE TABLE known_total (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    market    TEXT NOT NULL,                      -- 'all': every market together
    size_band TEXT CHECK (size_band IN ('1-9', '10-49', '50-249', '250+')), -- NULL: every size
    unit      TEXT NOT NULL CHECK (unit IN ('posts', 'people', 'providers')),
    low       INTEGER NOT NULL CHECK (low >= 0),
    figure    INTEGER NOT NULL CHECK (figure >= low),
    high      INTEGER NOT NULL CHECK (high >= figure),
    source    TEXT NOT NULL CHECK (length(source) > 0),
    as_of     TEXT NOT NULL CHECK (as_of GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    made_by   TEXT NOT NULL,
    made_at   INTEGER NOT NULL,
    withdrawn_at INTEGER                          -- entered by mistake, or its import was taken back
) STRICT;
CREATE INDEX total_of_market ON known_total (market, size_band, as_of);

-- When somebody last said that there is no news of a promise yet.
ALTER TABLE promise ADD COLUMN no_news_at INTEGER;

-- What an attempt made by hand has besides.
ALTER TABLE contact_attempt ADD COLUMN organisation_id INTEGER REFERENCES organisation (id) ON DELETE SET NULL;
ALTER TABLE contact_attempt ADD COLUMN call_back_at INTEGER;        -- when they asked to be called again
ALTER TABLE contact_attempt ADD COLUMN needs_person INTEGER NOT NULL DEFAULT 0 CHECK (needs_person IN (0, 1));
ALTER TABLE contact_attempt ADD COLUMN corrects INTEGER REFERENCES contact_attempt (id) ON DELETE SET NULL; -- the row it stands in for
ALTER TABLE contact_attempt ADD COLUMN correction TEXT NOT NULL DEFAULT '';                                -- and why it does
ALTER TABLE contact_attempt ADD COLUMN placement_id INTEGER REFERENCES placement (id) ON DELETE SET NULL; -- many people at once
ALTER TABLE contact_attempt ADD COLUMN import_id INTEGER REFERENCES import (id) ON DELETE SET NULL;
CREATE INDEX attempt_of_organisation ON contact_attempt (organisation_id) WHERE organisation_id IS NOT NULL;
CREATE INDEX attempt_corrects ON contact_attempt (corrects) WHERE corrects IS NOT NULL;
CREATE INDEX attempt_of_placement ON contact_attempt (placement_id) WHERE placement_id IS NOT NULL;
CREATE INDEX attempt_needs_person ON contact_attempt (id) WHERE needs_person = 1;
CREATE INDEX attempt_call_back ON contact_attempt (call_back_at) WHERE answer = 'call_back';
CREATE INDEX attempt_of_import ON contact_attempt (import_id) WHERE import_id IS NOT NULL;

CREATE TRIGGER organisation_event_kept
BEFORE UPDATE OF organisation_id, stage, happened_on, how, motive, words, recorded_at ON organisation_event BEGIN SELECT RAISE(ABORT, 'organisation_event is append-only'); END;
CREATE TRIGGER organisation_event_stays BEFORE DELETE ON organisation_event
WHEN EXISTS (SELECT 1 FROM organisation WHERE id = OLD.organisation_id) BEGIN SELECT RAISE(ABORT, 'organisation_event is append-only'); END;
CREATE TRIGGER known_total_kept BEFORE UPDATE OF id, market, size_band, unit, low, figure, high, source, as_of ON known_total
BEGIN SELECT RAISE(ABORT, 'known_total is append-only'); END;
CREATE TRIGGER known_total_stays BEFORE DELETE ON known_total BEGIN SELECT RAISE(ABORT, 'known_total is append-only'); END;

-- Answers move to another person only when two records are merged; what they say is never changed.
DROP TRIGGER response_event_kept;
CREATE TRIGGER response_event_kept BEFORE UPDATE OF id, meeting_id, at, answer, why, place ON response_event
BEGIN SELECT RAISE(ABORT, 'response_event is append-only'); END;
DROP TRIGGER attendance_event_kept;
CREATE TRIGGER attendance_event_kept BEFORE UPDATE OF id, meeting_id, written_at, standing, at, how ON attendance_event
BEGIN SELECT RAISE(ABORT, 'attendance_event is append-only'); END;
DROP TRIGGER consent_kept;
CREATE TRIGGER consent_kept BEFORE UPDATE OF id, notice_version, accepted, route, given_at ON consent
BEGIN SELECT RAISE(ABORT, 'consent is append-only'); END;

-- A person with their latest answer to the notice, as every reader wants them.
-- barred: why nothing may be written to them, the first reason that holds, as in rules/sending.py; '' is no reason. A pause
-- is not in it: it depends on the moment.
CREATE VIEW known_person AS
SELECT heard.*,
       CASE WHEN stopped_at IS NOT NULL THEN 'stopped'
            WHEN telegram_id IS NULL THEN 'no_channel'
            WHEN NOT consented THEN 'no_consent'
            WHEN unreachable_at IS NOT NULL THEN 'unreachable'
            ELSE '' END AS barred
FROM (SELECT person.*,
             COALESCE((SELECT accepted FROM consent WHERE consent.person_id = person.id ORDER BY consent.id DESC LIMIT 1), 0) AS consented
      FROM person) AS heard;

CREATE VIEW known_attempt AS
SELECT contact_attempt.*, telegram_id, display_name, market, shift, quiet_from, quiet_until, moved_from, moved_until, moved_end_at, paused_until, stopped_at,
       unreachable_at, COALESCE(consented, 0) AS consented, COALESCE(known_person.invented, 0) AS invented,
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

-- An organisation with the markets it works in, with commas between.
CREATE VIEW known_organisation AS
SELECT organisation.*,
       COALESCE((SELECT group_concat(market) FROM (SELECT market FROM organisation_market
                                                   WHERE organisation_id = organisation.id ORDER BY market)), '') AS markets
FROM organisation;

INSERT INTO attempt_reason (code, about) VALUES ('theme_ask', 'organisation'), ('pass_on', 'organisation');

-- Substantive acts, by which somebody counts as engaged: signed up, said when they are free, voted, came, talked.
-- One row per act, with its moment; a contact that was corrected or taken back is none.
CREATE VIEW substantive_act AS
SELECT id AS person_id, joined_at AS at, 'signed_up' AS act FROM person WHERE joined_at IS NOT NULL
UNION ALL SELECT DISTINCT person_id, said_at, 'hours' FROM availability
UNION ALL SELECT person_id, said_at, 'hours' FROM rota
UNION ALL SELECT DISTINCT person_id, voted_at, 'voted' FROM poll_vote
UNION ALL SELECT person_id, at, 'came' FROM attendance WHERE standing = 'came'
UNION ALL SELECT person_id, sent_at, 'talked' FROM contact_attempt
          WHERE reason = 'by_hand' AND state = 'by_hand' AND answer = 'spoke' AND person_id IS NOT NULL
            AND why NOT IN ('taken_back', 'corrected');

-- Attempts that were made to an organisation, or to one of its people. Each half is found by an index of its own.
CREATE VIEW organisation_attempt AS
SELECT organisation_id, reason, sent_at, silent_at, outcome, answered_at, answer
FROM contact_attempt
WHERE organisation_id IS NOT NULL AND sent_at IS NOT NULL AND +state IN ('accepted', 'by_hand')
  AND why NOT IN ('taken_back', 'corrected')
UNION ALL
SELECT person.organisation_id, reason, sent_at, silent_at, outcome, answered_at, answer
FROM person CROSS JOIN contact_attempt ON contact_attempt.person_id = person.id
WHERE person.organisation_id IS NOT NULL AND contact_attempt.organisation_id IS NULL AND sent_at IS NOT NULL
  AND +state IN ('accepted', 'by_hand') AND why NOT IN ('taken_back', 'corrected');

-- What moves an organisation's stage: attempts to it or its people, their answers, and acts of substance. Acts of its
-- people are those of substantive_act, found from the few people there are and not from everybody's.
CREATE VIEW organisation_sign AS
SELECT organisation_id, 'attempt' AS kind, sent_at AS at FROM organisation_attempt
UNION ALL SELECT organisation_id, 'reply', COALESCE(answered_at, sent_at) FROM organisation_attempt
          WHERE outcome IN ('answered', 'late')
UNION ALL SELECT organisation_id, 'act', sent_at FROM organisation_attempt
          WHERE reason = 'by_hand' AND answer IN ('spoke', 'passed_on')
UNION ALL SELECT organisation_id, 'act', joined_at FROM person WHERE organisation_id IS NOT NULL AND joined_at IS NOT NULL
UNION ALL SELECT organisation_id, 'act', said_at FROM person CROSS JOIN availability ON person_id = person.id
          WHERE organisation_id IS NOT NULL
UNION ALL SELECT organisation_id, 'act', said_at FROM person CROSS JOIN rota ON person_id = person.id
          WHERE organisation_id IS NOT NULL
UNION ALL SELECT organisation_id, 'act', voted_at FROM person CROSS JOIN poll_vote ON person_id = person.id
          WHERE organisation_id IS NOT NULL
UNION ALL SELECT organisation_id, 'act', at FROM person CROSS JOIN attendance ON person_id = person.id
          WHERE organisation_id IS NOT NULL AND standing = 'came'
UNION ALL SELECT organisation.id, 'act', starts_at
          FROM organisation_present JOIN organisation ON organisation.name = organisation_present.name COLLATE NOCASE
          JOIN meeting ON meeting.id = meeting_id WHERE how_many > 0
UNION ALL SELECT led_by, 'act', starts_at FROM meeting WHERE led_by IS NOT NULL AND state = 'closed'
UNION ALL SELECT organisation_id, 'reply', said_at FROM organisation_theme
UNION ALL SELECT organisation_id, 'reply', written_at FROM approach_comment WHERE organisation_id IS NOT NULL
UNION ALL SELECT organisation_id, 'reply', agreed_at FROM shared_link WHERE organisation_id IS NOT NULL AND agreed_at IS NOT NULL
UNION ALL SELECT organisation_id, 'reply', refused_at FROM shared_link WHERE organisation_id IS NOT NULL AND refused_at IS NOT NULL
UNION ALL SELECT organisation_id, 'act', passed_on_at FROM shared_link WHERE organisation_id IS NOT NULL AND passed_on_at IS NOT NULL;
