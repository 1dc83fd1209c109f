"""Drawn layouts and published ones as LibreOffice saves them: .xls, .xlsx and .docx hold the same forms."""

from pathlib import Path

import pytest

from tests.intake.foreign.pictures import write_picture
from tests.intake.foreign.reading import fields
from tests.intake.foreign.test_layouts import LEAST_READ, draw_file
from tests.intake.foreign.test_pictures import NUMBERS, PICTURES, compare
from tests.office.bench import Office
from toolkit.intake.foreign import read_foreign

SAVED = {"xls": ".xlsx", "xlsx": ".xlsx", "docx": ".docx"}
"""What is saved, by what it is saved as."""
DRAWN = [picture for picture in PICTURES.values() if not picture.raw and picture.name != NUMBERS]


@pytest.mark.office
@pytest.mark.slow
@pytest.mark.parametrize("kind", SAVED)
def test_published_layouts(tmp_path: Path, office: Office, kind: str) -> None:
    told = {}
    for picture in DRAWN:
        write_picture(picture, tmp_path / f"表{SAVED[kind]}")
        copy = office.resave(tmp_path / f"表{SAVED[kind]}", tmp_path / f"{picture.name}.{kind}")
        told[picture.name] = compare(picture, read_foreign(copy))
    assert told == {picture.name: ({}, []) for picture in DRAWN}


@pytest.mark.office
@pytest.mark.slow
def test_drawn_layouts(tmp_path: Path, office: Office) -> None:
    wrong, read, all_fields = [], 0, 0
    for seed in range(1000, 1024):
        path, layout, made = draw_file(tmp_path, seed)
        kinds = ("xls", "xlsx") if path.suffix == ".xlsx" else ("docx",)
        found = read_foreign(office.resave(path, tmp_path / f"{seed} 另存.{kinds[seed % len(kinds)]}"))
        assert len(found.forms) == len(made), path.name
        for form, each in zip(found.forms, made, strict=True):
            got, want = dict(fields(form)), dict(layout.expected(each))
            wrong += [f"{path.name} {name}" for name, text in got.items() if text and text != want.get(name, "")]
            read += sum(got.get(name) == text for name, text in want.items() if text)
            all_fields += sum(bool(text) for text in want.values())
    assert wrong == []
    assert read >= LEAST_READ * all_fields
    assert all_fields > 2500
