"""Who may touch Telegram, who may write SQL, and who alone may send."""

import ast
import re
from collections.abc import Iterator

import telegram

from bot.transport import Line
from tests.shape.sources import Source, code, project, strings

TELEGRAM_MAY = ("handlers/", "bot/app.py", "bot/intake.py", "bot/delivery.py", "bot/transport.py")
SQL_MAY = ("storage/", "migrations/")
SENDING_MAY = ("bot/delivery.py",)
STAND_IN = "simulator/"

STATEMENT = re.compile(
    r"""\s*(
      SELECT\s.+\sFROM\s
    | SELECT\s+[\w.]+\(
    | (INSERT\s+(OR\s+\w+\s+)?|REPLACE\s+)INTO\s
    | UPDATE\s+(OR\s+\w+\s+)?\w+\s+SET\s
    | DELETE\s+FROM\s
    | WITH\s+(RECURSIVE\s+)?\w+(\s*\([^)]*\))?\s+AS\s*\(
    | (CREATE|ALTER|DROP)\s+(TEMP\w*\s+|UNIQUE\s+)?(TABLE|INDEX|TRIGGER|VIEW)\s
    | PRAGMA\s+\w+
    | VACUUM\b
    | ATTACH\s
    | BEGIN\s+(IMMEDIATE|DEFERRED|EXCLUSIVE)
    )""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
# A PRAGMA takes no parameters in SQLite, and BEGIN opens a script that was read whole from a file.
UNBINDABLE = re.compile(r"\s*(PRAGMA|BEGIN)\b", re.IGNORECASE)
SENDS = re.compile(
    r"(send|edit|reply|forward|copy|answer|pin|unpin|stop)_\w+|delete_messages?|set_message_reaction|delete"
)

IMPURE = re.compile(
    r"^(open|input|print)$|\b(time\.(time|monotonic)|datetime\.(now|utcnow|today)|date\.today)$|\.(read|write)_text$"
)


def allowed(source: Source, places: tuple[str, ...]) -> bool:
    return source.path.startswith(places)


def imported(source: Source) -> Iterator[tuple[ast.AST, str]]:
    for node in source.nodes():
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node, node.module


def telegram_imports(sources: list[Source]) -> list[str]:
    return [
        source.at(node)
        for source in sources
        if not allowed(source, TELEGRAM_MAY)
        for node, name in imported(source)
        if name.partition(".")[0] == "telegram"
    ]


def statements(sources: list[Source]) -> list[str]:
    return [
        f"{source.at(node)} {node.value.strip()[:40]}"
        for source in sources
        if not allowed(source, SQL_MAY)
        for node in strings(source)
        if STATEMENT.match(node.value)
    ]


def assembled(sources: list[Source]) -> list[str]:
    """SQL that is put together while the program runs: f-strings, +, % and .format()."""
    return [source.at(node) for source in sources for node in source.nodes() if is_assembled(node)]


def is_assembled(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), _, *_]):
            parts = text
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Add() | ast.Mod()):
            parts = text
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format" | "format_map" | "replace")
        ):
            parts = text
        case _:
            return False
    return bool(STATEMENT.match(parts + " ")) and not UNBINDABLE.match(parts)


def sending_names() -> frozenset[str]:
    """Every method of the library's objects, and of our bot, that makes Telegram show, change or remove something."""
    holders = (Line, telegram.Bot, telegram.Message, telegram.Chat, telegram.User, telegram.CallbackQuery)
    names = {name for holder in holders for name in dir(holder) if SENDS.fullmatch(name)}
    return frozenset(names - {"delete"})


def sends(sources: list[Source]) -> list[str]:
    names = sending_names()
    return [
        f"{source.at(node)} {said}"
        for source in sources
        if not allowed(source, (*SENDING_MAY, STAND_IN))
        for node in source.nodes()
        if (said := sending(node, names))
    ]


def sending(node: ast.AST, names: frozenset[str]) -> str:
    """The method's name when this node reaches for one, called or not, by attribute or by getattr."""
    match node:
        case ast.Attribute(attr=name) if name in names:
            return name
        case ast.Attribute(attr="answer" | "delete" as name, value=holder) if ast.unparse(holder).endswith(
            ("query", "message")
        ):
            return name
        case ast.Call(func=ast.Name(id="getattr"), args=[_, ast.Constant(value=str(name)), *_]) if name in names:
            return name
    return ""


def impure(sources: list[Source]) -> list[str]:
    """Waiting, files and the machine's clock inside rules/, which decide from what they are handed."""
    return [
        source.at(node)
        for source in sources
        if source.folder == "rules"
        for node in source.nodes()
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
        or (isinstance(node, ast.Call) and IMPURE.search(ast.unparse(node.func)))
    ]


def wrong(path: str, text: str) -> list[Source]:
    return [Source(path, text)]


def test_telegram_stays_at_the_border():
    assert telegram_imports(code()) == []


def test_sql_stands_in_storage_and_migrations():
    assert statements(code()) == []
    assert [s.path for s in project() if s.path.endswith(".sql") and not allowed(s, (*SQL_MAY, "tests/"))] == []


def test_sql_is_never_assembled():
    assert assembled(code()) == []


def test_only_delivery_sends():
    assert sends(code()) == []


def test_rules_only_decide():
    assert impure(code()) == []


def test_every_way_of_importing_telegram_is_found():
    for text in (
        "import telegram",
        "import telegram.ext as t",
        "from telegram.ext import Application",
        "def f():\n import telegram",
    ):
        assert telegram_imports(wrong("bot/settings.py", text))
        assert telegram_imports(wrong("storage/person.py", text))
        assert telegram_imports(wrong("handlers/start.py", text)) == []
    assert telegram_imports(wrong("bot/clock.py", "from bot import telegram_words")) == []


def test_sql_outside_storage_is_found():
    for text in (
        'ROWS = "SELECT id FROM person WHERE id = ?"',
        'x = """\n  INSERT OR IGNORE INTO person\n  VALUES (1)"""',
        'x = f"update person set name = {name}"',
        'x = "PRAGMA wal_checkpoint"',
        'x = "WITH due AS (SELECT 1)"',
        'x = "BEGIN IMMEDIATE"',
    ):
        assert statements(wrong("handlers/start.py", text)), text
        assert statements(wrong("storage/person.py", text)) == []


def test_words_that_only_begin_like_sql_are_let_be():
    for text in (
        '"""Select people from a list."""',
        'x = "update.person"',
        'x = "select"',
        'x = "with.reason"',
        'x = "vacuumed"',
    ):
        assert statements(wrong("handlers/start.py", text)) == [], text


def test_assembled_sql_is_found():
    for text in (
        'q = f"SELECT id FROM {table} WHERE 1"',
        'q = "SELECT id FROM " + table',
        'q = "SELECT %s FROM person" % column',
        'q = "SELECT {} FROM person".format(column)',
        'q = f"VACUUM INTO {file}"',
    ):
        assert assembled(wrong("storage/person.py", text)), text
    for text in (
        'q = "SELECT id FROM person"',
        'q = f"PRAGMA user_version = {n}"',
        'q = "a" + b',
        'q = "BEGIN IMMEDIATE;" + file.sql',
    ):
        assert assembled(wrong("storage/person.py", text)) == [], text


def test_sending_names_come_from_the_library():
    assert {"send_message", "send_document", "send_chat_action", "pin_chat_message", "copy_message"} <= sending_names()
    assert {"edit_message_text", "answer_callback_query", "delete_message", "delete_messages"} <= sending_names()
    assert {"reply_text", "edit_text", "send_words", "edit_words"} <= sending_names()
    assert "get_updates" not in sending_names()
    assert "delete" not in sending_names()


def test_sending_elsewhere_is_found():
    for text in (
        "async def f(bot): await bot.send_message(1, 'x')",
        "g = partial(context.bot.edit_message_text, 1)",
        "async def f(update): await update.message.reply_text('x')",
        "async def f(update): await update.callback_query.answer()",
        "async def f(message): await message.delete()",
        "getattr(bot, 'delete_message')(1, 2)",
    ):
        assert sends(wrong("handlers/start.py", text)), text
        assert sends(wrong("bot/delivery.py", text)) == []
    assert (
        sends(wrong("handlers/start.py", "async def f(context): await context.say('x'); form.answer(1); row.delete()"))
        == []
    )


def test_a_rule_that_does_more_is_found():
    for text in (
        "async def f(): pass",
        "open('x')",
        "x = time.time()",
        "x = datetime.now(zone)",
        "Path('x').read_text()",
    ):
        assert impure(wrong("rules/quiet.py", text)), text
        assert impure(wrong("bot/clock.py", text)) == []
    for text in ("def f(now): return now + 1", "x = datetime.fromtimestamp(now, zone)", "reopen(1)"):
        assert impure(wrong("rules/quiet.py", text)) == [], text
