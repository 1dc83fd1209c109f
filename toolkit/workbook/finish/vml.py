"""Shapes of the drawings older programs read (VML), changed as text: VML is often no well-formed XML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from toolkit.workbook.finish.work import Link, Work, local, relation

_SHAPE = re.compile(rb"<(?P<tag>\w+:shape)\s.*?</(?P=tag)>", re.DOTALL)
_MACRO = re.compile(rb"<(\w+:)?FmlaMacro>.*?</(\w+:)?FmlaMacro>", re.DOTALL)
_LINKED = re.compile(rb"FmlaLink|FmlaRange")
_NUMBER = re.compile(rb"""\bid=["'](?:_x0000_)?s(\d+)["']""")
_KIND = re.compile(rb"""ObjectType=["'](\w+)["']""")
_BUTTONS = ("Button", "Dialog")


def shapes_of(data: bytes) -> Iterator[bytes]:
    """Yield the shapes of a drawing."""
    yield from (found[0] for found in _SHAPE.finditer(data))


def number_of(shape: bytes) -> str:
    """Return the number by which the sheet names a shape, "" where it has none."""
    found = _NUMBER.search(shape)
    return found[1].decode() if found else ""


def only_runs_macros(shape: bytes) -> bool:
    """Tell whether a shape is of no use without its macro."""
    kind = _KIND.search(shape)
    name = kind[1].decode() if kind else ""
    return name in _BUTTONS or bool(_MACRO.search(shape) and name != "Note" and not _LINKED.search(shape))


def is_macro_shape(shape: bytes) -> bool:
    """Tell whether a shape runs a macro, or is a button, which does nothing else."""
    return only_runs_macros(shape) or _MACRO.search(shape) is not None


def without_macro(shape: bytes) -> bytes:
    """Return a shape that runs nothing."""
    return _MACRO.sub(b"", shape)


def change_shapes(work: Work, part: str, link: Link, change: Callable[[bytes], bytes]) -> None:
    """Let every shape of a sheet's drawing be changed or, by a blank result, go; what stays is the same byte for byte.

    Args:
        work: the package.
        part: the sheet.
        link: its relationship to the drawing, which goes with its last shape.
        change: gives a shape anew.
    """
    data = work.read(link.target)
    left = _SHAPE.sub(lambda found: change(found[0]), data)
    if left == data:
        return
    if _SHAPE.search(left):
        work.put(link.target, left)
        return
    root = work.tree(part)
    for node in [node for node in root if local(node).startswith("legacyDrawing") and relation(node) == link.key]:
        root.remove(node)
    work.touch(part)
    work.unlink(part, link.key)
