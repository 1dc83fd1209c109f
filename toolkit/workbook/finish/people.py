"""Personal data in a workbook's properties and comments."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from toolkit.workbook.finish.work import Work, local

WRITER = "作者"
"""Stands for a person in comments."""
CORE = {
    **{"creator": "作者", "lastModifiedBy": "最后保存者", "description": "备注", "keywords": "标记", "category": "类别"},
    **{"contentStatus": "状态", "subject": "主题", "identifier": "标识符"},
}
APP = {"Company": "单位（公司）", "Manager": "经理", "HyperlinkBase": "超链接基础"}
CUSTOM = "custom-properties"
OURS = "selfeval"
"""Name of the property that holds the codes; further forms have a number behind it."""


def strip_people(work: Work) -> Iterator[str]:
    """Take names of people out of properties and comments, and say so line by line."""
    for link in work.links(""):
        words = {"core-properties": CORE, "extended-properties": APP}.get(link.kind)
        if words and work.has(link.target):
            yield from _properties(work, link.target, words)
        elif link.kind == CUSTOM and work.has(link.target):
            yield from _custom(work, link.target)
    authors: dict[str, None] = {}
    for name in work.names:
        folder, _, file = name.rpartition("/")
        if file.startswith("comments") and file.endswith(".xml"):
            authors |= dict.fromkeys(_authors(work, name))
        elif folder.endswith("persons"):
            authors |= dict.fromkeys(_persons(work, name))
    if authors:
        yield f"批注里的人名已改为“{WRITER}”：{'、'.join(authors)}"


def _properties(work: Work, part: str, words: dict[str, str]) -> Iterator[str]:
    root = work.tree(part)
    for node in list(root):
        if local(node) in words and (node.text or "").strip():
            yield f"文件属性“{words[local(node)]}”已清空：{node.text}"
            root.remove(node)
            work.touch(part)


def _custom(work: Work, part: str) -> Iterator[str]:
    root = work.tree(part)
    gone = [node for node in root if not is_ours(node.get("name", ""))]
    for node in gone:
        root.remove(node)
        work.touch(part)
    if gone:
        yield f"自定义文件属性已去掉：{'、'.join(node.get('name', '') for node in gone)}"


def is_ours(name: str) -> bool:
    """Tell whether a custom property is one of the codes."""
    return name.rstrip("0123456789 ") == OURS


def is_person(author: str) -> bool:
    """Tell whether the author of a comment may be a person: not blank, not our word, not the mark of a thread."""
    return bool(author.strip()) and author.strip() != WRITER and not author.startswith("tc={")


def _authors(work: Work, part: str) -> Iterator[str]:
    root = work.tree(part)
    for node in [node for node in root.iter() if local(node) == "author"]:
        name = (node.text or "").strip()
        if not is_person(name):
            continue
        yield name
        node.text = WRITER
        work.touch(part)
        _in_text(root, name)


def _in_text(root: etree._Element, name: str) -> None:
    """Replace the name that Excel puts before the text of a comment."""
    for node in [node for node in root.iter() if local(node) == "t" and node.text]:
        for mark in (":", "："):
            if (node.text or "").startswith(f"{name}{mark}"):
                node.text = f"{WRITER}{(node.text or '')[len(name):]}"


def _persons(work: Work, part: str) -> Iterator[str]:
    root = work.tree(part)
    for node in [node for node in root if local(node) == "person"]:
        name = node.get("displayName", "")
        if is_person(name):
            yield name
            node.set("displayName", WRITER)
            node.set("userId", WRITER)
            node.set("providerId", "None")
            work.touch(part)
