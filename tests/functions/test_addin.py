"""The add-in of the functions: built from its sources, pinned, and with nothing in it that a workbook could turn."""

from __future__ import annotations

import re
import shutil
from importlib.metadata import distribution, version
from pathlib import Path

import pytest
from lxml import etree

from tests.addin.files import MACROS, VBA_Parser, parts, procedures, stored
from tests.addin.strict import read_project
from toolkit.functions import wrapper
from toolkit.functions.__main__ import MODULE
from toolkit.functions.build import OWN, SHARED, WRITTEN_BY_HAND, build
from toolkit.functions.carried import ADDIN, CARRIED, functions_addin
from toolkit.functions.catalogue import CATEGORY, FUNCTIONS, PREFIX
from toolkit.functions.library import KEPT, library_module
from toolkit.functions.wrapper import PINNED, UnpinnedError

FUNCTIONS_TEXT = MACROS / OWN
XLWINGS = Path(str(distribution("xlwings").locate_file("xlwings"))) / "xlwings_custom_addin.bas"


def modules() -> dict[str, str]:
    """Return the text of every standard module of the committed add-in."""
    project = read_project(parts(MACROS / ADDIN)["xl/vbaProject.bin"])
    return {name: source for name, source in project.sources.items() if not project.documents.get(name)}


def test_what_is_built_again_is_what_is_committed(tmp_path: Path) -> None:
    shutil.copytree(MACROS, tmp_path, dirs_exist_ok=True)
    generated = {path.name for path in FUNCTIONS_TEXT.iterdir()} - {f"{name}.bas" for name in WRITTEN_BY_HAND}
    for name in generated:
        (tmp_path / OWN / name).unlink()
    build(tmp_path, tmp_path / "built")
    again = {path.name: path.read_bytes() for path in (tmp_path / OWN).iterdir()}
    assert again == {path.name: path.read_bytes() for path in FUNCTIONS_TEXT.iterdir()}, "run make build"
    assert (tmp_path / ADDIN).read_bytes() == (MACROS / ADDIN).read_bytes(), "run make build"
    assert functions_addin().read_bytes() == (MACROS / ADDIN).read_bytes()
    assert [path.name for path in CARRIED.iterdir()] == [ADDIN]


def test_another_xlwings_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert version("xlwings") == PINNED
    requirements = [line.strip() for line in (MACROS.parent / "setup.cfg").read_text(encoding="utf-8").splitlines()]
    assert f"xlwings =={PINNED}" in requirements
    monkeypatch.setattr(wrapper, "version", lambda _name: "0.38.0")
    with pytest.raises(UnpinnedError, match=r"xlwings 0\.38\.0 is installed, the functions are pinned to"):
        build(tmp_path, tmp_path)
    assert not list(tmp_path.iterdir())


def test_building_leaves_no_stand_ins_behind() -> None:
    import sys

    before = set(sys.modules)
    wrapper.wrapper_module()
    stand_ins = {"pythoncom", "pywintypes", "win32com", "xlwings.udfs", MODULE}
    assert (stand_ins & set(sys.modules)) - before == set()


def test_the_package_is_an_addin_without_a_tab() -> None:
    package = parts(MACROS / ADDIN)
    types = etree.fromstring(package["[Content_Types].xml"])
    kinds = {each.get("PartName"): each.get("ContentType") for each in types if each.get("PartName")}
    assert kinds["/xl/workbook.xml"] == "application/vnd.ms-excel.addin.macroEnabled.main+xml"
    assert not [name for name in package if "customUI" in name]
    assert {"officeDocument" in str(each.get("Type")) or "package" in str(each.get("Type")) for each in etree.fromstring(package["_rels/.rels"])} == {True}


def test_the_project_reads_back_strictly_and_with_olevba() -> None:
    own = {path.stem: stored(path) for path in FUNCTIONS_TEXT.glob("*.bas")}
    shared = {name: stored(MACROS / f"{name}.bas") for name in SHARED}
    found = modules()
    assert found == own | shared
    parser = VBA_Parser(str(MACROS / ADDIN))
    try:
        seen = {Path(name).stem: code.replace("\r\n", "\n") for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()
    assert {name: code for name, code in seen.items() if name in found} == {name: code.replace("\r\n", "\n") for name, code in found.items()}


def test_each_function_hands_its_arguments_over_in_order() -> None:
    source = modules()["SelfevalFunctions"].replace("\r\n", "\n")
    heads = dict(re.findall(r"^Function (\w+)\((.*)\)$", source, re.MULTILINE))
    assert heads.keys() == {function.name for function in FUNCTIONS}
    for function in FUNCTIONS:
        names = [part.removeprefix("Optional ") for part in heads[function.name].split(", ")]
        assert names == list(function.arguments)
        call = f'{function.name} = XLPy.CallUDF("{MODULE}", "{function.name}", Array({", ".join(names)}), ActiveWorkbook, Application.Caller)'
        assert source.count(call) == 1
        # What goes wrong outside Python is #N/A, which IFERROR takes away; no English sentence of Windows stands in a cell.
        assert f"failed:\n    {function.name} = CVErr(xlErrNA)\nEnd Function" in source
    assert "Err.Description" not in source
    wizard = 'If (Not Application.CommandBars("Standard").Controls(1).Enabled) Then Exit Function'
    assert source.count(wizard) == len(FUNCTIONS)


def test_names_are_capitals_with_one_prefix_and_no_cell() -> None:
    names = [function.name for function in FUNCTIONS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(PREFIX + r"[A-Z]+(_[A-Z]+)*", name) for name in names)


def test_the_part_of_xlwings_is_word_for_word_and_carries_its_licence() -> None:
    text = XLWINGS.read_text(encoding="utf-8").replace("\r\n", "\n")
    body = library_module().body
    licence = text[text.index("'xlwings is distributed under") : text.index("'Attribute VB_Name = \"Main\"")]
    assert "Redistributions of source code must retain" in licence and licence in body
    for block in re.split(r"\n(?=(?:Private )?(?:Sub|Function) )", body)[1:]:
        assert block.rstrip("\n") in text
    kept = re.findall(r"^(?:Private |Public )?(?:Sub|Function) (\w+)", body, re.MULTILINE)
    assert kept == list(KEPT)


def test_nothing_of_a_workbook_a_folder_or_the_environment_chooses_what_is_started() -> None:
    found = modules()
    code = "\n".join(line.partition("'")[0] if '"' not in line else line for text in found.values() for line in text.splitlines())
    forbidden = [
        *("xlwings.conf", "GetConfigFromSheet", "GetConfigFromFile", "GetDirectoryConfigFilePath", "FullName", "ThisWorkbook.Path"),
        *("cmd.exe", "PYTHONPATH", "prepare_sys_path", "Environ(", "Application.Run", "VBProject", "LICENSE_KEY", "SHOW CONSOLE"),
        *("DEBUG UDFS", "UDF MODULES", "ActiveWorkbook.Path", "RunPython", "Open "),
    ]
    assert [each for each in forbidden if each in code] == []
    assert "xlwings.pro" not in code
    # The one command line: isolated, nothing in it but the registered Python and the class that the library makes up.
    server = found["SelfevalServer"]
    assert 'XLPyCommand = Chr(34) & RegisteredPython() & Chr(34) & " -I -B -m toolkit.functions $(CLSID)"' in server
    assert re.findall(r"RegRead\((\w+)\)", "\n".join(found.values())) == ["REGISTERED"]
    assert [name for name, text in found.items() if "Option Private Module" in text] == [
        name for name in found if name not in ("SelfevalFunctions", "SelfevalHelp")
    ]


def test_every_setting_that_xlwings_asks_for_is_answered_here() -> None:
    found = modules()
    asked = set(re.findall(r'GetConfig\("([^"]+)"', found["xlwings"]))
    assert asked == {"INTERPRETER_WIN", "INTERPRETER", "CONDA PATH", "CONDA ENV"}
    # Any other key gets the default that xlwings itself names; with a full path neither conda nor "pythonw" is taken.
    assert set(procedures(found["SelfevalServer"])) == {"GetConfig", "XLPyCommand"}


def test_the_wizard_is_told_the_same_as_the_manual() -> None:
    source = modules()["SelfevalHelp"].replace("\r\n", "\n")
    assert decoded(re.findall(r'Category:=Chinese\("([\d ]+)"\)', source)[0]) == CATEGORY
    for function in FUNCTIONS:
        (block,) = re.findall(rf"^Private Sub Describe{function.name[2:]}\(\)\n(.*?)^End Sub", source, re.MULTILINE | re.DOTALL)
        told: dict[str, str] = {}
        for name, again, codes in re.findall(r'^ +([\w()]+) = (?:([\w()]+) & )?"([\d ]+)"$', block, re.MULTILINE):
            assert again in ("", name)
            told[name] = (told.get(name, "") if again else "") + codes
        texts = {name: decoded(codes) for name, codes in told.items()}
        assert texts.pop("purpose") == function.purpose
        assert list(texts.values()) == list(function.arguments.values())
        assert f'    Describe "{function.name}", purpose, arguments\n' in block


def decoded(codes: str) -> str:
    return "".join(chr(int(code)) for code in codes.split())
