"""Logs: no person and no secret, from us or from any library, at any level."""

import io
import json
import logging
import sys

import pytest
import structlog

from bot import logs

TOKEN = "1234567:AAAbbbCCCdddEEEfffGGGhhhIIIjjjKKKlll"
NEEDLES = (TOKEN, "secret", "Ada Lovelace", "5551234567", "مرحبا")


@pytest.fixture(params=["console", "json"])
def lines(request, monkeypatch):
    """What is written while logging is set up as the program sets it up."""
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "stderr", stream)
    logs.configure("debug", request.param)
    yield stream
    root.handlers[:], root.level = handlers, level
    logging.captureWarnings(capture=False)
    for name in logs.TALKATIVE:
        logging.getLogger(name).setLevel(logging.NOTSET)
    structlog.reset_defaults()


def refuse_leaks():
    """As at the start of the program, without the handlers by which pytest listens."""
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers[:] = [handler for handler in before if "Capture" not in type(handler).__name__]
    try:
        logs.refuse_leaks()
    finally:
        root.handlers[:] = before


def clean(lines):
    said = lines.getvalue()
    assert said
    assert [needle for needle in NEEDLES if needle in said] == []
    return said


def test_our_own_lines_keep_codes_and_numbers(lines):
    structlog.get_logger().info("a broadcast ended", broadcast=7, state="done", again_in=1.5, whole=True, none=None)
    said = clean(lines)
    for part in ("a broadcast ended", "7", "done", "1.5"):
        assert part in said


@pytest.mark.parametrize("value", ["secret words", "مرحبا", f"x{TOKEN}", "Ada Lovelace", ["secret"], {"a": "secret"},
                                   b"secret", "secret\nsecret", TOKEN])  # fmt: skip
def test_values_that_could_be_words_do_not_pass(lines, value):
    structlog.get_logger().warning("something", why=value)
    clean(lines)


@pytest.mark.parametrize("key", ["text", "chat_id", "person_id", "first_name", "username", "update_id", "url"])
def test_values_that_point_at_a_person_do_not_pass(lines, key):
    structlog.get_logger().warning("something", **{key: "secret" if key == "text" else 5551234567})
    clean(lines)


@pytest.mark.parametrize("name", ["telegram.ext.Application", "aiohttp.access", "httpx", "aiosqlite", "else.where", ""])
@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_a_librarys_words_never_pass(lines, name, level):
    logger = logging.getLogger(name)
    say = getattr(logger, level)
    say("called with %s", "secret")
    say("secret words put in already")
    say(f"https://api.telegram.org/bot{TOKEN}/sendMessage %s", "x")
    logging.getLogger().warning("always one")
    clean(lines)


def test_an_exception_is_its_class_and_its_place(lines):
    try:
        raise ValueError("secret words")
    except ValueError as error:
        logging.getLogger("asyncio").exception("Task %s failed", "secret")
        logs.failed(structlog.get_logger(), "a handler failed", error, reason="invite")
    said = clean(lines)
    assert said.count("ValueError") == 2
    assert "test_logs.test_an_exception_is_its_class_and_its_place" in said
    assert "Task %s failed" in said


def test_an_exception_from_nowhere_has_no_place():
    assert logs.fault(ValueError("secret")) == {"error": "ValueError", "place": "unknown"}


def test_json_lines_are_json(lines):
    structlog.get_logger().error("x", reason="y")
    line = lines.getvalue().splitlines()[-1]
    if line.startswith("{"):
        assert json.loads(line)["event"] == "x"
    else:
        assert "reason=y" in line


@pytest.mark.parametrize("name", [*logs.TALKATIVE, "telegram.Bot"])
def test_the_program_does_not_start_with_a_talkative_library(lines, name):
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.DEBUG)
    try:
        with pytest.raises(logs.LeakingLogger, match=name):
            refuse_leaks()
    finally:
        logger.setLevel(before)
    refuse_leaks()


@pytest.mark.parametrize("name", ["telegram", "anything", ""])
def test_nor_with_a_handler_that_does_not_redact(lines, name):
    logger, plain = logging.getLogger(name), logging.StreamHandler(io.StringIO())
    logger.addHandler(plain)
    try:
        with pytest.raises(logs.LeakingLogger):
            refuse_leaks()
    finally:
        logger.removeHandler(plain)
    logger.addHandler(logging.NullHandler())
    refuse_leaks()
