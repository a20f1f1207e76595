"""Leaks to build into a copy of the program: where, what is there now, what is there instead, who must notice."""

from dataclasses import dataclass

SCHEMA = "migrations/feedback/0001_unlinked.sql"
FILE, POOL, RELEASE = "storage/unlinked/file.py", "storage/unlinked/pool.py", "storage/unlinked/release.py"
PEPPER, MAILBOX, TOKENS = "storage/unlinked/pepper.py", "storage/unlinked/mailbox.py", "storage/unlinked/tokens.py"
PULSES, DOOR, RULE = "storage/unlinked/pulses.py", "storage/unlinked/door.py", "rules/release.py"

_BODY = (
    "    body  TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4096)\n) STRICT, WITHOUT ROWID;\n\n-- What officers may"
)
_MORE = (
    "    body  TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 4096),\n    {}\n) STRICT, WITHOUT ROWID;\n\n"
    "-- What officers may"
)
_VALUES = '    values = {"slot": hashing.slot(read, body), "box": hashing.box(read), "topic": topic, "body": body}'
_IMPORTS = "import sqlite3\n"
_PUT = '"""Whether the item is new; the same words under the same code land once. Raises ValueError."""'


@dataclass(frozen=True)
class Leak:
    """`changes` are (file, old, new). `by` are the detectors that must find it."""

    name: str
    by: str
    changes: tuple[tuple[str, str, str], ...]


def _slot(made: str, more: str = "") -> tuple[tuple[str, str, str], ...]:
    return (
        (POOL, _VALUES, _VALUES.replace("hashing.slot(read, body)", made)),
        (POOL, _IMPORTS, "import sqlite3\nimport time\nfrom tests.unlinked import arrival\n" + more),
    )


def _reference(value: str) -> tuple[tuple[str, str, str], ...]:
    """A column that looks like words and holds what the update said."""
    return (
        (SCHEMA, _BODY, _MORE.format("note  TEXT")),
        (POOL, "INTO pool (slot, box, topic, body)\nSELECT :slot, :box, :topic, :body WHERE",
         "INTO pool (slot, box, topic, body, note)\nSELECT :slot, :box, :topic, :body, :note WHERE"),
        (POOL, _VALUES, _VALUES[:-1] + f', "note": str({value})}}'),
        (POOL, _IMPORTS, "import sqlite3\nfrom tests.unlinked import arrival\n"),
    )  # fmt: skip


def _logged(line: str) -> tuple[tuple[str, str, str], ...]:
    return ((POOL, _PUT, f"{_PUT}\n    {line}"), (POOL, _IMPORTS, "import logging\nimport sqlite3\n"))


def _setup(old: str, new: str) -> tuple[tuple[str, str, str], ...]:
    return ((FILE, old, new),)


LEAKS = (
    # the schema
    Leak("a rowid table", "schema", ((SCHEMA, _BODY, _BODY.replace(", WITHOUT ROWID", "")),)),
    Leak("a time as a number", "schema, needles",
         ((SCHEMA, _BODY, _MORE.format("noted INTEGER NOT NULL DEFAULT (unixepoch())")),)),
    Leak("a time in words", "schema, needles",
         ((SCHEMA, _BODY, _MORE.format("note  TEXT NOT NULL DEFAULT (datetime('now'))")),)),
    Leak("a time as a float", "schema, needles",
         ((SCHEMA, _BODY, _MORE.format("noted REAL NOT NULL DEFAULT ((julianday('now') - 2440587.5) * 86400.0)")),)),
    Leak("the week of arrival", "schema",
         ((SCHEMA, _BODY, _MORE.format("came  TEXT DEFAULT (strftime('%W'))")),)),
    Leak("an integer key", "schema",
         ((SCHEMA, "CREATE TABLE theme (\n    slot  BLOB", "CREATE TABLE theme (\n    slot  ANY"),)),
    Leak("a counter", "schema",
         ((SCHEMA, "CREATE TABLE burned (",
           "CREATE TABLE arrivals (number INTEGER PRIMARY KEY AUTOINCREMENT) STRICT;\nCREATE TABLE burned ("),)),
    Leak("a trigger that counts days", "schema",
         ((SCHEMA, "-- Used paper tokens",
           ("CREATE TABLE tally (day TEXT PRIMARY KEY, number INTEGER) STRICT;\n"
           "CREATE TRIGGER counted AFTER INSERT ON pool BEGIN\n"
           "  INSERT INTO tally VALUES (date('now'), 1) ON CONFLICT DO UPDATE SET number = number + 1;\nEND;\n"
           "-- Used paper tokens")),)),
    Leak("an index of waiting topics", "schema",
         ((SCHEMA, "-- Used paper tokens", "CREATE INDEX by_topic ON pool (topic);\n-- Used paper tokens"),)),
    # what is kept of an update
    Leak("a kept update id", "schema, needles", _reference("arrival.current.update")),
    Leak("a kept message id", "schema, needles", _reference("arrival.current.message")),
    Leak("a kept user id", "schema, needles", _reference("arrival.current.user")),
    Leak("a kept name", "schema, needles", _reference("arrival.current.name")),
    Leak("the user id as the slot", "needles", _slot('arrival.current.user.to_bytes(16, "big")')),
    Leak("the update id at the end of the slot", "needles",
         _slot('hashing.slot(read, body)[:8] + arrival.current.update.to_bytes(8, "little")')),
    Leak("a slot that begins with the time", "order", _slot('time.time_ns().to_bytes(16, "big")')),
    Leak("slots in the order of arrival", "order",
         _slot('connection.execute("SELECT count(*) FROM pool").fetchone()[0].to_bytes(16, "big")')),
    Leak("the code kept as it is", "needles",
         ((PEPPER, "return self._slow(code.encode(), 32)", "return code.encode().ljust(32)"),)),
    Leak("the code kept in hexadecimal", "needles",
         ((POOL, _VALUES, _VALUES.replace('"topic": topic', '"topic": read.encode().hex()')),)),
    Leak("a paper token kept as it is", "needles",
         ((TOKENS, '(hashing.mark("burned", read),)', "(read[:16].encode(),)"),)),
    Leak("the pepper kept in the file", "needles",
         ((FILE, "(secrets.token_bytes(16), proof)", "(hashing.pepper[:16], proof)"),
          (SCHEMA, "    since TEXT NOT NULL\n", "    since TEXT NOT NULL,\n    note BLOB\n"),
          (FILE, "INSERT INTO standing (slot, proof, week, since) VALUES (?, ?, '', '')",
           "INSERT INTO standing (slot, proof, week, since, note) VALUES (?, ?, '', '', ?)"),
          (FILE, "(hashing.pepper[:16], proof)", "(hashing.pepper[:16], proof, hashing.pepper)"))),
    # how the file is kept
    Leak("a write-ahead log", "configured, left over",
         (*_setup("PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = WAL"), (FILE, '("delete",)', '("wal",)'))),
    Leak("a journal that stays", "configured, left over",
         (*_setup("PRAGMA journal_mode = DELETE", "PRAGMA journal_mode = PERSIST"),
          (FILE, '("delete",)', '("persist",)'))),
    Leak("deleted rows left in the file", "configured", _setup("secure_delete = ON", "secure_delete = OFF")),
    Leak("temporary copies on the disk", "configured", _setup("temp_store = MEMORY", "temp_store = FILE")),
    Leak("commits that are not on disk", "configured", _setup("synchronous = FULL", "synchronous = OFF")),
    Leak("a schema that is trusted", "configured", _setup("trusted_schema = OFF", "trusted_schema = ON")),
    Leak("rows left where they came in", "layout", _setup('self._connection.execute("VACUUM")', "pass")),
    Leak("times of files that move with each item", "times",
         _setup("os.utime(place, (moment, moment))", "place.stat()")),
    Leak("the folder's time moves with the journal", "times",
         _setup("in (self._path, self._path.parent)", "in (self._path,)")),
    Leak("times of files to the minute", "times", _setup("TICK_SECONDS = 3600", "TICK_SECONDS = 60")),
    Leak("a file that others may read", "left over", _setup("touch(mode=0o600)", "touch(mode=0o644)")),
    Leak("a copy taken at the start", "left over",
         _setup("            migrate(self._connection)\n",
                "            migrate(self._connection)\n"
                '            self._connection.execute("VACUUM INTO ?", (f"{self._path}.copy",))\n')),
    # the release
    Leak("every topic is kept, however small its group", "early",
         ((RULE, "eligible.get(topic, 0) >= k", "eligible.get(topic, 0) >= 0"),)),
    Leak("released without company", "early",
         ((RULE, "elif len(slots) >= threshold:",
           "elif (threshold := min(threshold, len(slots))) >= 0:"),)),
    Leak("never released when too few", "early",
         ((RULE, "        if overdue:\n", "        if overdue and False:\n"),)),
    Leak("released at any moment", "early", ((RELEASE, "    if week <= last:\n        return 0\n", ""),)),
    Leak("officers see what waits", "early",
         ((MAILBOX, "SELECT slot, topic, body, week FROM issued\nWHERE",
           "SELECT slot, topic, body, week FROM issued UNION ALL SELECT slot, topic, body, NULL FROM pool\nWHERE"),
          (MAILBOX, "(:week IS NULL OR week = :week) AND (:topic IS NULL OR topic = :topic) ", "1 "))),
    Leak("pulses shown at once", "early", ((PULSES, " AND week != ''", ""),)),
    Leak("pulses shown from one up", "early", ((RELEASE, "HAVING count(*) >= :threshold", "HAVING :threshold"),)),
    # words that get out
    Leak("a line in the log with the words", "log", _logged('logging.getLogger("pool").debug("put %s", text)')),
    Leak("a line in the log with the code", "needles", _logged('logging.getLogger("pool").debug("put %s", code)')),
    Leak("a line in the log with the time", "needles",
         (*_logged('logging.getLogger("pool").info("put at %s", time.time())'),
          (POOL, "import logging\n", "import logging\nimport time\n"))),
    Leak("every statement in the log", "log",
         _setup("        connection.executescript(_SETUP)",
                "        connection.set_trace_callback(__import__('logging').getLogger('sql').debug)\n"
                "        connection.executescript(_SETUP)")),
    Leak("an error that repeats the code", "needles",
         ((POOL, 'ValueError("that is no code")', 'ValueError(f"{code} is no code")'),)),
    Leak("an error that repeats the words", "log",
         ((POOL, 'raise ValueError(f"an item has', 'raise ValueError(f"{text}: an item has'),)),
    # hashes
    Leak("a hash that is cheap to try", "configured", ((PEPPER, "COST = 2**14", "COST = 2**4"),)),
    Leak("mailboxes without the pepper", "hashed", ((PEPPER, "salt=self.pepper", 'salt=b""'),)),
    Leak("tokens without the pepper", "hashed", ((PEPPER, "hmac.digest(self.pepper,", 'hmac.digest(b"key",'),)),
    Leak("a malformed code is answered at once", "work",
         ((MAILBOX, '    box = hashing.box(codes.read(code) or "no code")\n',
           '    if codes.read(code) is None:\n        return []\n    box = hashing.box(codes.read(code) or "")\n'),)),
)  # fmt: skip
