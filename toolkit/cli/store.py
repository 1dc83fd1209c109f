"""What was read of files is kept, by their content and the program's, so that nothing is read twice."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

from toolkit.collect import Details, details_from
from toolkit.problem import Unwritable

T = TypeVar("T")
_TABLES = """
CREATE TABLE IF NOT EXISTS files (key TEXT PRIMARY KEY, mark TEXT, reason TEXT, ask TEXT, counted INTEGER);
CREATE TABLE IF NOT EXISTS forms (key TEXT, position INTEGER, head TEXT, details BLOB, PRIMARY KEY (key, position));
CREATE TABLE IF NOT EXISTS pieces (sheet TEXT, key TEXT, position INTEGER, body BLOB, PRIMARY KEY (sheet, key, position));
CREATE TABLE IF NOT EXISTS changes (key TEXT PRIMARY KEY, mark TEXT, body TEXT);
CREATE TABLE IF NOT EXISTS seen (path TEXT PRIMARY KEY, size INTEGER, modified INTEGER, changed INTEGER, hash TEXT) WITHOUT ROWID;
"""
_VERSION = 2
_BATCH = 100
"""Contents of which something is fetched together."""
_FRESHLY = 3_000_000_000
"""Nanoseconds within which a file may be written again without another time showing it; such a file is hashed next time, too."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A form as the store keeps it.

    Attributes:
        head: see :func:`toolkit.collect.head_text`.
        details: packed, see :func:`pack`.
        pieces: packed rows by the sheet of the summary.
    """

    head: str
    details: bytes = b""
    pieces: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a file came to: its forms, or why there are none.

    Attributes:
        reason: "" where it was read.
        counted: whether a form should have been there.
        lasting: an unforeseen fault is not kept.
        errors: findings that must be corrected; ``warnings`` those that wait for an answer. Known when it is read.
    """

    forms: tuple[Kept, ...] = ()
    reason: str = ""
    ask: str = ""
    counted: bool = True
    lasting: bool = True
    errors: int = 0
    warnings: int = 0


def pack(text: str) -> bytes:
    """Make a text small."""
    return zlib.compress(text.encode("utf-8", "replace"), 3)


def _unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode()


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
    root = str(Path(__file__).parents[1])
    digest = hashlib.sha256()
    for folder, names, files in os.walk(root):
        names.sort()
        for name in sorted(files):
            if name.endswith((".py", ".toml")):
                source = os.path.join(folder, name)
                with open(source, "rb") as file:
                    digest.update(source[len(root) :].replace(os.sep, "/").encode() + b"\0" + file.read())
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
        path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(path)
        # What a form gives to one sheet takes some thousand bytes.
        self._base.execute("PRAGMA page_size=16384")
        self._base.execute("PRAGMA journal_mode=WAL")
        # Most of a second run is fetching what the first one kept. What is mapped counts as memory of this process.
        self._base.execute("PRAGMA mmap_size=8388608")
        # What was committed outlives the end of this process, however sudden; only a power cut may undo the last seconds.
        self._base.execute("PRAGMA synchronous=NORMAL")
        self._begin()
        self._forget("" if fresh else mark)
        self._fresh = fresh
        self._base.commit()

    def _begin(self) -> None:
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            for table in ("files", "forms", "pieces", "changes", "seen"):
                self._base.execute(f"DROP TABLE IF EXISTS {table}")
            self._base.execute(f"PRAGMA user_version={_VERSION}")
        self._base.executescript(_TABLES)

    def _forget(self, mark: str) -> None:
        """Forget what another program, another scheme or a fault left."""
        if self._base.execute("SELECT 1 FROM files WHERE mark <> ? LIMIT 1", (mark,)).fetchone():
            for table in ("forms", "pieces"):
                self._base.execute(f"DELETE FROM {table} WHERE key IN (SELECT key FROM files WHERE mark <> ?)", (mark,))
            self._base.execute("DELETE FROM files WHERE mark <> ?", (mark,))
        self._base.execute("DELETE FROM changes WHERE mark <> ?", (mark,))

    def key_of(self, path: Path) -> str:
        """Return the key of a file's content: its hash and its kind.

        The hash of a file whose size and times (changed, and written or made) are those of last time is taken from then.

        Raises:
            OSError: the file cannot be read.
        """
        state = path.stat()
        now = (state.st_size, state.st_mtime_ns, state.st_ctime_ns)
        name = os.path.abspath(path)
        row = None if self._fresh else self._base.execute("SELECT size, modified, changed, hash FROM seen WHERE path = ?", (name,)).fetchone()
        if row is not None and row[:3] == now:
            return str(row[3]) + path.suffix.lower()
        digest = content_hash(path)
        if time.time_ns() - max(now[1:]) > _FRESHLY:
            self._base.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?, ?, ?)", (name, *now, digest))
        return digest + path.suffix.lower()

    def found(self, keys: Iterable[str]) -> Iterator[tuple[str, Outcome]]:
        """Yield what was read of contents, details left out, by their keys; nothing for one that was not read yet."""
        for batch in _batches(keys):
            heads: dict[str, list[Kept]] = {}
            for key, head in self._base.execute(f"SELECT key, head FROM forms WHERE key IN ({_marks(batch)}) ORDER BY key, position", batch):
                heads.setdefault(key, []).append(Kept(head))
            files = self._base.execute(f"SELECT key, reason, ask, counted FROM files WHERE key IN ({_marks(batch)})", batch)
            yield from ((key, Outcome(tuple(heads.get(key, ())), reason, ask, bool(counted))) for key, reason, ask, counted in files)

    def known(self, keys: Iterable[str]) -> set[str]:
        """Return the keys of contents that were read."""
        return {
            key
            for batch in _batches(keys)
            for (key,) in self._base.execute(f"SELECT key FROM files WHERE key IN ({_marks(batch)})", batch)
        }

    def keep(self, key: str, outcome: Outcome) -> None:
        """Keep what was read; it is there next time, whatever happens to this process."""
        # A fault is kept for this run only: its mark is nobody's.
        mark = self._mark if outcome.lasting else ""
        with self._base:
            values = (key, mark, outcome.reason, outcome.ask, outcome.counted)
            self._base.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", values)
            for at, form in enumerate(outcome.forms):
                self._base.execute("INSERT OR REPLACE INTO forms VALUES (?, ?, ?, ?)", (key, at, form.head, form.details))
                rows = [(sheet, key, at, body) for sheet, body in form.pieces.items()]
                self._base.executemany("INSERT OR REPLACE INTO pieces VALUES (?, ?, ?, ?)", rows)

    def details(self, key: str, position: int) -> Details:
        """Return findings and indicators of a form."""
        query = "SELECT details FROM forms WHERE key = ? AND position = ?"
        (packed,) = self._base.execute(query, (key, position)).fetchone()
        return details_from(_unpack(packed))

    def pieces(self, forms: Iterable[tuple[str, int]], sheet: str) -> Iterator[bytes | None]:
        """Yield for every form, given by key and position, the rows that it gives to a sheet, ``None`` where none are kept."""
        for batch in _batches(forms):
            keys = {key for key, _ in batch}
            query = f"SELECT key, position, body FROM pieces WHERE sheet = ? AND key IN ({_marks(keys)})"
            bodies = {(key, position): body for key, position, body in self._base.execute(query, (sheet, *keys))}
            for form in batch:
                body = bodies.get(form)
                yield None if body is None else zlib.decompress(body)

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

    def close(self) -> None:
        """Save and close."""
        self.save()
        self._base.close()


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    left = iter(items)
    while batch := list(islice(left, _BATCH)):
        yield batch


def _marks(values: Collection[object]) -> str:
    """Return the marks that stand for values in a query."""
    return ",".join("?" * len(values))


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


def content_hash(path: Path) -> str:
    """Return the hash of a file's content.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def mark_with(scheme: str | None) -> str:
    """Return the program's mark together with the scheme asked for."""
    parts: Sequence[str] = (program_mark(), scheme or "")
    if scheme and scheme.endswith(".toml"):
        parts = (*parts, hashlib.sha256(Path(scheme).read_bytes()).hexdigest())
    return "|".join(parts)
