"""Things that Excel and WPS put into a workbook and no library writes, each added by hand."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.workbook.finish.bench import MAIN, MICROSOFT, OFFICE, read_parts, relate, rich_workbook, write_parts
from tests.workbook.finish.controls import (
    controls_of_another_file,
    controls_of_hidden_name,
    controls_of_hidden_sheet,
    form_controls,
)
from tests.workbook.finish.parts import (
    PERSON,
    SECRET,
    SHEET,
    SPREADSHEET,
    WORKBOOK,
    Parts,
    add,
    defined_name,
    hidden_sheet,
    put,
)
from tests.workbook.finish.pivots import pivot_table, slicer, timeline


def threaded_comments(parts: Parts) -> None:
    """批注会话 of Excel 365, with the people who wrote them."""
    space = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
    person = "{11111111-2222-3333-4444-555555555555}"
    entry = f'<person displayName="{PERSON}" id="{person}" userId="S::wxm@example.gov.cn::1" providerId="AD"/>'
    add(
        parts,
        "xl/persons/person.xml",
        f'<personList xmlns="{space}">{entry}</personList>',
        "application/vnd.ms-excel.person+xml",
    )
    relate(
        parts,
        WORKBOOK,
        "rId902",
        "http://schemas.microsoft.com/office/2017/10/relationships/person",
        "persons/person.xml",
    )
    comment = (
        f'<threadedComment ref="B2" dT="2024-03-01T08:00:00.00" personId="{person}" id="{{{person[2:-1]}}}">'
        "<text>请核对</text></threadedComment>"
    )
    add(
        parts,
        "xl/threadedComments/threadedComment1.xml",
        f'<ThreadedComments xmlns="{space}">{comment}</ThreadedComments>',
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    relate(
        parts,
        SHEET,
        "rId903",
        "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment",
        "../threadedComments/threadedComment1.xml",
    )


def active_x(parts: Parts) -> None:
    """An ActiveX control with its binary."""
    add(
        parts,
        "xl/activeX/activeX1.xml",
        '<ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX"/>',
        "application/vnd.ms-office.activeX+xml",
    )
    add(parts, "xl/activeX/activeX1.bin", b"\xd0\xcf\x11\xe0", "application/vnd.ms-office.activeX")
    relate(parts, "xl/activeX/activeX1.xml", "rId1", f"{MICROSOFT}/activeXControlBinary", "activeX1.bin")
    relate(parts, SHEET, "rId904", f"{OFFICE}/control", "../activeX/activeX1.xml")
    put(
        parts,
        SHEET,
        "<extLst>",
        f'<controls xmlns:r="{OFFICE}"><control shapeId="2050" r:id="rId904" name="CommandButton1"/></controls>',
    )


def connections(parts: Parts) -> None:
    """A query of a database with user and password in it, and the table it fills."""
    add(
        parts,
        "xl/connections.xml",
        f'<connections xmlns="{MAIN}"><connection id="1" name="财政库" type="1" refreshedVersion="6">'
        '<dbPr connection="DSN=cz;UID=sa;PWD=123456"/></connection></connections>',
        f"{SPREADSHEET}.connections+xml",
    )
    relate(parts, WORKBOOK, "rId909", f"{OFFICE}/connections", "connections.xml")
    add(
        parts,
        "xl/queryTables/queryTable1.xml",
        f'<queryTable xmlns="{MAIN}" name="财政库" connectionId="1"/>',
        f"{SPREADSHEET}.queryTable+xml",
    )
    relate(parts, SHEET, "rId910", f"{OFFICE}/queryTable", "../queryTables/queryTable1.xml")


def power_query(parts: Parts) -> None:
    """Power Query: the mashup is kept as custom XML."""
    mashup = base64.b64encode(b'let Source = Sql.Database("10.1.2.3", "cz") in Source').decode()
    add(
        parts,
        "customXml/item1.xml",
        f'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">{mashup}</DataMashup>',
    )
    add(
        parts,
        "customXml/itemProps1.xml",
        '<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"/>',
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    )
    relate(parts, "customXml/item1.xml", "rId1", f"{OFFICE}/customXmlProps", "itemProps1.xml")
    relate(parts, WORKBOOK, "rId911", f"{OFFICE}/customXml", "../customXml/item1.xml")


def embedded_object(parts: Parts) -> None:
    """A whole document embedded as an object."""
    add(
        parts,
        "xl/embeddings/oleObject1.bin",
        b"\xd0\xcf\x11\xe0" + SECRET.encode("utf-16-le"),
        "application/vnd.openxmlformats-officedocument.oleObject",
    )
    relate(parts, SHEET, "rId912", f"{OFFICE}/oleObject", "../embeddings/oleObject1.bin")
    put(
        parts,
        SHEET,
        "<extLst>",
        f'<oleObjects xmlns:r="{OFFICE}">'
        '<oleObject progId="Word.Document.8" shapeId="2051" r:id="rId912"/></oleObjects>',
    )


def signed_macros(parts: Parts) -> None:
    """Macros with the signature of who wrote them."""
    add(parts, "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0", "application/vnd.ms-office.vbaProject")
    relate(parts, WORKBOOK, "rId913", f"{MICROSOFT}/vbaProject", "vbaProject.bin")
    for number, kind in enumerate(("vbaProjectSignature", "vbaProjectSignatureAgile", "vbaProjectSignatureV3")):
        year = ("2006", "2014", "2020")[number]
        add(parts, f"xl/{kind}.bin", PERSON.encode(), f"application/vnd.ms-office.{kind}")
        relate(
            parts,
            "xl/vbaProject.bin",
            f"rId{number + 1}",
            f"http://schemas.microsoft.com/office/{year}/relationships/{kind}",
            f"{kind}.bin",
        )


def signed_package(parts: Parts) -> None:
    """A digital signature over the whole file, which no longer holds once anything is changed."""
    add(parts, "_xmlsignatures/origin.sigs", b"", "application/vnd.openxmlformats-package.digital-signature-origin")
    relate(
        parts,
        "",
        "rId914",
        "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin",
        "_xmlsignatures/origin.sigs",
    )
    add(
        parts,
        "_xmlsignatures/sig1.xml",
        f'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyName>{PERSON}</KeyName></Signature>',
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
    )
    relate(
        parts,
        "_xmlsignatures/origin.sigs",
        "rId1",
        "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/signature",
        "sig1.xml",
    )


def list_from_hidden_sheet(parts: Parts) -> None:
    """A list to choose from that stands on a hidden sheet, and a colour that depends on it."""
    hidden_sheet(parts, "hidden")
    put(
        parts,
        SHEET,
        "</dataValidations>",
        '<dataValidation type="list" sqref="C9"><formula1>底稿!$A$1:$A$3</formula1></dataValidation>',
    )
    parts[SHEET] = parts[SHEET].replace(b'<dataValidations count="1">', b'<dataValidations count="2">')


def chart_of_another_file(parts: Parts) -> None:
    """A chart that reads another workbook."""
    name = "xl/charts/chart1.xml"
    parts[name] = parts[name].replace("'统计 (1)'!$B$1:$B$3".encode(), b"[1]Sheet1!$B$1:$B$3")
    add(
        parts,
        "xl/externalLinks/externalLink1.xml",
        f'<externalLink xmlns="{MAIN}"><externalBook xmlns:r="{OFFICE}" r:id="rId1"/></externalLink>',
        f"{SPREADSHEET}.externalLink+xml",
    )
    relate(
        parts,
        "xl/externalLinks/externalLink1.xml",
        "rId1",
        f"{OFFICE}/externalLinkPath",
        "file:///D:/往年.xlsx",
        external=True,
    )
    relate(parts, WORKBOOK, "rId915", f"{OFFICE}/externalLink", "externalLinks/externalLink1.xml")
    put(
        parts, WORKBOOK, "<definedNames>", '<externalReferences><externalReference r:id="rId915"/></externalReferences>'
    )


def embedded_chart_data(parts: Parts) -> None:
    """A chart that carries a workbook of its own with all the data behind it."""
    add(
        parts,
        "xl/embeddings/Microsoft_Excel_Sheet1.xlsx",
        b"PK" + SECRET.encode(),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    relate(parts, "xl/charts/chart1.xml", "rId1", f"{OFFICE}/package", "../embeddings/Microsoft_Excel_Sheet1.xlsx")
    put(
        parts,
        "xl/charts/chart1.xml",
        "</c:chartSpace>",
        f'<c:externalData xmlns:r="{OFFICE}" r:id="rId1"><c:autoUpdate val="0"/></c:externalData>',
    )


def properties(parts: Parts) -> None:
    """Every property of the file a person or a program may fill in."""
    space = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
    entry = (
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="保管人">'
        '<vt:lpwstr xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        + PERSON
        + "</vt:lpwstr></property>"
    )
    add(
        parts,
        "docProps/custom.xml",
        f'<Properties xmlns="{space}">{entry}</Properties>',
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    )
    relate(parts, "", "rId916", f"{OFFICE}/custom-properties", "docProps/custom.xml")
    put(
        parts,
        "docProps/core.xml",
        "</cp:coreProperties>",
        f"<dc:description>{PERSON}备注</dc:description><cp:keywords>{PERSON}关键词</cp:keywords>"
        f"<cp:category>{PERSON}类别</cp:category>",
    )


def printer_settings(parts: Parts) -> None:
    """Settings of a printer, with its name and path."""
    add(
        parts,
        "xl/printerSettings/printerSettings1.bin",
        "\\\\PRINT-01\\HP".encode("utf-16-le"),
        f"{SPREADSHEET}.printerSettings",
    )
    relate(parts, SHEET, "rId917", f"{OFFICE}/printerSettings", "../printerSettings/printerSettings1.bin")


def data_model(parts: Parts) -> None:
    """A data model (Power Pivot) with whole tables in it."""
    add(parts, "xl/model/item.data", SECRET.encode(), "application/vnd.openxmlformats-officedocument.model+data")
    relate(parts, WORKBOOK, "rId918", f"{OFFICE}/powerPivotData", "model/item.data")


def hidden_name(parts: Parts) -> None:
    """Two hidden names, one of them in use."""
    defined_name(parts, "率", "'统计 (1)'!$B$1", ' hidden="1"')
    defined_name(parts, "旧数", "'统计 (1)'!$B$2", ' hidden="1"')
    parts[SHEET] = parts[SHEET].replace(b"<f>SUM(B1:B3)</f>", "<f>SUM(B1:B3)*率/率</f>".encode())


KINDS: Mapping[str, Callable[[Parts], None]] = {
    maker.__name__: maker
    for maker in (
        threaded_comments,
        active_x,
        pivot_table,
        slicer,
        timeline,
        form_controls,
        controls_of_hidden_sheet,
        controls_of_another_file,
        controls_of_hidden_name,
        connections,
        power_query,
        embedded_object,
        signed_macros,
        signed_package,
        list_from_hidden_sheet,
        chart_of_another_file,
        embedded_chart_data,
        properties,
        printer_settings,
        data_model,
        hidden_name,
    )
}


def with_kind(path: Path, kind: str) -> Path:
    """Write a rich workbook with one of these things in it."""
    parts = read_parts(rich_workbook(path.with_name("plain.xlsx")))
    KINDS[kind](parts)
    write_parts(path, parts)
    return path
