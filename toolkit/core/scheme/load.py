"""Reading schemes from TOML, with inheritance and with errors that name file, key and what is allowed."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from toolkit.core.scheme.build import build_scheme
from toolkit.core.scheme.fields import SchemeError, check_table
from toolkit.core.scheme.model import Scheme

FOLDER_VARIABLE = "SELFEVAL_SCHEMES"
"""Environment variable naming a folder with further scheme files (*.toml)."""

Table = dict[str, Any]


def load_schemes(folder: Path | None = None) -> dict[str, Scheme]:
    """Load the built-in schemes and those in ``folder`` (default: the folder named by SELFEVAL_SCHEMES).

    Returns:
        Schemes by id, built-in ones first. A scheme from the folder replaces a built-in one of the same id.

    Raises:
        SchemeError: a file is not valid TOML or breaks the rules of scheme files; the message names file and key.
    """
    named = os.environ.get(FOLDER_VARIABLE)
    outside = folder or (Path(named) if named else None)
    if outside is None:
        return dict(_built_in())
    return _build_all(_tables() | _read_folder(outside))


def load_scheme(path: Path) -> Scheme:
    """Load one scheme file from outside the package; it may extend any built-in scheme.

    Raises:
        SchemeError: the file cannot be read or breaks the rules of scheme files.
    """
    return scheme_of_table(*_parse(path))


def scheme_of_table(name: str, table: Mapping[str, Any]) -> Scheme:
    """Build a scheme from what a scheme file of this name would say; it may extend any built-in scheme.

    Raises:
        SchemeError: it breaks the rules of scheme files.
    """
    own = dict(table)
    identity = _identity(name, own)
    return build_scheme(name, _resolved(identity, _tables() | {identity: (name, own)}))


def built_in_schemes() -> Mapping[str, Scheme]:
    """Return the schemes of the package by id; only these may be extended by a file from outside."""
    return _built_in()


@cache
def _built_in() -> Mapping[str, Scheme]:
    return _build_all(_tables())


@cache
def _tables() -> dict[str, tuple[str, Table]]:
    found = sorted(files("toolkit").joinpath("schemes").iterdir(), key=lambda item: item.name)
    return _by_id([_parse(item) for item in found if item.name.endswith(".toml")])


def _read_folder(folder: Path) -> dict[str, tuple[str, Table]]:
    if not folder.is_dir():
        raise SchemeError(str(folder), "", f"环境变量 {FOLDER_VARIABLE} 指的文件夹不存在，请改正或去掉该变量")
    return _by_id([_parse(path) for path in sorted(folder.glob("*.toml"))])


def _parse(file: Path | Traversable) -> tuple[str, Table]:
    name = file.name
    try:
        return name, tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SchemeError(name, "", f"不是有效的 TOML：{error}") from error
    except OSError as error:
        raise SchemeError(name, "", f"读不了这个文件：{error.strerror}") from error


def _by_id(parsed: list[tuple[str, Table]]) -> dict[str, tuple[str, Table]]:
    return {_identity(name, table): (name, table) for name, table in parsed}


def _identity(name: str, table: Table) -> str:
    identity = table.get("id")
    if not isinstance(identity, str) or not identity:
        raise SchemeError(name, "id", '必须写出标准的编号，例如 id = "shenzhen-2021"')
    return identity


def _build_all(tables: Mapping[str, tuple[str, Table]]) -> dict[str, Scheme]:
    return {identity: build_scheme(name, _resolved(identity, tables)) for identity, (name, _) in tables.items()}


def _resolved(identity: str, tables: Mapping[str, tuple[str, Table]], heirs: tuple[str, ...] = ()) -> Table:
    name, table = tables[identity]
    check_table(name, table)
    parent = table.get("extends")
    if parent is None:
        return table
    if parent in heirs or parent == identity:
        raise SchemeError(name, "extends", f"继承成环：{' → '.join((*heirs, identity, str(parent)))}")
    if parent not in tables:
        raise SchemeError(name, "extends", f"没有编号为“{parent}”的标准，可用的有：{'、'.join(sorted(tables))}")
    return _merge(_resolved(str(parent), tables, (*heirs, identity)), table)


def _merge(base: Table, over: Table) -> Table:
    merged = dict(base)
    for key, value in over.items():
        inner = merged.get(key)
        # 分值表 is replaced as a whole: a daughter with other 一级指标 must not keep the mother's.
        if (
            key not in ("sections", "headings", "fund_headings", "labels")
            and isinstance(value, dict)
            and isinstance(inner, dict)
        ):
            merged[key] = _merge(inner, value)
        else:
            merged[key] = value
    return merged
