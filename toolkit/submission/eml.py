"""The mail as a draft that a mail program opens ready to send: the same bytes for the same content, never sent by us.

Attachment names stand in it twice: ``filename*`` after RFC 2231, which current programs read, and ``name`` as encoded
words after RFC 2047, which Foxmail and older Outlook read.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

_LINE = 76
_WORD_BYTES = 39
"""Bytes of UTF-8 in one encoded word: a line with it, the header's name before it, stays below 76 characters."""
_PIECE = 60
"""Characters of one piece of a parameter after RFC 2231."""
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pdf": "application/pdf",
    ".txt": "text/plain",
}


def draft_mail(subject: str, text: str, attached: Sequence[Path]) -> bytes:
    """Return the draft of a mail.

    Args:
        subject: in one line.
        text: the body, lines divided by line feeds.
        attached: the files that go with it, in order.
    """
    parts = [_text_part(text), *(_file_part(path) for path in attached)]
    boundary = f"=_{hashlib.sha256(b''.join(parts)).hexdigest()[:32]}"
    head = [
        "X-Unsent: 1",
        "MIME-Version: 1.0",
        f"Subject: {encoded_words(subject)}",
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
    ]
    divider = f"--{boundary}\r\n".encode()
    body = b"".join(divider + part + b"\r\n" for part in parts)
    return "\r\n".join([*head, "", ""]).encode("ascii") + body + f"--{boundary}--\r\n".encode()


def encoded_words(text: str) -> str:
    """Return a text as encoded words after RFC 2047, one a line; no character is divided between two."""
    words = (base64.b64encode(piece.encode()).decode("ascii") for piece in _pieces(text, _WORD_BYTES))
    return "\r\n ".join(f"=?UTF-8?B?{word}?=" for word in words)


def _pieces(text: str, most: int) -> Iterator[str]:
    piece = ""
    for character in text:
        if len((piece + character).encode()) > most:
            yield piece
            piece = ""
        piece += character
    yield piece


def _text_part(text: str) -> bytes:
    head = 'Content-Type: text/plain; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    return head.encode("ascii") + _base64(text.replace("\n", "\r\n").encode())


def _file_part(path: Path) -> bytes:
    kind = _TYPES.get(path.suffix.lower(), "application/octet-stream")
    head = [
        f'Content-Type: {kind};\r\n name="{encoded_words(path.name)}"',
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment;\r\n " + ";\r\n ".join(_parameter(path.name)),
        "",
        "",
    ]
    return "\r\n".join(head).encode("ascii") + _base64(path.read_bytes())


def _parameter(name: str) -> Iterator[str]:
    """Yield the pieces of ``filename*``; a long name is divided between characters."""
    whole = f"UTF-8''{quote(name, safe='')}"
    if len(whole) <= _PIECE:
        yield f"filename*={whole}"
        return
    lead, piece, place = "UTF-8''", "", 0
    for character in name:
        encoded = quote(character, safe="")
        if len(lead + piece + encoded) > _PIECE:
            yield f"filename*{place}*={lead}{piece}"
            lead, piece, place = "", "", place + 1
        piece += encoded
    yield f"filename*{place}*={lead}{piece}"


def _base64(data: bytes) -> bytes:
    text = base64.b64encode(data)
    return b"\r\n".join(text[start : start + _LINE] for start in range(0, len(text), _LINE)) + b"\r\n"
