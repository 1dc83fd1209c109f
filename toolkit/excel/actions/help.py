"""帮助: the version, and what each button does."""

from __future__ import annotations

import toolkit
from toolkit.addin.call import ACTIONS
from toolkit.excel.work import Front
from toolkit.guard import log_folder

_TIPS = {
    "check": "重新计算并逐项核对；不改动任何填报单元格，结果列在“检查结果”，点位置可跳到单元格",
    "adopt": "用测算得分填入“得分”；先显示采纳前后的总分和等级，调高的逐行确认",
    "report": "按本表和“报告要素”生成报告；您改过的段落一字不动，新文字放在旁边作“建议稿”",
    "sign-off": "生成一页领导审阅单，供签字",
    "finish": "生成报送文件夹：无宏表格、报告、邮件正文和校验码",
    "entry": "按录入顺序排好全部数据，只有值，没有公式",
    "collect": "把一个文件夹的自评表汇成一册",
    "compare": "与上一稿比较，生成修改对照表",
    "undo": "恢复到上次按下按钮之前；您之后手工输入的内容不受影响",
    "add-rows": "在选中的指标下面增加一行",
    "delete-rows": "删除选中的指标行；有内容的先请您确认",
    "add-project": "再加一张自评表，供下一个项目使用",
    "help": "版本和使用说明",
}
"""What each button does."""


def run(front: Front) -> str:
    """Return the help."""
    lines = [f"{label}：{_TIPS[action]}。" for action, label in ACTIONS.items()]
    closing = f"每次操作前都留有副本，出错会自动恢复。日志在 {log_folder()}。"
    return "\n".join([f"绩效自评 {toolkit.__version__}", *lines, closing])
