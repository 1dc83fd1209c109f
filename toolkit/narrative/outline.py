"""Outlines of reports as data: chapters, sentence patterns, tables; with errors that name file, key and remedy."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from toolkit.problem import Problem

FOLDER_VARIABLE = "SELFEVAL_OUTLINES"
"""Environment variable naming a folder with further outlines (*.toml)."""
LEVELS = 5

Table = dict[str, Any]


class OutlineError(Problem):
    """An outline breaks a rule; the text is one Chinese sentence naming file, key and remedy."""

    def __init__(self, file: str, key: str, remedy: str) -> None:
        """Say what is wrong where."""
        super().__init__(file, f"（报告提纲）的 {key} 有误" if key else "（报告提纲）用不了", remedy)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence.

    Attributes:
        variants: wordings of equal standing; a project always gets the same one.
        otherwise: wordings used where a fact that ``variants`` print is missing.
        when: a condition; where it does not hold the sentence is not due.
        tick: the compliance statement that must be ticked 是, "" for a sentence that states none.
    """

    variants: tuple[str, ...]
    otherwise: tuple[str, ...] = ()
    when: str = ""
    tick: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it disappears where nothing stands below it, chapters excepted.

    Attributes:
        inline: it begins the paragraph below instead of standing alone.
        blank: what a chapter says that has nothing to say, "" for a text to be completed.
    """

    key: str
    level: int
    text: str
    inline: bool = False
    when: str = ""
    blank: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of sentences.

    Attributes:
        each: a list; the paragraph is written once for each 项 of it.
        pending: a starting text that only the officer can complete.
    """

    key: str
    sentences: tuple[Sentence, ...]
    when: str = ""
    each: str = ""
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        each: the list that gives the rows, each called 项.
        row: one pattern for each column.
        last: a closing row, empty where there is none.
        within: part of an indicator's name; the table then stands below that leaf of the tree, else at its own place.
    """

    key: str
    caption: str
    head: tuple[str, ...]
    row: tuple[str, ...]
    each: str
    last: tuple[str, ...] = ()
    when: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
    """The indicator tree: a heading for each level, and for each leaf its sentences.

    Attributes:
        level: level of the headings of the 一级指标.
        each: the list of 一级指标.
        heads: patterns of the headings from 一级指标 down; the last one serves all deeper levels.
    """

    key: str
    level: int
    each: str
    heads: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    when: str = ""


Part = Heading | Paragraph | Grid | Tree


@dataclass(frozen=True, slots=True)
class Outline:
    """An outline.

    Attributes:
        title: pattern of the report's title.
        cover: patterns of the lines on the cover.
        numbering: how headings are numbered, by level: 一、（一）1.（1）①.
    """

    id: str
    name: str
    source: str
    title: str
    cover: tuple[str, ...]
    numbering: tuple[str, ...]
    parts: tuple[Part, ...]
    file: str


_TOP = {"id": str, "name": str, "source": str, "title": str, "cover": list, "numbering": list, "part": list}
_SENTENCE = {"any": list, "otherwise": list, "when": str, "tick": str}
_KINDS: Mapping[str, tuple[type, Mapping[str, type]]] = {
    "heading": (Heading, {"heading": int, "text": str, "key": str, "inline": bool, "when": str, "blank": str}),
    "sentences": (Paragraph, {"key": str, "sentences": list, "when": str, "each": str, "pending": bool}),
    "head": (Grid, {"key": str, "caption": str, "head": list, "row": list, "last": list, "each": str, "when": str, "within": str}),
    "tree": (Tree, {"key": str, "tree": int, "each": str, "heads": list, "leaf": list, "when": str}),
}
"""Kinds of parts by the key that tells them, with the keys each may have."""
_NEEDED = {
    "heading": ("text",),
    "sentences": ("key",),
    "head": ("key", "row", "each"),
    "tree": ("key", "each", "heads", "leaf"),
}


def load_outlines(folder: Path | None = None) -> Mapping[str, Outline]:
    """Load the built-in outlines and those in ``folder`` (default: the folder named by SELFEVAL_OUTLINES).

    Raises:
        OutlineError: a file is not valid TOML or breaks the rules of outlines.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    outside = folder or (Path(named) if named else None)
    if outside is None:
        return _built_in()
    if not outside.is_dir():
        raise OutlineError(str(outside), "", f"环境变量 {FOLDER_VARIABLE} 指的文件夹不存在，请改正或去掉该变量")
    found = [_read(path) for path in sorted(outside.glob("*.toml"))]
    return {**_built_in(), **{outline.id: outline for outline in found}}


def find_outline(identity: str) -> Outline:
    """Return an outline by its id.

    Raises:
        OutlineError: there is none of this id.
    """
    outlines = load_outlines()
    if identity not in outlines:
        raise OutlineError(identity, "", f"没有这个提纲，可用的有：{'、'.join(sorted(outlines))}；请改正评分标准的 report.outline")
    return outlines[identity]


@cache
def _built_in() -> Mapping[str, Outline]:
    folder = files("toolkit.narrative").joinpath("outlines")
    names = sorted((item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name)
    return {outline.id: outline for outline in map(_read, names)}


def _read(file: Path | Traversable) -> Outline:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OutlineError(file.name, "", f"不是有效的 TOML：{error}") from error
    except OSError as error:
        raise OutlineError(file.name, "", f"读不了这个文件：{error.strerror}") from error
    return _Builder(file.name).outline(table)


class _Builder:
    """Builds an outline from a parsed file, checking every key."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._keys: set[str] = set()

    def outline(self, table: Table) -> Outline:
        """Build it."""
        self._check(table, _TOP, "", tuple(_TOP))
        numbering = self._texts(table, "numbering", "")
        if len(numbering) < LEVELS:
            raise self._wrong("numbering", f"应写出 {LEVELS} 级，例如 [\"一、\", \"（一）\", \"1.\", \"（1）\", \"①\"]")
        parts = tuple(self._part(row, f"part[{place}]") for place, row in enumerate(table["part"], 1))
        return Outline(
            id=table["id"],
            name=table["name"],
            source=table["source"],
            title=table["title"],
            cover=self._texts(table, "cover", ""),
            numbering=numbering,
            parts=parts,
            file=self._file,
        )

    def _part(self, row: Any, where: str) -> Part:
        kind = next((name for name in _KINDS if isinstance(row, dict) and name in row), None)
        if kind is None:
            raise self._wrong(where, f"看不出是什么，应有 {'、'.join(_KINDS)} 之一")
        where = f"{where}（{row.get('key') or row.get('text') or row.get('caption', '')}）"
        self._check(row, _KINDS[kind][1], where, _NEEDED[kind])
        key = self._key(row, where)
        if kind == "heading":
            return self._heading(row, key, where)
        if kind == "sentences":
            sentences = tuple(self._sentences(row, "sentences", where))
            return Paragraph(key, sentences, row.get("when", ""), row.get("each", ""), row.get("pending", False))
        if kind == "head":
            return self._grid(row, key, where)
        heads, leaf = self._texts(row, "heads", where), tuple(self._sentences(row, "leaf", where))
        return Tree(key, self._level(row["tree"], where), row["each"], heads, leaf, row.get("when", ""))

    def _heading(self, row: Table, key: str, where: str) -> Heading:
        level = self._level(row["heading"], where)
        return Heading(key, level, row["text"], row.get("inline", False), row.get("when", ""), row.get("blank", ""))

    def _grid(self, row: Table, key: str, where: str) -> Grid:
        head, cells = self._texts(row, "head", where), self._texts(row, "row", where)
        last = self._texts(row, "last", where) if "last" in row else ()
        if len(cells) != len(head) or (last and len(last) != len(head)):
            raise self._wrong(f"{where}.row", f"应与 head 一样有 {len(head)} 栏")
        return Grid(key, row.get("caption", ""), head, cells, row["each"], last, row.get("when", ""), row.get("within", ""))

    def _level(self, level: int, where: str) -> int:
        if not 1 <= level <= LEVELS:
            raise self._wrong(where, f"标题级别应为 1 至 {LEVELS}")
        return level

    def _key(self, row: Table, where: str) -> str:
        key = row.get("key") or f"标题·{row['text']}"
        if key in self._keys:
            raise self._wrong(where, f"key “{key}”用了两次，每一段应有自己的 key")
        self._keys.add(key)
        return str(key)

    def _sentences(self, row: Table, name: str, where: str) -> Iterator[Sentence]:
        for place, item in enumerate(row[name], 1):
            at = f"{where}.{name}[{place}]"
            if isinstance(item, str):
                yield Sentence((item,))
            elif isinstance(item, list) and item and all(isinstance(text, str) for text in item):
                yield Sentence(tuple(item))
            elif isinstance(item, dict):
                self._check(item, _SENTENCE, at, ("any",))
                other = self._texts(item, "otherwise", at) if "otherwise" in item else ()
                yield Sentence(self._texts(item, "any", at), other, item.get("when", ""), item.get("tick", ""))
            else:
                raise self._wrong(at, "应为一句话、几种写法的列表，或 { any = [...], when = \"...\" }")

    def _texts(self, row: Table, name: str, where: str) -> tuple[str, ...]:
        value = row[name]
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self._wrong(f"{where}.{name}".lstrip("."), "应为文字的列表")
        return tuple(value)

    def _check(self, table: Table, allowed: Mapping[str, type], where: str, needed: tuple[str, ...]) -> None:
        for key, value in table.items():
            at = f"{where}.{key}".lstrip(".")
            if key not in allowed:
                raise self._wrong(at, f"没有这个设置，这里可以写的有：{'、'.join(allowed)}")
            if not isinstance(value, allowed[key]):
                raise self._wrong(at, f"写的是 {value!r}，应为{_TYPES[allowed[key]]}")
        missing = [key for key in needed if key not in table]
        if missing:
            raise self._wrong(f"{where}.{missing[0]}".lstrip("."), "没有写，必须写出")

    def _wrong(self, key: str, remedy: str) -> OutlineError:
        return OutlineError(self._file, key, remedy)


_TYPES = {str: "文字", list: "列表 [...]", bool: " true 或 false", int: "整数"}
