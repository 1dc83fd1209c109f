"""Files of other kinds: each has its sentence, and those that only go by another name are read for what they are."""

from pathlib import Path

import docx
import openpyxl
import pytest
from openpyxl.drawing.image import Image

from tests.intake.foreign.test_bad_input import HEADINGS, PIXEL, ROW, refusal
from toolkit.intake.foreign import read_foreign

OFFICE = "请在 WPS 或 Office 里打开，另存为"
SCAN = "请向提供的人要可编辑的 .docx 或 .xlsx"
PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset=GBK"><style>td {border: 1px}</style></head><body>
<p>附件2</p><table border=1>
<tr><td colspan=8>项目支出绩效自评表（2022年度）</td></tr>
<tr><td>项目名称</td><td colspan=3>道路照明</td><td>主管部门</td><td colspan=3>某县住建局</td></tr>
<tr><td rowspan=2>项目资金<br>（万元）</td><td></td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td><td>分值</td><td>执行率</td><td>得分</td></tr>
<tr><td>年度资金总额</td><td>10</td><td>12</td><td>12</td><td>10</td><td>100%</td><td>9</td></tr>
<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>年度指标值</td><td>实际完成值</td><td>分值</td><td>得分</td><td>偏差原因</td></tr>
<tr><td rowspan=2>产出指标</td><td>数量指标</td><td>路灯数</td><td>&ge;50盏</td><td>52盏</td><td>40</td><td>40</td><td>&nbsp;</td></tr>
<tr><td>质量指标</td><td>亮灯率</td><td>&ge;98%</td><td>97%</td><td>50</td><td>49</td><td>灯具&nbsp;老化</td></tr>
<tr><td colspan=5>总分</td><td>100</td><td>98</td><td></td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("suffix", "kind", "remedy"),
    [
        (".doc", "是旧版 Word 文档（.doc），读不了", f"{OFFICE} .docx 再试"),
        (".wps", "是 WPS 文字文档（.wps），读不了", f"{OFFICE} .docx 再试"),
        (".et", "是 WPS 表格（.et），读不了", f"{OFFICE} .xlsx 再试"),
        (".xlsb", "是二进制工作簿（.xlsb），读不了", f"{OFFICE} .xlsx 再试"),
        (".pdf", "是 PDF，读不了", f"{SCAN}；只有 PDF 的，先在 WPS 里转成 .docx 再试"),
        (".ofd", "是 OFD 版式文件，读不了", SCAN),
        (".jpg", "是图片，读不了", SCAN),
        (".rar", "是压缩包，读不了", "请先解压，再选里面的自评表"),
    ],
)
def test_each_other_kind_has_its_sentence(tmp_path: Path, suffix: str, kind: str, remedy: str) -> None:
    path = tmp_path / f"自评表{suffix}"
    path.write_bytes(b"anything")
    assert refusal(path) == f"“自评表{suffix}”{kind}；{remedy}。"


@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".docx", ".txt", ".csv"])
def test_nothing_in_the_file(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"空{suffix}"
    path.touch()
    assert refusal(path) == f"“空{suffix}”是空文件（0 字节）；请向提供的人重新要一份，或从备份恢复。"


def test_an_old_document_that_is_named_docx(tmp_path: Path) -> None:
    path = tmp_path / "旧.docx"
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "WordDocument".encode("utf-16-le"))
    assert refusal(path) == "“旧.docx”其实是旧版 Word 文档（.doc）；请用 Word 或 WPS 打开，另存为 .docx 再试。"


def test_an_old_workbook_with_a_password(tmp_path: Path) -> None:
    path = tmp_path / "加密.xls"
    begins = bytes.fromhex("0908100000060500d30ccc070000000006000000")
    path.write_bytes(begins + bytes.fromhex("2f000600000000000000"))
    assert refusal(path) == "“加密.xls”有打开密码；请在 Excel 中取消打开密码，保存后再试。"


def test_a_workbook_that_holds_a_picture_alone(tmp_path: Path) -> None:
    (tmp_path / "扫描.png").write_bytes(PIXEL)
    book = openpyxl.Workbook()
    book.worksheets[0].add_image(Image(tmp_path / "扫描.png"))
    book.save(tmp_path / "扫描件.xlsx")
    assert refusal(tmp_path / "扫描件.xlsx") == f"“扫描件.xlsx”里是图片，没有表格；扫描件读不了，{SCAN}。"


def test_a_web_page_that_is_named_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "系统导出.xls"
    path.write_bytes(PAGE.encode("gbk"))
    found = read_foreign(path)
    (form,) = found.forms
    assert (form.project_name.text, form.department.text, form.year, form.currency_unit) == ("道路照明", "某县住建局", 2022, "万元")
    assert [cell.text for _, cell in form.funds[0].amounts()] == ["10", "12", "12"]
    assert [
        tuple(cell.text for cell in (row.level1, row.level2, row.level3, row.target, row.actual, row.weight, row.score, row.deviation))
        for row in form.indicators
    ] == [
        ("产出指标", "数量指标", "路灯数", "≥50盏", "52盏", "40", "40", ""),
        ("产出指标", "质量指标", "亮灯率", "≥98%", "97%", "50", "49", "灯具 老化"),
    ]
    assert form.total_score.text == "98"
    assert "文件其实是网页（HTML），只是扩展名为 .xls，按里面的表格读" in found.notes


def test_text_that_is_named_xls_is_read(tmp_path: Path) -> None:
    path = tmp_path / "系统导出.xls"
    path.write_bytes("\n".join("\t".join(row) for row in (HEADINGS, ROW)).encode("gb18030"))
    found = read_foreign(path)
    assert [row.actual.text for row in found.forms[0].indicators] == ["52人"]
    assert "文件其实是文本，只是扩展名为 .xls，按制表符分栏读" in found.notes


def test_a_new_workbook_that_is_named_xls_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (HEADINGS, ROW):
        book.worksheets[0].append(row)
    book.save(tmp_path / "新.xlsx")
    (tmp_path / "新.xlsx").rename(tmp_path / "新.xls")
    assert [row.actual.text for row in read_foreign(tmp_path / "新.xls").forms[0].indicators] == ["52人"]


def test_comma_separated_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "自评表.csv"
    path.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in (HEADINGS, ROW)), encoding="utf-8-sig")
    assert [(row.level3.text, row.target.text) for row in read_foreign(path).forms[0].indicators] == [("培训人次", "≥50人")]


def test_a_form_inside_the_cell_of_another_table(tmp_path: Path) -> None:
    document = docx.Document()
    frame = document.add_table(2, 1)
    frame.cell(0, 0).text = "项目名称：培训"
    inner = frame.cell(1, 0).add_table(2, len(HEADINGS))
    for line, texts in zip(inner.rows, (HEADINGS, ROW), strict=True):
        for cell, text in zip(line.cells, texts, strict=True):
            cell.text = text
    document.save(str(tmp_path / "套表.docx"))
    (form,) = read_foreign(tmp_path / "套表.docx").forms
    assert form.project_name.text == "培训"
    assert [(row.level3.text, row.actual.text, row.score.text) for row in form.indicators] == [("培训人次", "52人", "9.5")]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_that_was_split_over_two_pages(tmp_path: Path, repeated: bool) -> None:
    document = docx.Document()
    more = ["", "质量指标", "合格率", "≥95%", "96%", "20", "20"]
    for lines in ((HEADINGS, ROW), (HEADINGS, more) if repeated else (more,)):
        table = document.add_table(len(lines), len(HEADINGS))
        for line, texts in zip(table.rows, lines, strict=True):
            for cell, text in zip(line.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("— 1 —")
    document.save(str(tmp_path / "分页.docx"))
    (form,) = read_foreign(tmp_path / "分页.docx").forms
    assert [(row.level1.text, row.level2.text, row.level3.text, row.score.text) for row in form.indicators] == [
        ("产出指标", "数量指标", "培训人次", "9.5"),
        ("产出指标", "质量指标", "合格率", "20"),
    ]
