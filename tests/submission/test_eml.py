"""The draft of a mail, read by Python's own parser."""

from __future__ import annotations

import email
import email.policy
import re
from email.header import decode_header, make_header
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from toolkit.submission.eml import draft_mail, encoded_words

SUBJECT = "【绩效自评报送】××县社会保险基金管理局 2024 年度项目支出绩效自评材料（5 个项目，第 1 稿）"
NAMES = ["01_项目支出绩效自评结果汇总表.xlsx", f"02_{'长' * 60}_自评表.xlsx", "a b'c\"%;=（1）𠮷.docx", "报告.pdf"]


def parsed(data: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def files(folder: Path) -> list[Path]:
    for place, name in enumerate(NAMES):
        (folder / name).write_bytes(bytes(range(256)) * (place + 1))
    return [folder / name for name in NAMES]


def test_python_shows_subject_text_and_chinese_names(tmp_path: Path) -> None:
    text = "市财政局：\n\n一、基本情况。\n" + "长" * 2000 + "\n"
    mail = parsed(draft_mail(SUBJECT, text, files(tmp_path)))
    assert (mail["Subject"], mail["X-Unsent"], list(mail.defects)) == (SUBJECT, "1", [])
    body = mail.get_body()
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == text
    assert [part.get_filename() for part in mail.iter_attachments()] == NAMES
    assert [part.get_content() for part in mail.iter_attachments()] == [path.read_bytes() for path in files(tmp_path)]
    assert [list(part.defects) for part in mail.walk()] == [[]] * (2 + len(NAMES))


def test_each_name_stands_in_both_forms(tmp_path: Path) -> None:
    data = draft_mail(SUBJECT, "正文\n", files(tmp_path))
    old = email.message_from_bytes(data)
    parts = [part for part in old.walk() if part.get_content_disposition() == "attachment"]
    names = [str(make_header(decode_header(re.sub(r"\r\n ", "", str(part.get_param("name")))))) for part in parts]
    assert names == NAMES
    assert [("filename*" in part["Content-Disposition"]) for part in parts] == [True] * len(NAMES)


def test_lines_are_short_ascii_and_the_same_every_time(tmp_path: Path) -> None:
    data = draft_mail(SUBJECT, "正文\n", files(tmp_path))
    assert data == draft_mail(SUBJECT, "正文\n", files(tmp_path))
    assert data.isascii() and b"\n" not in data.replace(b"\r\n", b"")
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 90
    assert max(len(line) for line in lines if b"=?UTF-8?B?" in line) <= 76


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=120))
def test_any_text_survives_as_encoded_words(text: str) -> None:
    words = encoded_words(text)
    assert all(len(word) <= 75 for word in words.split("\r\n "))
    assert str(make_header(decode_header(words.replace("\r\n ", "")))) == text
