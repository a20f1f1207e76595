-- Rewards: what is offered, who gets which offer, claims, vouchers, and where every penny is.
-- Money is whole pence. Codes are kept encrypted only. Rows of invented people carry invented = 1 and are never summed with real ones.

CREATE TABLE reward_kind (
    code   TEXT PRIMARY KEY,
    reward INTEGER NOT NULL CHECK (reward IN (0, 1))   -- 0: money for costs, never offered as a reward
) STRICT, WITHOUT ROWID;
INSERT INTO reward_kind (code, reward) VALUES
    ('voucher', 1), ('travel', 1), ('food', 1), ('certificate', 1), ('training', 1), ('letter', 1), ('charity', 1),
    ('none', 1), ('expense', 0);

CREATE TABLE budget (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,  -- in buttons
    name      TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    pence     INTEGER NOT NULL CHECK (pence >= 0),
    from_at   INTEGER NOT NULL,                   -- the period in which it may be promised
    until_at  INTEGER NOT NULL CHECK (until_at > from_at),
    closed_at INTEGER,
    made_by   INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at   INTEGER NOT NULL
) STRICT;
CREATE TABLE budget_cap (
    budget_id INTEGER NOT NULL REFERENCES budget (id),
    kind      TEXT NOT NULL REFERENCES reward_kind (code),
    pence     INTEGER NOT NULL CHECK (pence >= 0),
    PRIMARY KEY (budget_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE voucher_pool (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    name    TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
    low_at  INTEGER NOT NULL DEFAULT 5 CHECK (low_at >= 0),  -- fewer than this many left is told to the officers
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE reward_item (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,  -- in buttons
    kind      TEXT NOT NULL REFERENCES reward_kind (code) CHECK (kind != 'expense'),
    pence     INTEGER NOT NULL CHECK (pence >= 0),
    words     TEXT NOT NULL CHECK (json_valid(words)),       -- {"en": "a £10 voucher", ...}
    approval  TEXT NOT NULL CHECK (approval IN ('none', 'second')),
    budget_id INTEGER REFERENCES budget (id),
    pool_id   INTEGER REFERENCES voucher_pool (id),
    active    INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
    made_by   INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at   INTEGER NOT NULL,
    CHECK ((kind = 'voucher') = (pool_id IS NOT NULL)),
    CHECK (pence = 0 OR budget_id IS NOT NULL),
    CHECK (kind NOT IN ('voucher', 'charity') OR pence > 0),
    CHECK (kind != 'none' OR pence = 0)
) STRICT;

-- An offer is never changed: a new one is made. Its items are copies, so a later catalogue does not touch what was offered.
CREATE TABLE offer (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,    -- in buttons
    name    TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
    made_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at INTEGER NOT NULL
) STRICT;
CREATE TABLE offer_item (
    offer_id  INTEGER NOT NULL REFERENCES offer (id),
    item_id   INTEGER NOT NULL REFERENCES reward_item (id),
    kind      TEXT NOT NULL REFERENCES reward_kind (code),
    pence     INTEGER NOT NULL CHECK (pence >= 0),
    words     TEXT NOT NULL CHECK (json_valid(words)),
    approval  TEXT NOT NULL CHECK (approval IN ('none', 'second')),
    budget_id INTEGER REFERENCES budget (id),
    pool_id   INTEGER REFERENCES voucher_pool (id),
    PRIMARY KEY (offer_id, item_id)
) STRICT, WITHOUT ROWID;
ALTER TABLE meeting ADD COLUMN offer_id INTEGER REFERENCES offer (id);

-- Arms: an audience split at random, drawn once from a seed that anybody can draw from again.
CREATE TABLE trial (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    meeting_id INTEGER NOT NULL UNIQUE REFERENCES meeting (id),
    what       TEXT NOT NULL CHECK (what IN ('offer', 'wording')),
    seed       TEXT NOT NULL CHECK (length(seed) >= 16),
    made_by    INTEGER REFERENCES person (id) ON DELETE SET NULL,
    made_at    INTEGER NOT NULL
) STRICT;
CREATE TABLE trial_arm (
    trial_id    INTEGER NOT NULL REFERENCES trial (id),
    arm         TEXT NOT NULL CHECK (length(arm) BETWEEN 1 AND 20),
    offer_id    INTEGER REFERENCES offer (id),
    approach_id INTEGER REFERENCES approach (id),
    PRIMARY KEY (trial_id, arm),
    CHECK ((offer_id IS NULL) != (approach_id IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TABLE trial_place (
    trial_id  INTEGER NOT NULL REFERENCES trial (id),
    person_id INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    arm       TEXT NOT NULL,
    market    TEXT NOT NULL,                      -- as it was when the arms were drawn
    shift     TEXT NOT NULL,
    placed_at INTEGER NOT NULL,
    PRIMARY KEY (trial_id, person_id),
    FOREIGN KEY (trial_id, arm) REFERENCES trial_arm (trial_id, arm)
) STRICT, WITHOUT ROWID;
CREATE INDEX place_of_person ON trial_place (person_id);

ALTER TABLE contact_attempt ADD COLUMN offer_id INTEGER REFERENCES offer (id);   -- frozen when the row was written
ALTER TABLE contact_attempt ADD COLUMN arm TEXT NOT NULL DEFAULT '';
CREATE INDEX attempt_of_offer ON contact_attempt (offer_id) WHERE offer_id IS NOT NULL;
ALTER TABLE erased_attempt ADD COLUMN offer_id INTEGER REFERENCES offer (id);
ALTER TABLE erased_attempt ADD COLUMN arm TEXT NOT NULL DEFAULT '';

-- One claim per person and meeting. kept + given is what is asked for; what is left of pence was not wanted.
CREATE TABLE claim (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    person_id   INTEGER REFERENCES person (id) ON DELETE SET NULL,   -- NULL: erased
    meeting_id  INTEGER NOT NULL REFERENCES meeting (id),
    attempt_id  INTEGER REFERENCES contact_attempt (id) ON DELETE SET NULL,
    offer_id    INTEGER NOT NULL,
    item_id     INTEGER NOT NULL,
    arm         TEXT NOT NULL DEFAULT '',
    kind        TEXT NOT NULL REFERENCES reward_kind (code),
    pence       INTEGER NOT NULL CHECK (pence >= 0),
    kept        INTEGER NOT NULL CHECK (kept >= 0),
    given       INTEGER NOT NULL DEFAULT 0 CHECK (given >= 0),
    approval    TEXT NOT NULL CHECK (approval IN ('none', 'second')),
    budget_id   INTEGER REFERENCES budget (id),
    pool_id     INTEGER REFERENCES voucher_pool (id),
    state       TEXT NOT NULL CHECK (state IN ('wished', 'claimed', 'approved', 'waiting', 'allocated', 'shown', 'declined',
                  'given_away', 'returned', 'expired', 'refused')),
    why         TEXT NOT NULL DEFAULT '',          -- code: 'pool', 'budget', 'stopped', 'not_there', 'erased' ...
    recorded_by INTEGER REFERENCES person (id) ON DELETE SET NULL, -- who recorded the attendance, when it was claimed
    approved_by INTEGER REFERENCES person (id) ON DELETE SET NULL,
    approved_at INTEGER,
    alone       INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)), -- approved by who recorded it: a team of one
    flag        TEXT NOT NULL DEFAULT '',          -- code: something a person should look at; 'not_there' ...
    claimed_at  INTEGER,
    ready_at    INTEGER,
    shown_at    INTEGER,
    shows       INTEGER NOT NULL DEFAULT 0,
    invented    INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1)),
    made_at     INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    CHECK (kept + given <= pence),
    FOREIGN KEY (offer_id, item_id) REFERENCES offer_item (offer_id, item_id)
) STRICT;
CREATE UNIQUE INDEX one_claim_per_meeting ON claim (person_id, meeting_id);
CREATE INDEX claim_of_meeting ON claim (meeting_id);
CREATE INDEX claim_of_attempt ON claim (attempt_id) WHERE attempt_id IS NOT NULL;
CREATE INDEX claim_waits ON claim (claimed_at, id) WHERE state IN ('claimed', 'approved', 'waiting');
CREATE INDEX claim_recorded_by ON claim (recorded_by) WHERE recorded_by IS NOT NULL;
CREATE INDEX claim_approved_by ON claim (approved_by) WHERE approved_by IS NOT NULL;

CREATE TABLE claim_event (
    id       INTEGER PRIMARY KEY,
    claim_id INTEGER NOT NULL REFERENCES claim (id),
    at       INTEGER NOT NULL,
    state    TEXT NOT NULL,
    why      TEXT NOT NULL,
    kept     INTEGER NOT NULL,
    given    INTEGER NOT NULL
) STRICT;
CREATE INDEX event_of_claim ON claim_event (claim_id);

-- Costs that somebody had (fares, childcare): apart from rewards, out of the same budgets.
CREATE TABLE expense_claim (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    person_id    INTEGER REFERENCES person (id) ON DELETE SET NULL,
    meeting_id   INTEGER NOT NULL REFERENCES meeting (id),
    what         TEXT NOT NULL CHECK (what IN ('travel', 'childcare', 'other')),
    pence        INTEGER NOT NULL CHECK (pence > 0),
    budget_id    INTEGER REFERENCES budget (id),
    state        TEXT NOT NULL DEFAULT 'claimed' CHECK (state IN ('claimed', 'approved', 'refused', 'taken_back')),
    recorded_by  INTEGER REFERENCES person (id) ON DELETE SET NULL,
    decided_by   INTEGER REFERENCES person (id) ON DELETE SET NULL,
    alone        INTEGER NOT NULL DEFAULT 0 CHECK (alone IN (0, 1)),
    why          TEXT NOT NULL DEFAULT '',
    invented     INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1)),
    claimed_at   INTEGER NOT NULL,
    decided_at   INTEGER
) STRICT;
CREATE UNIQUE INDEX one_expense_of_a_kind ON expense_claim (person_id, meeting_id, what) WHERE state IN ('claimed', 'approved');
CREATE INDEX expense_of_person ON expense_claim (person_id);
CREATE INDEX expense_decided_by ON expense_claim (decided_by) WHERE decided_by IS NOT NULL;
CREATE INDEX expense_recorded_by ON expense_claim (recorded_by) WHERE recorded_by IS NOT NULL;

-- One loads vouchers, another releases them; until then none of them is given to anybody.
CREATE TABLE voucher_batch (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    pool_id     INTEGER NOT NULL REFERENCES voucher_pool (id),
    file_name   TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    state       TEXT NOT NULL DEFAULT 'loaded' CHECK (state IN ('loaded', 'released', 'void')),
    loaded_by   TEXT NOT NULL,                    -- 'person:12', 'host:<login>'
    loaded_at   INTEGER NOT NULL,
    released_by TEXT,
    released_at INTEGER,
    invented    INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1)),
    CHECK (released_by != loaded_by)
) STRICT;
CREATE TABLE voucher (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    pool_id      INTEGER NOT NULL REFERENCES voucher_pool (id),
    batch_id     INTEGER NOT NULL REFERENCES voucher_batch (id),
    pence        INTEGER NOT NULL CHECK (pence > 0),
    ciphertext   BLOB,                            -- NULL: destroyed
    last4        TEXT NOT NULL CHECK (length(last4) <= 4),
    fingerprint  BLOB NOT NULL UNIQUE,            -- a keyed hash: the same code is not taken twice
    expires_on   TEXT CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'), -- its last day; NULL: never
    state        TEXT NOT NULL DEFAULT 'available'
                   CHECK (state IN ('available', 'allocated', 'shown', 'returned', 'expired', 'void')),
    claim_id     INTEGER REFERENCES claim (id),
    allocated_at INTEGER,
    changed_at   INTEGER NOT NULL,
    CHECK ((claim_id IS NULL) = (allocated_at IS NULL)),
    CHECK (state NOT IN ('allocated', 'shown') OR claim_id IS NOT NULL),
    CHECK (state != 'available' OR claim_id IS NULL)
) STRICT;
CREATE UNIQUE INDEX one_voucher_of_claim ON voucher (claim_id) WHERE state IN ('allocated', 'shown');
CREATE INDEX voucher_free ON voucher (pool_id, pence, expires_on) WHERE state = 'available';
CREATE INDEX voucher_of_claim ON voucher (claim_id) WHERE claim_id IS NOT NULL;
CREATE INDEX voucher_of_batch ON voucher (batch_id);

-- Every movement of money. reserved: promised and not handed over; issued: handed over, given away or paid.
CREATE TABLE ledger (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    at         INTEGER NOT NULL,
    kind       TEXT NOT NULL CHECK (kind IN ('reserve', 'issue', 'release', 'return', 'reverse', 'donate', 'expense')),
    budget_id  INTEGER NOT NULL REFERENCES budget (id),
    item_kind  TEXT NOT NULL REFERENCES reward_kind (code),
    reserved   INTEGER NOT NULL,
    issued     INTEGER NOT NULL,
    claim_id   INTEGER REFERENCES claim (id),
    voucher_id INTEGER REFERENCES voucher (id),
    expense_id INTEGER REFERENCES expense_claim (id),
    reverses   INTEGER UNIQUE REFERENCES ledger (id),
    actor      TEXT NOT NULL,                     -- 'worker', 'program', 'person:12' of staff, 'host:<login>'
    why        TEXT NOT NULL DEFAULT '',
    invented   INTEGER NOT NULL DEFAULT 0 CHECK (invented IN (0, 1)),
    CHECK ((claim_id IS NULL) != (expense_id IS NULL)),
    CHECK ((kind = 'reverse') = (reverses IS NOT NULL)),
    CHECK (CASE kind
           WHEN 'reserve' THEN reserved > 0 AND issued = 0
           WHEN 'release' THEN reserved < 0 AND issued = 0
           WHEN 'issue' THEN issued > 0 AND reserved = -issued
           WHEN 'donate' THEN issued > 0 AND reserved = -issued
           WHEN 'return' THEN issued < 0 AND reserved IN (0, -issued)
           WHEN 'expense' THEN issued > 0 AND reserved = 0
           ELSE reserved != 0 OR issued != 0 END)
) STRICT;
CREATE INDEX ledger_of_budget ON ledger (budget_id, invented, item_kind);
CREATE INDEX ledger_of_claim ON ledger (claim_id) WHERE claim_id IS NOT NULL;
CREATE INDEX ledger_of_voucher ON ledger (voucher_id) WHERE voucher_id IS NOT NULL;
CREATE INDEX ledger_of_expense ON ledger (expense_id) WHERE expense_id IS NOT NULL;

-- What may still be promised of each budget for each kind, in pence: the smaller of what the whole and the kind have left.
CREATE VIEW budget_room AS
SELECT budget.id AS budget_id, reward_kind.code AS kind, world.invented,
       MIN(budget.pence - COALESCE((SELECT SUM(reserved + issued) FROM ledger
                                    WHERE ledger.budget_id = budget.id AND ledger.invented = world.invented), 0),
           COALESCE((SELECT pence FROM budget_cap WHERE budget_cap.budget_id = budget.id AND budget_cap.kind = reward_kind.code)
                    - COALESCE((SELECT SUM(reserved + issued) FROM ledger
                                WHERE ledger.budget_id = budget.id AND ledger.invented = world.invented
                                  AND ledger.item_kind = reward_kind.code), 0), 9000000000000000000)) AS pence
FROM budget, reward_kind, (SELECT 0 AS invented UNION ALL SELECT 1) AS world;

-- A claim with its frozen words, what the ledger holds for it, and whom it is for.
CREATE VIEW known_claim AS
SELECT claim.*, offer_item.words, meeting.title, meeting.starts_at,
       COALESCE((SELECT SUM(reserved) FROM ledger WHERE ledger.claim_id = claim.id), 0) AS reserved,
       COALESCE((SELECT SUM(issued) FROM ledger WHERE ledger.claim_id = claim.id), 0) AS issued,
       person.telegram_id, person.display_name, person.language
FROM claim
JOIN offer_item ON offer_item.offer_id = claim.offer_id AND offer_item.item_id = claim.item_id
JOIN meeting ON meeting.id = claim.meeting_id
LEFT JOIN person ON person.id = claim.person_id;

-- While a row here is not lifted, no money moves.
CREATE TABLE payouts_stopped (
    id        INTEGER PRIMARY KEY,
    at        INTEGER NOT NULL,
    why       TEXT NOT NULL CHECK (length(why) > 0),
    lifted_at INTEGER,
    lifted_by TEXT
) STRICT;
CREATE UNIQUE INDEX one_stop ON payouts_stopped ((lifted_at IS NULL)) WHERE lifted_at IS NULL;

-- What officers have to know: one open row for each thing; told by an attempt whose sequence is this id.
CREATE TABLE reward_alert (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    kind      TEXT NOT NULL CHECK (kind IN ('low_stock', 'pool_empty', 'budget_reached', 'payouts_stopped', 'lost_key')),
    about     INTEGER NOT NULL,                   -- the pool's, the budget's or the stop's id; 0 is none
    words     TEXT NOT NULL DEFAULT '',           -- figures and names, never a code
    raised_at INTEGER NOT NULL,
    ended_at  INTEGER
) STRICT;
CREATE UNIQUE INDEX one_open_alert ON reward_alert (kind, about) WHERE ended_at IS NULL;

-- Messages that go away by themselves: a code that was shown. The row goes with the message, or with its person.
CREATE TABLE vanishing (
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    person_id  INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    due_at     INTEGER NOT NULL,
    PRIMARY KEY (chat_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX vanishing_due ON vanishing (due_at);
CREATE INDEX vanishing_of_person ON vanishing (person_id);

INSERT INTO attempt_reason (code, about) VALUES
    ('reward_ready', 'claim'), ('reward_changed', 'claim'), ('claim_to_approve', 'claim'), ('reward_alert', 'nothing'),
    ('thanks', 'meeting');

-- History writes itself.
CREATE TRIGGER claim_written AFTER INSERT ON claim BEGIN
    INSERT INTO claim_event (claim_id, at, state, why, kept, given)
    VALUES (NEW.id, NEW.changed_at, NEW.state, NEW.why, NEW.kept, NEW.given);
END;
CREATE TRIGGER claim_changed AFTER UPDATE OF state, why, kept, given ON claim
WHEN (OLD.state, OLD.why, OLD.kept, OLD.given) IS NOT (NEW.state, NEW.why, NEW.kept, NEW.given) BEGIN
    INSERT INTO claim_event (claim_id, at, state, why, kept, given)
    VALUES (NEW.id, NEW.changed_at, NEW.state, NEW.why, NEW.kept, NEW.given);
END;

-- Append-only, frozen, drawn once: nobody edits these, the program included.
CREATE TRIGGER claim_event_kept BEFORE UPDATE ON claim_event BEGIN SELECT RAISE(ABORT, 'claim_event is append-only'); END;
CREATE TRIGGER claim_event_stays BEFORE DELETE ON claim_event BEGIN SELECT RAISE(ABORT, 'claim_event is append-only'); END;
CREATE TRIGGER claim_stays BEFORE DELETE ON claim BEGIN SELECT RAISE(ABORT, 'claim is append-only'); END;
CREATE TRIGGER ledger_kept BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_stays BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'ledger is append-only'); END;
CREATE TRIGGER ledger_within_budget BEFORE INSERT ON ledger
WHEN NEW.reserved + NEW.issued > (SELECT MAX(pence, 0) FROM budget_room
                                  WHERE budget_id = NEW.budget_id AND kind = NEW.item_kind AND invented = NEW.invented)
BEGIN SELECT RAISE(ABORT, 'over the budget'); END;
CREATE TRIGGER voucher_stays BEFORE DELETE ON voucher BEGIN SELECT RAISE(ABORT, 'voucher is append-only'); END;
CREATE TRIGGER voucher_of_one_claim BEFORE UPDATE OF claim_id ON voucher
WHEN OLD.claim_id IS NOT NULL AND NEW.claim_id IS NOT OLD.claim_id
BEGIN SELECT RAISE(ABORT, 'a voucher is of one claim, ever'); END;
CREATE TRIGGER voucher_kept BEFORE UPDATE OF pool_id, batch_id, pence, last4 ON voucher
BEGIN SELECT RAISE(ABORT, 'voucher is append-only'); END;
CREATE TRIGGER offer_kept BEFORE UPDATE OF name, made_at ON offer BEGIN SELECT RAISE(ABORT, 'an offer is frozen'); END;
CREATE TRIGGER offer_stays BEFORE DELETE ON offer BEGIN SELECT RAISE(ABORT, 'an offer is frozen'); END;
CREATE TRIGGER offer_item_kept BEFORE UPDATE ON offer_item BEGIN SELECT RAISE(ABORT, 'an offer is frozen'); END;
CREATE TRIGGER offer_item_stays BEFORE DELETE ON offer_item BEGIN SELECT RAISE(ABORT, 'an offer is frozen'); END;
CREATE TRIGGER trial_kept BEFORE UPDATE OF meeting_id, what, seed, made_at ON trial
BEGIN SELECT RAISE(ABORT, 'arms are drawn once'); END;
CREATE TRIGGER trial_arm_kept BEFORE UPDATE ON trial_arm BEGIN SELECT RAISE(ABORT, 'arms are drawn once'); END;
CREATE TRIGGER trial_arm_stays BEFORE DELETE ON trial_arm BEGIN SELECT RAISE(ABORT, 'arms are drawn once'); END;
CREATE TRIGGER trial_place_kept BEFORE UPDATE OF trial_id, arm, market, shift, placed_at ON trial_place
BEGIN SELECT RAISE(ABORT, 'arms are drawn once'); END;
CREATE TRIGGER trial_place_stays BEFORE DELETE ON trial_place
WHEN EXISTS (SELECT 1 FROM person WHERE id = OLD.person_id) BEGIN SELECT RAISE(ABORT, 'arms are drawn once'); END;
CREATE TRIGGER attempt_offer_kept BEFORE UPDATE OF offer_id, arm ON contact_attempt
WHEN (OLD.offer_id IS NOT NULL AND NEW.offer_id IS NOT OLD.offer_id) OR (OLD.arm != '' AND NEW.arm != OLD.arm)
BEGIN SELECT RAISE(ABORT, 'the offer of an attempt is frozen'); END;
