"""Pivot tables with what chooses from them: slicers and timelines."""

from __future__ import annotations

from tests.workbook.finish.bench import MAIN, OFFICE, relate
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

_EXTENSION = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'


def pivot_table(parts: Parts) -> None:
    """A pivot table whose cache holds a copy of data of a hidden sheet."""
    hidden_sheet(parts)
    cache = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{OFFICE}" r:id="rId1" refreshedBy="{PERSON}">'
        '<cacheSource type="worksheet"><worksheetSource ref="A1:A2" sheet="底稿"/></cacheSource>'
        f'<cacheFields count="1"><cacheField name="甲"><sharedItems count="1"><s v="{SECRET}"/>'
        "</sharedItems></cacheField></cacheFields></pivotCacheDefinition>"
    )
    add(parts, "xl/pivotCache/pivotCacheDefinition1.xml", cache, f"{SPREADSHEET}.pivotCacheDefinition+xml")
    records = f'<pivotCacheRecords xmlns="{MAIN}" count="1"><r><x v="0"/></r></pivotCacheRecords>'
    add(parts, "xl/pivotCache/pivotCacheRecords1.xml", records, f"{SPREADSHEET}.pivotCacheRecords+xml")
    relate(
        parts,
        "xl/pivotCache/pivotCacheDefinition1.xml",
        "rId1",
        f"{OFFICE}/pivotCacheRecords",
        "pivotCacheRecords1.xml",
    )
    relate(parts, WORKBOOK, "rId905", f"{OFFICE}/pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml")
    put(parts, WORKBOOK, "</workbook>", '<pivotCaches><pivotCache cacheId="1" r:id="rId905"/></pivotCaches>')
    table = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="透视" cacheId="1" dataCaption="值">'
        '<location ref="A20:A21" firstHeaderRow="1" firstDataRow="1" firstDataCol="0"/>'
        '<pivotFields count="1"><pivotField/></pivotFields></pivotTableDefinition>'
    )
    add(parts, "xl/pivotTables/pivotTable1.xml", table, f"{SPREADSHEET}.pivotTable+xml")
    relate(
        parts,
        "xl/pivotTables/pivotTable1.xml",
        "rId1",
        f"{OFFICE}/pivotCacheDefinition",
        "../pivotCache/pivotCacheDefinition1.xml",
    )
    relate(parts, SHEET, "rId906", f"{OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml")


def slicer(parts: Parts) -> None:
    """A slicer of the pivot table, with the values it can choose."""
    pivot_table(parts)
    space = f'xmlns="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:x="{MAIN}"'
    items = '<data><tabular pivotCacheId="1"><items count="1"><i x="0" s="1"/></items></tabular></data>'
    add(
        parts,
        "xl/slicerCaches/slicerCache1.xml",
        f'<slicerCacheDefinition {space} name="切片器_甲" sourceName="甲"><pivotTables>'
        f'<pivotTable tabId="1" name="透视"/></pivotTables>{items}</slicerCacheDefinition>',
        "application/vnd.ms-excel.slicerCache+xml",
    )
    relate(
        parts,
        WORKBOOK,
        "rId907",
        "http://schemas.microsoft.com/office/2007/relationships/slicerCache",
        "slicerCaches/slicerCache1.xml",
    )
    add(
        parts,
        "xl/slicers/slicer1.xml",
        f'<slicers {space}><slicer name="甲" cache="切片器_甲" caption="甲" rowHeight="241300"/></slicers>',
        "application/vnd.ms-excel.slicer+xml",
    )
    relate(
        parts,
        SHEET,
        "rId908",
        "http://schemas.microsoft.com/office/2007/relationships/slicer",
        "../slicers/slicer1.xml",
    )
    extension = (
        f'<extLst><ext uri="{{BBE1A952-AA13-448e-AADC-164F8A28A991}}" {_EXTENSION}>'
        '<x14:slicerCaches><x14:slicerCache r:id="rId907"/></x14:slicerCaches></ext></extLst>'
    )
    put(parts, WORKBOOK, "</workbook>", extension)
    own = (
        f'<ext uri="{{A8765BA9-456A-4dab-B4F3-ACF838C121DE}}" {_EXTENSION}><x14:slicerList>'
        '<x14:slicer r:id="rId908"/></x14:slicerList></ext>'
    )
    put(parts, SHEET, "</extLst>", own)


def timeline(parts: Parts) -> None:
    """A timeline of the pivot table, with its frame on the sheet."""
    pivot_table(parts)
    own = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"
    year = "http://schemas.microsoft.com/office/2011/relationships"
    add(
        parts,
        "xl/timelineCaches/timelineCache1.xml",
        f'<timelineCacheDefinition xmlns="{own}" name="NativeTimeline_日期" sourceName="日期"><pivotTables>'
        '<pivotTable tabId="1" name="透视"/></pivotTables></timelineCacheDefinition>',
        "application/vnd.ms-excel.timelineCache+xml",
    )
    relate(parts, WORKBOOK, "rId940", f"{year}/timelineCache", "timelineCaches/timelineCache1.xml")
    line = '<timeline name="日期" cache="NativeTimeline_日期" caption="日期" level="2" selectionLevel="2"/>'
    add(
        parts,
        "xl/timelines/timeline1.xml",
        f'<timelines xmlns="{own}">{line}</timelines>',
        "application/vnd.ms-excel.timeline+xml",
    )
    relate(parts, SHEET, "rId941", f"{year}/timeline", "../timelines/timeline1.xml")
    references = '<x15:timelineCacheRefs><x15:timelineCacheRef r:id="rId940"/></x15:timelineCacheRefs>'
    listed = f'<ext uri="{{D0CA8CA8-9F24-4464-BF8E-62219DCF47F9}}" xmlns:x15="{own}">{references}</ext>'
    put(parts, WORKBOOK, "</workbook>", f"<extLst>{listed}</extLst>")
    shown = f'xmlns:x15="{own}"><x15:timelineRefs><x15:timelineRef r:id="rId941"/></x15:timelineRefs></ext>'
    put(parts, SHEET, "</extLst>", f'<ext uri="{{7E03D99C-DC04-49d9-9315-930204A7B6E9}}" {shown}')
    frame = '<tsle:timeslicer xmlns:tsle="http://schemas.microsoft.com/office/drawing/2012/timeslicer" name="日期"/>'
    put(parts, "xl/drawings/drawing1.xml", "</xdr:wsDr>", f"<xdr:absoluteAnchor>{frame}<xdr:clientData/></xdr:absoluteAnchor>")
    defined_name(parts, "NativeTimeline_日期", "#N/A")
