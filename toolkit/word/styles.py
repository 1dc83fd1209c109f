"""The styles of the report: faces and sizes of an official document, none taken from a theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.word.page import CHARACTER, CODE_LINE, LINE, NUMBER_LINE, TIGHTENED

Align = Literal["both", "left", "center", "right"]
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WESTERN = "Times New Roman"

TITLE_FACE, BODY_FACE, KAI, HEI, SONG = "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"
_OTHERWISE: Mapping[str, str] = {TITLE_FACE: "宋体", BODY_FACE: "仿宋", KAI: "楷体", HEI: "SimHei", SONG: "SimSun"}
"""What a machine without the face shows instead."""


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style.

    Attributes:
        name: as the program calls it; Word shows its own names of built-in ones in its user's language.
        size: in half points: 32 is 3号, 44 is 2号.
        line: exact height of a line in twips.
        indent: of the first line, in characters.
        outline: level in the navigation pane from 1, 0 for none.
        before: space above in twips; ``after`` likewise below.
        western: the face of Latin letters and digits.
    """

    name: str
    face: str = BODY_FACE
    size: int = 32
    bold: bool = False
    line: int = LINE
    align: Align = "both"
    indent: int = 0
    outline: int = 0
    keep_next: bool = False
    before: int = 0
    after: int = 0
    tightened: bool = False
    western: str = WESTERN

    def paragraph(self, indent: str = "", before: int | None = None) -> str:
        """Return the paragraph properties; ``indent`` and ``before`` stand in the place of the style's own."""
        above = self.before if before is None else before
        spacing = f'<w:spacing w:before="{above}" w:after="{self.after}" w:line="{self.line}" w:lineRule="exact"/>'
        keep = "<w:keepNext/><w:keepLines/>" if self.keep_next else ""
        outline = f'<w:outlineLvl w:val="{self.outline - 1}"/>' if self.outline else ""
        return (
            f'{keep}<w:widowControl w:val="0"/><w:snapToGrid w:val="0"/>{spacing}{indent or self._indent()}'
            f'<w:jc w:val="{self.align}"/>{outline}'
        )

    def _indent(self) -> str:
        # The length is for programs that do not know indents in characters.
        return f'<w:ind w:firstLineChars="{self.indent * 100}" w:firstLine="{self.indent * CHARACTER}"/>' if self.indent else ""

    def fonts(self, face: str = "") -> str:
        """Return the faces of a run, ``face`` for Chinese in the place of the style's own."""
        # The hint has “ ” … and ① shown in the Chinese face: without it Word takes them for Latin.
        return (
            f'<w:rFonts w:hint="eastAsia" w:ascii="{self.western}" w:hAnsi="{self.western}" '
            f'w:eastAsia="{face or self.face}" w:cs="{self.western}"/>'
        )

    def letters(self) -> str:
        """Return the run properties behind the faces: weight, spacing, size."""
        bold = "<w:b/><w:bCs/>" if self.bold else ""
        spacing = f'<w:spacing w:val="{TIGHTENED}"/>' if self.tightened else ""
        return f'{bold}{spacing}<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>'


def _heading(level: int, face: str = BODY_FACE, *, bold: bool = False) -> Style:
    return Style(f"heading {level}", face, bold=bold, indent=2, outline=level, keep_next=True, tightened=True)


STYLES: Mapping[str, Style] = {
    "Normal": Style("Normal", indent=2, tightened=True),
    "Title": Style("Title", TITLE_FACE, 44, line=700, align="center", keep_next=True, before=LINE, after=LINE),
    "Heading1": _heading(1, HEI),
    "Heading2": _heading(2, KAI),
    "Heading3": _heading(3, bold=True),
    "Heading4": _heading(4),
    "Heading5": _heading(5),
    "Caption": Style("caption", HEI, 28, line=560, align="center", keep_next=True, before=120),
    "Footer": Style("footer", SONG, 28, line=NUMBER_LINE, align="right", western=SONG),
    "Code": Style("公文校验码", SONG, 15, line=CODE_LINE, align="center", western=SONG),
    "Plain": Style("公文无缩进", tightened=True, align="left"),
    "Mark": Style("公文附件号", HEI, align="left"),
    "CoverTitle": Style("公文封面标题", TITLE_FACE, 52, line=900, align="center"),
    "CoverNote": Style("公文封面副题", KAI, 32, line=640, align="center"),
    "CoverField": Style("公文封面项目", line=760, align="left"),
    "TableText": Style("公文表格", size=24, line=360, align="center"),
    "TableHead": Style("公文表头", HEI, 24, line=360, align="center", keep_next=True),
    "SmallText": Style("公文小表格", size=21, line=300, align="center"),
    "SmallHead": Style("公文小表头", HEI, 21, line=300, align="center", keep_next=True),
    "FormTitle": Style("公文自评表标题", TITLE_FACE, 36, line=600, align="center", keep_next=True),
    "FormYear": Style("公文自评表年度", KAI, 28, line=420, align="center", keep_next=True, after=60),
    "FormText": Style("公文自评表", SONG, 18, line=250, align="center"),
    "FormHead": Style("公文自评表头", HEI, 18, line=250, align="center", keep_next=True),
    "Tie": Style("公文连接", size=2, line=20, keep_next=True),
    "Spacer": Style("公文间隔", size=2, line=20),
}
"""The styles by id."""


def styles_xml() -> str:
    """Return the whole part of styles."""
    body = STYLES["Normal"]
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{body.fonts()}<w:kern w:val="0"/><w:sz w:val="32"/><w:szCs w:val="32"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
    )
    return f"<w:styles {NAMESPACE}>{defaults}{''.join(_definitions())}</w:styles>"


def _definitions() -> Iterator[str]:
    for identity, style in STYLES.items():
        default = ' w:default="1"' if identity == "Normal" else ""
        custom = ' w:customStyle="1"' if style.name.startswith("公文") else ""
        following = '<w:next w:val="Normal"/>' if style.outline or identity == "Title" else ""
        yield (
            f'<w:style w:type="paragraph"{default}{custom} w:styleId="{identity}"><w:name w:val="{style.name}"/>'
            f"{following}<w:qFormat/><w:pPr>{style.paragraph()}</w:pPr>"
            f"<w:rPr>{style.fonts()}{style.letters()}</w:rPr></w:style>"
        )
    yield (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style>"
    )


def fonts_xml() -> str:
    """Return the part of fonts, which names what stands in for a face that a machine lacks."""
    faces = "".join(
        f'<w:font w:name="{face}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for face, other in _OTHERWISE.items()
    )
    western = f'<w:font w:name="{WESTERN}"><w:charset w:val="00"/><w:family w:val="roman"/></w:font>'
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACE}>{faces}{western}</w:fonts>'
