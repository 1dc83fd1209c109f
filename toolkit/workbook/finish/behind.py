"""Data that lies behind what a sheet shows: caches of pivot tables, slicers, embedded objects, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from toolkit.workbook.finish.controls import take_out
from toolkit.workbook.finish.strip import remove_rule
from toolkit.workbook.finish.vml import change_shapes, number_of, shapes_of
from toolkit.workbook.finish.work import Link, Work, local, outside_cells, relation, unset
from toolkit.workbook.strings import namespace_of

_CACHE = "pivotCacheDefinition"
_SLICERS = ("slicer", "timeline")
_CHOICES = ("slicerCache", "timelineCache")
_FRAMES = ("slicer", "timeslicer")
_CALLED = {"slicer": "切片器", "timeline": "日程表"}
_MODEL = "powerPivotData"
_OBJECTS = ("oleObject", "package")
_SIGNATURE = "origin"
_CHARTS = ("xl/charts/chart", "xl/charts/chartEx", "xl/chartsheets/")
_PICTURE = re.compile(rb"""<\w+:imagedata\b[^>]*?\bo:relid=["']([^"']+)["']""")


def strip_behind(work: Work) -> Iterator[str]:
    """Take out what holds more than a sheet shows, and say so line by line."""
    yield from _pivots(work)
    for sheet, part, _ in list(work.sheets()):
        yield from _objects(work, sheet, part)
    for key in [link.key for link in work.links("") if link.kind == _SIGNATURE]:
        work.unlink("", key)
        yield "数字签名已去掉：文件改动后签名不再有效，需要的请在报送前重新签"


def behind(work: Work) -> Iterator[tuple[str, str]]:
    """Yield what :func:`strip_behind` would take out: a Chinese word for it, and where it is."""
    for link in work.links(work.main):
        if link.kind == _CACHE and work.has(link.target):
            if not _source_stays(work, link.target):
                yield "数据透视表里看不到的数据", link.target
            if work.tree(link.target).get("refreshedBy"):
                yield "数据透视表的刷新人", work.tree(link.target).get("refreshedBy", "")
        elif link.kind == _MODEL:
            yield "数据模型（Power Pivot）", link.target
    for sheet, part, _ in work.sheets():
        yield from (("嵌入的对象", f"{sheet}：{name}") for name in _programs(_embedded(work, part)))
    for name in work.names:
        if name.startswith(_CHARTS):
            yield from (("图表自带的工作簿", link.target) for link in work.links(name) if link.kind == "package")
    yield from (("数字签名", link.target) for link in work.links("") if link.kind == _SIGNATURE)


def _pivots(work: Work) -> Iterator[str]:
    """Let pivot tables become the values they show where their data come from outside or from a sheet that is gone."""
    doomed: set[str] = set()
    keys: set[str] = set()
    for link in list(work.links(work.main)):
        if link.kind == _MODEL:
            keys.add(link.key)
        if link.kind != _CACHE or not work.has(link.target):
            continue
        root = work.tree(link.target)
        if not _source_stays(work, link.target):
            doomed.add(link.target)
            keys.add(link.key)
        elif who := root.get("refreshedBy"):
            unset(root, "refreshedBy")
            work.touch(link.target)
            yield f"数据透视表的“刷新人”已清空：{who}"
    tables: set[str] = set()
    for sheet, part, _ in list(work.sheets()):
        gone = [link for link in work.links(part) if link.kind == "pivotTable" and _reads(work, link, doomed)]
        if gone:
            tables |= {work.tree(link.target).get("name", "") for link in gone}
            work.unlink(part, *(link.key for link in gone))
            yield f"工作表“{sheet}”的 {len(gone)} 个数据透视表已改为数值：它的数据不在可见的工作表里"
    if any(link.kind == _MODEL for link in work.links(work.main)):
        yield "数据模型（Power Pivot）已去掉"
    yield from _slicers(work, tables)
    _unlist(work, work.main, keys)


def _source_stays(work: Work, part: str) -> bool:
    """Tell whether a cache's data stand on a sheet of the workbook that everybody sees."""
    source = next((node for node in work.tree(part).iter() if local(node) == "worksheetSource"), None)
    if source is None or relation(source):
        return False
    seen = {name for name, _, node in work.sheets() if node.get("state", "visible") == "visible"}
    if source.get("sheet"):
        return source.get("sheet") in seen
    root = work.tree(work.main)
    space = namespace_of(root)
    names = {node.get("name", "").lower() for node in root.iterfind(f"{space}definedNames/{space}definedName")}
    tables = (link.target for _, sheet, _ in work.sheets() for link in work.links(sheet) if link.kind == "table")
    names |= {work.tree(table).get("displayName", "").lower() for table in tables}
    return source.get("name", "").lower() in names


def _reads(work: Work, table: Link, caches: set[str]) -> bool:
    return any(link.target in caches for link in work.links(table.target))


def _slicers(work: Work, tables: set[str]) -> Iterator[str]:
    """Take out the slicers that choose from pivot tables which are values now."""
    gone: dict[str, str] = {}
    for link in work.links(work.main):
        if link.kind in _CHOICES:
            root = work.tree(link.target)
            if any(local(node) == "pivotTable" and node.get("name") in tables for node in root.iter()):
                gone[root.get("name", "")] = link.key
    counts = dict.fromkeys(_SLICERS, 0)
    for _, part, _ in list(work.sheets()):
        for link in [link for link in work.links(part) if link.kind in _SLICERS]:
            root = work.tree(link.target)
            lost = [node for node in root if node.get("cache") in gone]
            _shapes(work, part, {node.get("name", "") for node in lost})
            for node in lost:
                root.remove(node)
                work.touch(link.target)
            counts[link.kind] += len(lost)
            if lost and not len(root):
                _unlist(work, part, {link.key})
    if gone:
        _unlist(work, work.main, set(gone.values()))
        names = work.tree(work.main)
        for node in [node for node in names.iter() if local(node) == "definedName" and node.get("name") in gone]:
            remove_rule(node)
        yield f"随数据透视表去掉了{'、'.join(f' {count} 个{_CALLED[kind]}' for kind, count in counts.items() if count)}"


def _shapes(work: Work, part: str, slicers: set[str]) -> None:
    """Take the frames of slicers off the sheet."""
    for link in [link for link in work.links(part) if link.kind == "drawing"]:
        root = work.tree(link.target)
        for anchor in list(root):
            if any(local(node) in _FRAMES and node.get("name") in slicers for node in anchor.iter()):
                root.remove(anchor)
                work.touch(link.target)


def _unlist(work: Work, part: str, keys: set[str]) -> None:
    """Remove relationships of a part with the elements that name them."""
    if not keys:
        return
    model = any(link.kind == _MODEL and link.key in keys for link in work.links(part))
    for node in list(outside_cells(work.tree(part))):
        if relation(node) in keys or (model and local(node) == "dataModel"):
            remove_rule(node)
            work.touch(part)
    work.unlink(part, *keys)


def _embedded(work: Work, part: str) -> list[etree._Element]:
    """Return the objects of a sheet, each with the copy that older programs read."""
    if not any(link.kind in _OBJECTS for link in work.links(part)):
        return []
    return list(outside_cells(work.tree(part), "oleObject"))


def _programs(objects: list[etree._Element]) -> list[str]:
    """Return the program of every object, one for each that is seen."""
    named = {node.get("shapeId", ""): node.get("progId", "") or "对象" for node in objects}
    return list(named.values())


def _objects(work: Work, sheet: str, part: str) -> Iterator[str]:
    """Take embedded objects out: each is a whole file, of which the sheet shows a picture."""
    objects = _embedded(work, part)
    if not objects:
        return
    told = _programs(objects)
    numbers = {node.get("shapeId", "") for node in objects}
    keys = {relation(child) for node in objects for child in node.iter()} - {""}
    for node in objects:
        take_out(node)
    work.touch(part)
    for link in [link for link in work.links(part) if link.kind == "vmlDrawing" and work.has(link.target)]:
        _pictures(work, link.target, numbers)
        change_shapes(work, part, link, lambda shape: b"" if number_of(shape) in numbers else shape)
    work.unlink(part, *keys)
    yield f"工作表“{sheet}”嵌入的 {len(told)} 个对象（{'、'.join(told)}）已去掉：里面是整份文件，需要报送的请另作附件"


def _pictures(work: Work, part: str, numbers: set[str]) -> None:
    """Take out the pictures that no other shape shows."""
    shown: dict[bool, set[str]] = {True: set(), False: set()}
    for shape in shapes_of(work.read(part)):
        shown[number_of(shape) in numbers] |= {found.decode() for found in _PICTURE.findall(shape)}
    if keys := shown[True] - shown[False]:
        work.unlink(part, *keys)
