"""What was read of files is kept, by their content and the program's, so that nothing is read twice."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from toolkit.collect import Details, details_from
from toolkit.problem import Unwritable

_TABLES = """
CREATE TABLE IF NOT EXISTS files (key TEXT PRIMARY KEY, mark TEXT, reason TEXT, ask TEXT, counted INTEGER);
CREATE TABLE IF NOT EXISTS forms (key TEXT, position INTEGER, head TEXT, details BLOB, PRIMARY KEY (key, position));
CREATE TABLE IF NOT EXISTS changes (key TEXT PRIMARY KEY, mark TEXT, body TEXT);
"""
_BATCH = 64
"""Files after which what was read is safe on the disk."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a file came to: its forms, or why there are none.

    Attributes:
        forms: head and details of each, as texts.
        reason: "" where it was read.
        counted: whether a form should have been there.
        lasting: an unforeseen fault is not kept.
    """

    forms: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    ask: str = ""
    counted: bool = True
    lasting: bool = True


def default_store() -> Path:
    """Return where the store lies: SELFEVAL_STORE, else in the user's folder for what can be made again."""
    named = os.environ.get("SELFEVAL_STORE")
    if named:
        return Path(named)
    local = os.environ.get("LOCALAPPDATA")
    base = Path(local) if local else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "selfeval" / "collect.sqlite"


@cache
def program_mark() -> str:
    """Return a mark that changes with the program and its schemes: what another one read is not trusted."""
    root = Path(__file__).parents[1]
    digest = hashlib.sha256()
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.toml")]):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    own = os.environ.get("SELFEVAL_SCHEMES")
    for path in sorted(Path(own).glob("*.toml")) if own else ():
        digest.update(path.read_bytes())
    return digest.hexdigest()[:24]


class Store:
    """The store; a library of details."""

    def __init__(self, path: Path, mark: str, *, fresh: bool) -> None:
        """Open the store.

        Args:
            path: the file; made where there is none.
            mark: of the program and the scheme asked for.
            fresh: forget what was read before.
        """
        self._mark = mark
        self._waiting = 0
        path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(path)
        self._base.execute("PRAGMA journal_mode=WAL")
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._base.executescript(_TABLES)
        old = "" if fresh else mark
        self._base.execute("DELETE FROM forms WHERE key IN (SELECT key FROM files WHERE mark <> ?)", (old,))
        self._base.execute("DELETE FROM files WHERE mark <> ?", (old,))
        self._base.execute("DELETE FROM changes WHERE mark <> ?", (old,))
        self._base.commit()

    def found(self, key: str) -> Outcome | None:
        """Return what was read of a content, details left out; ``None`` where it was not read yet."""
        row = self._base.execute("SELECT reason, ask, counted FROM files WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        heads = self._base.execute("SELECT head FROM forms WHERE key = ? ORDER BY position", (key,))
        return Outcome(tuple((head, "") for (head,) in heads), row[0], row[1], bool(row[2]))

    def keep(self, key: str, outcome: Outcome) -> None:
        """Keep what was read; it is safe on the disk after some more."""
        # A fault is kept for this run only: its mark is nobody's.
        mark = self._mark if outcome.lasting else ""
        values = (key, mark, outcome.reason, outcome.ask, outcome.counted)
        self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", values)
        rows = [(key, at, head, zlib.compress(details.encode(), 1)) for at, (head, details) in enumerate(outcome.forms)]
        self._base.executemany("INSERT OR REPLACE INTO forms VALUES (?, ?, ?, ?)", rows)
        self._waiting += 1
        if self._waiting >= _BATCH:
            self.save()

    def details(self, key: str, position: int) -> Details:
        """Return findings and indicators of a form."""
        query = "SELECT details FROM forms WHERE key = ? AND position = ?"
        (packed,) = self._base.execute(query, (key, position)).fetchone()
        return details_from(zlib.decompress(packed).decode())

    def changes(self, key: str) -> str | None:
        """Return what comparing two versions came to, ``None`` where they were not compared."""
        row = self._base.execute("SELECT body FROM changes WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def keep_changes(self, key: str, body: str) -> None:
        """Keep what comparing two versions came to."""
        self._base.execute("INSERT OR REPLACE INTO changes VALUES (?, ?, ?)", (key, self._mark, body))

    def save(self) -> None:
        """Write down what was kept so far."""
        self._base.commit()
        self._waiting = 0

    def close(self) -> None:
        """Save and close."""
        self.save()
        self._base.close()


@contextmanager
def opened(path: Path, mark: str, *, fresh: bool) -> Iterator[Store]:
    """Open a store and close it, whatever happens; a damaged one is begun anew.

    Raises:
        Unwritable: the store cannot be used.
    """
    try:
        store = _opened(path, mark, fresh)
    except (sqlite3.Error, OSError) as error:
        raise Unwritable(path, f"不能用来存放已读取的内容（{error}）", "请用 --store 换一个位置") from error
    try:
        yield store
    finally:
        store.close()


def _opened(path: Path, mark: str, fresh: bool) -> Store:
    try:
        return Store(path, mark, fresh=fresh)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError) or not _is_ours(path):
            raise
        path.unlink()
        return Store(path, mark, fresh=fresh)


def _is_ours(path: Path) -> bool:
    """Tell whether a damaged file may be begun anew: never one that the officer named and that is something else."""
    return path == default_store()


def content_key(path: Path) -> str:
    """Return the key of a file's content: its hash and its kind.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() + path.suffix.lower()


def mark_with(scheme: str | None) -> str:
    """Return the program's mark together with the scheme asked for."""
    parts: Sequence[str] = (program_mark(), scheme or "")
    if scheme and scheme.endswith(".toml"):
        parts = (*parts, hashlib.sha256(Path(scheme).read_bytes()).hexdigest())
    return "|".join(parts)
