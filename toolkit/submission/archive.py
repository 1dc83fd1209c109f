"""归档清单: every file with its SHA-256 and 校验码, so that years later one can tell whether it is still the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from toolkit.submission.model import Submission
from toolkit.submission.place import sha256


def archive_text(submission: Submission, folder: Path, codes: Mapping[str, Sequence[str]], remarks: Sequence[str]) -> str:
    """Return the list of what lies in a folder.

    Args:
        submission: what was handed over.
        folder: holds the files, this list not yet among them.
        codes: 校验码 by file name.
        remarks: what was taken out of the workbooks, a line each.
    """
    return "\n".join(_lines(submission, folder, codes, remarks)) + "\n"


def _lines(submission: Submission, folder: Path, codes: Mapping[str, Sequence[str]], remarks: Sequence[str]) -> Iterator[str]:
    day = submission.day
    yield f"归档清单　{submission.year} 年度 {submission.unit} {submission.title}　第 {submission.draft} 稿　{day.year} 年 {day.month} 月 {day.day} 日"
    yield ""
    yield "文件、SHA-256、校验码（校验码证明内容没有改动，不证明由谁填写）"
    for number, path in enumerate(sorted(each for each in folder.rglob("*") if each.is_file()), 1):
        name = path.relative_to(folder).as_posix()
        yield f"{number}. {name}"
        yield f"　　SHA-256 {sha256(path)}"
        if codes.get(name):
            yield f"　　校验码 {'、'.join(codes[name])}"
    if remarks:
        yield ""
        yield "定稿时从工作簿里删去的"
        yield from (f"　　{remark}" for remark in remarks)
    yield ""
    yield "签字：　　　　　　　　日期：　　　　　　　　盖章扫描件放入日期：　　　　　　　　归档位置：　　　　　　　　"
