"""vbaProject.bin: built from text, read back strictly and by readers that nobody here wrote."""

from __future__ import annotations

import re
from pathlib import Path

import olefile
import pytest
import xlwings
from hypothesis import given
from hypothesis import strategies as st

from tests.addin.files import MACROS, VBA_Parser, decompress_stream, parts, stored
from tests.addin.strict import decompress, read_project, revealed
from toolkit.addin.build import IN_ADDIN
from toolkit.addin.compression import compress
from toolkit.addin.module import Kind, Module, document_modules, read_module
from toolkit.addin.project import NAME, build_project

SOURCES = sorted(MACROS.glob("*.bas"))
LINES = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=120)


@given(st.lists(st.sampled_from(["Public Sub Press()", "End Sub", "x", ""]) | LINES, max_size=400))
def test_what_is_compressed_comes_back(lines: list[str]) -> None:
    data = "".join(line + "\r\n" for line in lines).encode() + b"\r\n"
    packed = compress(data)
    assert decompress(packed) == data
    assert bytes(decompress_stream(bytearray(packed))) == data


@pytest.mark.parametrize("size", [1, 3, 4095, 4096, 4097, 8192, 70_000])
def test_text_of_any_length_comes_back(size: int) -> None:
    data = (b"".join(path.read_bytes() for path in SOURCES) * 20)[:size]
    assert decompress(compress(data)) == data == bytes(decompress_stream(bytearray(compress(data))))
    assert len(compress(data)) <= size + 4


def test_bytes_without_any_repetition_are_stored_as_they_are() -> None:
    # Every three bytes differ from all others: nothing can be copied, so the chunk stays raw.
    chunk = b"".join(bytes((number >> 6, number & 63 | 64, 128 | number >> 3 & 127)) for number in range(1366))[:4096]
    assert decompress(compress(chunk)) == chunk
    with pytest.raises(ValueError, match="cannot be compressed"):
        compress(chunk[:4090])


@pytest.mark.parametrize("sheets", [1, 7, 60])
def test_a_project_reads_back_as_its_sources(sheets: int) -> None:
    modules = [*document_modules(sheets), *map(read_module, SOURCES)]
    project = read_project(build_project(modules))
    assert project.name == NAME
    assert project.documents == {each.name: each.kind is not Kind.STANDARD for each in modules}
    assert project.sources == {each.name: each.source for each in modules}
    assert {path.stem: stored(path) for path in SOURCES}.items() <= project.sources.items()


def test_a_long_module_takes_a_chain_of_sectors_of_its_own() -> None:
    body = "".join(f"Public Sub P{number}(): x{number * 7919} = {number ** 5}: End Sub\n" for number in range(2000))
    modules = [*document_modules(1), Module("Long", Kind.STANDARD, body)]
    assert read_project(build_project(modules)).sources["Long"] == modules[-1].source


def test_olevba_reads_the_sources_of_the_built_addin() -> None:
    found = {}
    parser = VBA_Parser(str(MACROS / "selfeval.xlam"))
    for _, _, name, code in parser.extract_all_macros():
        found[name.rpartition(".")[0]] = code.replace("\r\n", "\n")
    parser.close()
    assert {name: found[name] for name in IN_ADDIN} == {
        name: (MACROS / f"{name}.bas").read_text(encoding="ascii") for name in IN_ADDIN
    }
    assert set(found) == {*IN_ADDIN, "ThisWorkbook", "Sheet1"}


def test_the_built_addin_holds_a_sound_project() -> None:
    project = read_project(parts(MACROS / "selfeval.xlam")["xl/vbaProject.bin"])
    assert {name: project.sources[name] for name in IN_ADDIN} == {name: stored(MACROS / f"{name}.bas") for name in IN_ADDIN}


@pytest.mark.parametrize(
    ("name", "body", "says"),
    [
        ("Module1", "' 中文", "outside ASCII"),
        ("Module1", "x" * 1024, "more than 1023"),
        ("模块", "", "not the name"),
        ("M" * 32, "", "not the name"),
    ],
)
def test_what_a_project_cannot_hold_is_refused(name: str, body: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Module(name, Kind.STANDARD, body)


def test_two_modules_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same name"):
        build_project([*document_modules(1), Module("SHEET1", Kind.STANDARD)])


def test_a_file_that_is_not_named_after_its_module_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "Other.bas"
    wrong.write_bytes((MACROS / "SelfevalBridge.bas").read_bytes())
    with pytest.raises(ValueError, match=r"Other\.bas must begin with"):
        read_module(wrong)


def test_projects_that_office_programs_wrote_are_read_alike() -> None:
    # Not ours and not source-only: what the strict reader takes for right is what others write.
    for name in ("quickstart.xlsm", "quickstart_addin_ribbon.xlam"):
        ole = olefile.OleFileIO(parts(Path(xlwings.__file__).with_name(name))["xl/vbaProject.bin"])
        packed = ole.openstream("VBA/dir").read()
        assert decompress(packed) == bytes(decompress_stream(bytearray(packed)))
        settings = ole.openstream("PROJECT").read().decode("cp1252")
        states = [re.search(rf'^{key}="(.*?)"', settings, re.MULTILINE) for key in ("ID", "CMG", "DPB", "GC")]
        identifier, *obscured = [state[1] for state in states if state]
        assert [revealed(each, identifier) for each in obscured] == [bytes(4), b"\0", b"\xff"]
