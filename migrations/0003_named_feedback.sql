-- Feedback that people give with their name, to be answered in their chat. It leaves with its person.
CREATE TABLE named_feedback (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- in buttons
    person_id   INTEGER NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    topic       TEXT NOT NULL,
    body        TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4096),
    may_quote   INTEGER NOT NULL CHECK (may_quote IN (0, 1)),
    given_at    INTEGER NOT NULL,
    answer      TEXT NOT NULL DEFAULT '',
    answered_at INTEGER,
    answered_by INTEGER REFERENCES person (id) ON DELETE SET NULL
) STRICT;
CREATE INDEX named_feedback_of_person ON named_feedback (person_id);
CREATE INDEX named_feedback_answered_by ON named_feedback (answered_by) WHERE answered_by IS NOT NULL;
