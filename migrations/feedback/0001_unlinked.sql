-- Feedback that cannot be linked to its author. This file holds words and random bytes, and nothing that counts or dates
-- what came in: no number, no time, no person. Weeks ('2026-W07') are weeks of release. Keys are random, and
-- WITHOUT ROWID keeps rows in the order of their keys: a hidden row number would be the order of arrival.

-- Waiting for the weekly release.
CREATE TABLE pool (
    slot  BLOB PRIMARY KEY NOT NULL CHECK (length(slot) = 16),
    box   BLOB NOT NULL CHECK (length(box) = 32),
    topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 40),
    body  TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4096)
) STRICT, WITHOUT ROWID;

-- What officers may read.
CREATE TABLE issued (
    slot  BLOB PRIMARY KEY NOT NULL CHECK (length(slot) = 16),
    box   BLOB NOT NULL CHECK (length(box) = 32),
    topic TEXT NOT NULL CHECK (length(topic) BETWEEN 1 AND 40),
    body  TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4096),
    week  TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]')
) STRICT, WITHOUT ROWID;

-- From an officer to a mailbox.
CREATE TABLE reply (
    slot  BLOB PRIMARY KEY NOT NULL CHECK (length(slot) = 16),
    box   BLOB NOT NULL CHECK (length(box) = 32),
    body  TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4096),
    week  TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]')
) STRICT, WITHOUT ROWID;

-- Used paper tokens, as keyed hashes.
CREATE TABLE burned (
    token BLOB PRIMARY KEY NOT NULL CHECK (length(token) = 16)
) STRICT, WITHOUT ROWID;

-- What a coordinator found in an issued item.
CREATE TABLE theme (
    slot  BLOB NOT NULL CHECK (length(slot) = 16),
    theme TEXT NOT NULL CHECK (length(theme) BETWEEN 1 AND 40),
    PRIMARY KEY (slot, theme)
) STRICT, WITHOUT ROWID;

-- Words of an issued item that may be published once a second person has agreed. `proposer` is a keyed hash.
CREATE TABLE quote (
    slot     BLOB PRIMARY KEY NOT NULL CHECK (length(slot) = 16),
    body     TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4096),
    proposer BLOB NOT NULL CHECK (length(proposer) = 16),
    state    TEXT NOT NULL CHECK (state IN ('proposed', 'agreed'))
) STRICT, WITHOUT ROWID;

-- One tap after a meeting. `week` is empty until it is released with at least four others.
CREATE TABLE pulse (
    slot     BLOB PRIMARY KEY NOT NULL CHECK (length(slot) = 16),
    meeting  TEXT NOT NULL CHECK (length(meeting) BETWEEN 1 AND 20),
    wave     TEXT NOT NULL CHECK (length(wave) BETWEEN 1 AND 20),
    question TEXT NOT NULL CHECK (length(question) BETWEEN 1 AND 40),
    answer   TEXT NOT NULL CHECK (length(answer) BETWEEN 1 AND 20),
    week     TEXT NOT NULL CHECK (week = '' OR week GLOB '[0-9][0-9][0-9][0-9]-W[0-5][0-9]')
) STRICT, WITHOUT ROWID;

-- One row: the last week of release, the week since which the pool was not empty after one, and a proof of the pepper.
CREATE TABLE standing (
    slot  BLOB PRIMARY KEY NOT NULL CHECK (length(slot) = 16),
    proof BLOB NOT NULL CHECK (length(proof) = 16),
    week  TEXT NOT NULL,
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;
