"""The page of the manual about worksheet functions, as ``make docs`` writes it."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.functions.carried import ADDIN
from toolkit.functions.catalogue import FUNCTIONS, Function


def manual_lines() -> Iterator[str]:
    """Yield the lines of docs/函数.md below its title and notice."""
    yield f"装有函数加载项 `{ADDIN}` 的电脑上，这些函数可以用在任何工作簿里，和“自评表”、“检查结果”用同一套规则。"
    yield "没有装的电脑不受影响：自评表由原生公式计算；带按钮的工作簿里用到函数的格子显示为空。\n"
    yield "- **一列只算一次**：参数选成一列，结果也是一列。新版 Excel 自动展开；旧版先选好同样大小的区域，按 Ctrl+Shift+Enter 输入。"
    yield "- **单元格或固定值都可以**：一列与一个固定值同用时，固定值对每一行都有效。各区域大小须一致。"
    yield "- **从不弹出错误**：算不出的在单元格里写明原因；求和时文字不计。显示 #N/A 的，是函数的后台程序没有启动，请运行 `selfeval doctor`。"
    yield "- **写成文本的照文本理解**：`95%`、`约46万人次` 按填写的文字读；数字格按它显示的样子读（格式为百分比的 0.95 是 95%）。"
    yield "- 报送的定稿里没有函数，只有数值。需要发给别人的普通工作簿（.xlsx），请把函数结果复制后“选择性粘贴—数值”：Excel 会在工作簿里记下到加载项的链接。\n"
    yield "| 函数 | 作用 |\n|---|---|"
    for function in FUNCTIONS:
        yield f"| [{function.name}](#{function.name.lower()}) | {function.purpose.partition('。')[0]} |"
    for function in FUNCTIONS:
        yield from _section(function)


def _section(function: Function) -> Iterator[str]:
    yield f"\n## {function.name}\n"
    yield f"{function.purpose}\n"
    yield "| 参数 | 内容 |\n|---|---|"
    for name, told in function.arguments.items():
        yield f"| {name} | {told} |"
    yield f"\n例：`{function.example}` 得 {function.gives}"
