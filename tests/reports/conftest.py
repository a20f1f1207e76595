"""A database with a little of everything in its log."""

from tests.storage.conftest import database, fresh_file, path

__all__ = ["database", "fresh_file", "path"]
