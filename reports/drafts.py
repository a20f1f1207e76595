"""Files that appear whole or not at all, readable by their owner only, and that replace nothing."""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

OWNER_ONLY = 0o600


@contextmanager
def finished_together(paths: list[Path]) -> Iterator[list[Path]]:
    """Paths to write to; when the block is left without an error, they stand under their own names, all of them.

    Raises FileExistsError when one of the names is taken, before and after the writing: a link is made, never a
    replacement. Whatever goes wrong, nothing half-written stays behind.
    """
    for path in paths:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    with ExitStack() as until_the_end:
        drafts = [_draft_of(path, until_the_end) for path in paths]
        yield drafts
        with ExitStack() as unless_all_appear:
            for draft, path in zip(drafts, paths, strict=True):
                _flush(draft)
                os.link(draft, path)
                unless_all_appear.callback(path.unlink)
            unless_all_appear.pop_all()


def _draft_of(path: Path, until_the_end: ExitStack) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.draft")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    until_the_end.callback(draft.unlink)
    return draft


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
