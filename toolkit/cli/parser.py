"""The commands, their arguments and their help, in Chinese."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence

from toolkit import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing typing would be a good part of the start-up
    from typing import NoReturn

USAGE = 64
"""Exit code for wrong usage."""

_ERRORS = (
    (r"the following arguments are required: (.*)", r"少了 \1"),
    (r"unrecognized arguments: (.*)", r"不认识 \1"),
    (r"argument (.*?): expected one argument", r"\1 后面要写一个值"),
    (r"argument (.*?): expected at least one argument", r"\1 至少要写一个"),
    (r"argument (.*?): not allowed with argument (.*)", r"\1 不能和 \2 同时使用"),
    (r"argument (.*?): invalid int value: '(.*)'", r"\1 应为整数，写的是“\2”"),
    (r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*)\)", r"\1 没有“\2”，可以写 \3"),
    (r"ambiguous option: (.*?) could match (.*)", r"\1 不明确，可能是 \2"),
)


class Usage(Exception):
    """The command was used wrongly; the text is one Chinese sentence."""


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]  # argparse's own signature
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and exits with 64 on wrong usage."""

    def __init__(self, **settings: object) -> None:
        """Create a parser; ``settings`` are those of ArgumentParser."""
        super().__init__(add_help=False, formatter_class=_Formatter, **settings)  # type: ignore[arg-type]  # passed on as they are
        self._positionals.title = "要写的"
        self._optionals.title = "可选的"
        self.add_argument("-h", "--help", action="help", help="显示本说明")

    def error(self, message: str) -> NoReturn:
        """Say in Chinese what is wrong and exit with 64."""
        sys.stderr.write(f"{translate(message)}。用 {self.prog} -h 查看用法。\n")
        sys.exit(USAGE)


def translate(message: str) -> str:
    """Return argparse's message in Chinese; a mistyped command gets the nearest one as a suggestion."""
    for pattern, chinese in _ERRORS:
        found = re.fullmatch(pattern, message)
        if found:
            return found.expand(chinese) + _suggestion(found)
    return message


def _suggestion(found: re.Match[str]) -> str:
    if found.re.groups < 3:
        return ""
    import difflib

    near = difflib.get_close_matches(found[2], re.findall(r"'(.*?)'", found[3]), n=1)
    return f"（是不是想写 {near[0]}？）" if near else ""


def build_parser() -> Parser:
    """Build the parser of all commands."""
    parser = Parser(prog="selfeval", description="项目支出绩效自评表：填报、计算、检查、写报告。数据不出本机，不联网。")
    parser.add_argument("--version", action="version", version=f"selfeval {__version__}", help="显示版本")
    commands = parser.add_subparsers(dest="command", metavar="命令", title="命令", parser_class=Parser, required=True)
    _add_new(commands.add_parser("new", help="生成一份空白自评表", description="生成一份空白自评表。"))
    _add_fill(commands.add_parser("fill", help="用已有的数据填好一份自评表", description=_FILL))
    _add_check(commands.add_parser("check", help="重算并检查一份或多份自评表", description=_CHECK))
    _add_report(commands.add_parser("report", help="写自评报告", description=_REPORT))
    _add_compare(commands.add_parser("compare", help="比较两稿，列出修改对照表", description=_COMPARE))
    _add_carry_over(commands.add_parser("carry-over", help="用本年的表生成下年的空白表", description=_CARRY_OVER))
    _add_split(commands.add_parser("split", help="按股室发取数表", description=_SPLIT))
    _add_merge(commands.add_parser("merge", help="收回取数表，填进自评表", description=_MERGE))
    _add_finish(commands.add_parser("finish", help="导出定稿：报送材料、邮件草稿、送审单", description=_FINISH))
    _add_verify(commands.add_parser("verify", help="核对文件报送后有没有改动", description=_VERIFY))
    _add_collect(commands.add_parser("collect", help="把许多自评表汇总成一个工作簿", description=_COLLECT))
    commands.add_parser("schemes", help="列出内置的评分标准", description="列出内置的评分标准及其来源。")
    _add_scheme(commands.add_parser("scheme", help="今年的表变了：从空白表读出评分标准和模板", description=_SCHEME_LEARN))
    commands.add_parser("rules", help="列出全部检查项目", description="列出全部检查项目：代码、级别、内容、能做什么。")
    one = commands.add_parser("rule", help="查看一条检查的说明", description="查看一条检查的说明：为什么查、怎么改。")
    one.add_argument("code", metavar="代码", help="检查代码，例如 F02")
    demo = commands.add_parser("demo", help="用公开的自评表演示", description=_DEMO)
    demo.add_argument("folder", metavar="文件夹", nargs="?", default="demo", help="结果放在哪里，默认 demo")
    installing = commands.add_parser("install", help="把按钮装进本机的 Excel", description=_INSTALL)
    installing.add_argument("--functions", action="store_true", help="连同工作表函数（SE_SCORE 等）一起装；升级时已装的会保留")
    gone = commands.add_parser("uninstall", help="把按钮从 Excel 移走", description="把按钮从 Excel 移走，不留下设置和日志。")
    gone.add_argument("--with-backups", action="store_true", help="连同工作簿的备份一起删除")
    commands.add_parser("doctor", help="检查按钮能不能用，指出怎么处理", description=_DOCTOR)
    return parser


_FILL = """用已有的数据填好一份自评表。

来源可以是交换文件（.json）、本工具的自评表（.xlsx），或批复的目标申报表（.xls、.xlsx）。
公开的执行率、得分、总分、等级照原样填入，应有的数值显示在右侧。"""
_CHECK = """重算并检查一份或多份自评表，指出每处不符的单元格、算式和改法。

例：selfeval check 我的自评表.xlsx
　　selfeval check 我的自评表.xlsx -o 检查后.xlsx
　　selfeval check 自评表/*.xlsx --json
　　selfeval check 自评报告.txt --against 我的自评表.xlsx

结束码：0 没有错误，1 有错误，2 有文件读不了或写不了，64 用法不对。"""
_REPORT = """按自评表和报告要素写自评报告，每个数都与表一致；没有填的事实不写，不编造。

例：selfeval report 我的自评表.xlsx -o 有报告.xlsx　写进工作表“自评报告”，您改写过的段落一字不动
　　selfeval report 我的自评表.xlsx -o 报告.docx　　 写成 Word 公文，自评表附在后面
　　selfeval report 我的自评表.xlsx -o 报告.md　　　写成文本
　　selfeval report 我的自评表.xlsx　　　　　　　　　显示在屏幕上"""
_COMPARE = """比较两稿自评表，逐项列出修改对照表：修改前、修改后、原因。数值相同而写法不同的（1,000.00 与 1000）不算修改。

例：selfeval compare 第1稿.xlsx 第2稿.xlsx
　　selfeval compare 第1稿.xlsx 第2稿.xlsx -o 修改对照表.docx

结束码：0 比较完成，2 有文件读不了或写不了，64 用法不对。"""
_CARRY_OVER = """用本年的自评表生成下年的空白表：项目、指标、指标值、分值保留，资金、完成值、得分清空，年度加一。

上年的完成值和得分放在旁边对照，不打印；资金依据标明“上年沿用，请确认”；应当调整的指标列在“目标调整建议”。

例：selfeval carry-over 2025年自评表.xlsx -o 2026年自评表.xlsx"""
_SPLIT = """按“数据来源”里的“提供股室”，给每个股室生成一份取数表（只有蓝色格能填）、一份邮件正文和一份带附件的邮件草稿。

没有写提供股室的指标放在“未分工”一份里。什么都不会自动发送。

例：selfeval split 我的自评表.xlsx -o 取数
　　selfeval split 我的自评表.xlsx -o 取数 --deadline 4月20日
　　selfeval split 我的自评表.xlsx -o 补取 --only-empty　　　只发还没有完成值的指标"""
_MERGE = """读文件夹里（含下级文件夹）发回的取数表，逐个指标列出：可填入、答复不一致、看不懂、没有收到。

不写 -o 只看不写。写 -o 时另存一份自评表，只填空着的格，旁边另有一份“合并说明”；原来的自评表不改动。
取数表改名、重新排序、删行、用 WPS 或 LibreOffice 另存都可以；别的项目、别的年度、旧稿的会指出来，不采用。

例：selfeval merge 我的自评表.xlsx 取数
　　selfeval merge 我的自评表.xlsx 取数 -o 合并后.xlsx

结束码：0 全部有数并且没有疑问，1 有没收到的或要核实的，2 有文件读不了或写不了，64 用法不对。"""
_FINISH = """导出定稿：每个单位一个文件夹“报送_年度_单位_第n稿”，有汇总表、自评表、自评报告、邮件正文和草稿、送审单、系统录入表、归档清单。

原来的文件不改动，另存一份备份。还有错误没有改正的不导出。什么都不会自动发送。

例：selfeval finish 自评表/*.xlsx -o 报送
　　selfeval finish 我的自评表.xlsx -o 报送 --despite-errors 系统数据未更新，已与市财政局说明
　　selfeval finish 我的自评表.xlsx -o 网站 --public

结束码：0 已生成，1 有错误（没有生成），2 有文件读不了或写不了，64 用法不对。"""
_VERIFY = """核对定稿报送后有没有改动：一致、已改动（指出哪些单元格）或无校验码。只证明有没有改动，不证明由谁填写。

例：selfeval verify 收到的/*.xlsx
　　selfeval verify 定稿.xlsx --hygiene　　　检查有没有不该带出的内容：宏、隐藏内容、外部链接、个人信息

结束码：0 一致或无校验码，1 已改动或有不该带出的内容，2 有文件读不了，64 用法不对。"""
_COLLECT = """把文件夹里（含下级文件夹）的全部自评表读出、重算、检查，汇总成一个工作簿：汇总表、问题清单、按单位、未报送、版本与重复、
未能读取、资金核对、抽查建议、相似文本、溯源等。读不了的文件只影响它自己的一行。

例：selfeval collect 收到的材料 -o 汇总.xlsx
　　selfeval collect 收到的材料 -o 汇总.xlsx --expected 项目名单.xlsx --ledger 决算.xlsx
　　selfeval collect 收到的材料 -o 汇总.xlsx --return-notes 退回意见 --deadline 4月20日

结束码：0 没有错误，1 有错误或有未报送的，2 有文件读不了或写不了，64 用法不对。"""
_DEMO = "用公开的自评表演示：填表、重算、检查、写报告，每个评分标准一个文件夹。"
_INSTALL = """把按钮装进本机的 Excel（功能区“绩效自评”）：只装给当前用户，不需要管理员权限，不联网。重新运行即为升级。

安装前请关闭 Excel。装好后重新打开 Excel。"""
_DOCTOR = """逐项检查本机：Python、部件、Excel、宏策略、加载项、WPS、文件夹，每项一行，写明“正常”或怎么处理。

结束码：0 没有要处理的，1 有要处理的，64 用法不对。"""
_SCHEME_LEARN = """从上级发的空白表读出栏目、次序、分值、指标和表注，做成评分标准（.toml）和模板（.xlsx）。

读懂了什么、出自哪一格、怎样认出，没有读懂什么，逐项列出；模板的工作表“评分参数”里也有，读错的在那里改，再运行一次取回。

例：selfeval scheme learn 2025年空白表.docx -o 2025.toml
　　selfeval new --scheme 2025.toml -o 我的自评表.xlsx
　　selfeval scheme learn 2025.xlsx -o 2025.toml　　　取回在“评分参数”里改过的

结束码：0 已生成，1 已生成，但空白表前后矛盾或有参数不能用，2 有文件读不了或写不了，64 用法不对。"""
_PROJECTS = "部门整体支出用：各项目的自评表或所在文件夹，填入“项目清单”"
_SCHEME = "评分标准的编号（见 selfeval schemes）或标准文件（.toml）"


def _add_scheme(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", metavar="learn", choices=("learn",), help="从空白表学")
    parser.add_argument("form", metavar="空白表", help="上级发的空白表（.xlsx、.xls、.docx），或改过“评分参数”的模板")
    parser.add_argument("-o", "--output", metavar="标准.toml", required=True, help="评分标准写到哪里；文件名就是编号")
    parser.add_argument("--template", metavar="文件.xlsx", help="模板写到哪里；不写则放在评分标准旁边，同名")
    parser.add_argument("--base", metavar="标准", help="表上没有写的按哪个标准，默认全国 2020；写去年用的最省事")
    parser.add_argument("--title", metavar="名称", help="评分标准的名称；不写则用表名")


def _add_new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    parser.add_argument("--indicators", metavar="行数", type=int, help="先显示多少行指标，1 至 60")
    parser.add_argument("--approved", action="store_true", help="目标已批复：指标、指标值、分值锁定")
    parser.add_argument("-o", "--output", metavar="文件.xlsx", required=True, help="写到哪里；写成 .xlsm 的带宏和按钮")


def _add_fill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="来源", help="交换文件、自评表或目标申报表")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    _add_projects(parser)
    parser.add_argument("--approved", action="store_true", help="目标已批复：指标、指标值、分值锁定（目标申报表自动锁定）")
    parser.add_argument("-o", "--output", metavar="文件.xlsx", required=True, help="写到哪里")


def _add_report(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="自评表（.xlsx、.xlsm）或交换文件（.json）")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    _add_projects(parser)
    parser.add_argument("-o", "--output", metavar="文件", help="写到哪里：.xlsx、.docx 或 .md；不写则显示在屏幕上")
    parser.add_argument("--model", metavar="模板.docx", help="单位自己的 Word 模板，里面的变量见《Word 模板变量》（与 -o 文件.docx 同用）")


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="文件", nargs="+", help="自评表（.xlsx、.xlsm）、交换文件（.json）或自评报告（.txt、.md），可以多个")
    parser.add_argument("--against", metavar="自评表", help="报告对应的自评表：核对报告里的数、年度、名称与表是否一致")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    parser.add_argument("--goals", metavar="文件", help="批复的绩效目标，核对指标、指标值、分值有没有变")
    parser.add_argument("--ledger", metavar="文件", help="支付台账或决算（.xlsx、.xls、.csv），核对三列金额")
    _add_projects(parser)
    parser.add_argument(
        "--stage", metavar="阶段", default="自评", choices=("目标", "监控", "自评"), help="目标、监控或自评，默认自评"
    )
    parser.add_argument("--json", action="store_true", help="按程序可读的格式输出")
    parser.add_argument("-o", "--output", metavar="文件.xlsx", help="另存一份填好“检查结果”的工作簿（只能有一个文件时用）")


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="上一稿", help="自评表（.xlsx、.xlsm）或交换文件（.json）")
    parser.add_argument("new", metavar="本稿", help="同上")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    parser.add_argument("--json", action="store_true", help="按程序可读的格式输出")
    parser.add_argument("-o", "--output", metavar="文件", help="写到哪里：.docx 或 .xlsx；不写则显示在屏幕上")


def _add_carry_over(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="本年的自评表（.xlsx、.xlsm）或交换文件（.json）")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    parser.add_argument("-o", "--output", metavar="文件.xlsx", required=True, help="写到哪里")


def _add_split(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="自评表（.xlsx、.xlsm）")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    parser.add_argument("--deadline", metavar="日期", help="请股室在什么时候以前发回，例如 4月20日")
    parser.add_argument("--only-empty", action="store_true", help="只发还没有完成值的指标")
    parser.add_argument("-o", "--output", metavar="文件夹", required=True, help="放在哪个文件夹")


def _add_merge(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="文件", help="发取数表时用的自评表（.xlsx、.xlsm）")
    parser.add_argument("folder", metavar="文件夹", help="发回的取数表（.xlsx、.xls）所在的文件夹")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    parser.add_argument("--keep", metavar="取数表", nargs="+", help="答复不一致时，以这一份为准")
    parser.add_argument("--overwrite", action="store_true", help="表内已有不同的值时，以答复为准")
    parser.add_argument("--add-units", action="store_true", help="只写了数、没有写单位的，按指标值的单位补上")
    parser.add_argument("-o", "--output", metavar="文件.xlsx", help="合并后写到哪里；不写则只显示")


def _add_finish(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="文件", nargs="+", help="自评表（.xlsx、.xlsm）或交换文件（.json），可以多个")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    parser.add_argument("-o", "--output", metavar="文件夹", help="放在哪里；不写则放在第一个文件旁边")
    parser.add_argument("--despite-errors", metavar="理由", help="带着错误报送，理由记入检查结果、邮件正文和送审单")
    parser.add_argument("--public", action="store_true", help="公开版：只有自评表和报告，不带姓名、电话、检查结果、说明")
    parser.add_argument("--draft", metavar="n", type=int, help="第几稿；不写则接着已有的往下数")
    parser.add_argument("--returned", metavar="日期", help="上级退回意见的日期，如 2025-04-20；写进第 2 稿起的邮件主题和正文")
    parser.add_argument("--model", metavar="模板.docx", help="报告用单位自己的 Word 模板，里面的变量见《Word 模板变量》")
    parser.add_argument("--no-pdf", action="store_true", help="不转 PDF（有 LibreOffice 时默认转）")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", metavar="文件", nargs="+", help="定稿（.xlsx），可以多个")
    parser.add_argument("--hygiene", action="store_true", help="检查有没有不该带出的内容，任何 .xlsx、.xlsm 都可以")


def _add_collect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", metavar="文件夹", nargs="+", help="收到的材料所在的文件夹，可以多个，也可以写文件")
    parser.add_argument("-o", "--output", metavar="文件.xlsx", required=True, help="汇总写到哪里")
    parser.add_argument("--expected", metavar="名单", help="应报送的项目名单（.xlsx、.csv、.txt），列出未报送的和覆盖率")
    parser.add_argument("--ledger", metavar="文件", help="支付台账或决算（.xlsx、.xls、.csv），逐项目并按合计核对")
    parser.add_argument("--return-notes", metavar="文件夹", help="每个单位一份退回意见（Word 和邮件正文）")
    parser.add_argument("--deadline", metavar="日期", help="退回意见里的截止日期，例如 2022年4月20日")
    parser.add_argument("--keep", metavar="文件", nargs="+", help="同一项目有几份的，采用这一份")
    parser.add_argument("--scheme", metavar="标准", help=_SCHEME)
    parser.add_argument("--jobs", metavar="n", type=int, help="同时用几个进程读，默认与处理器个数相同")
    parser.add_argument("--dask", metavar="地址", help="用已有的 Dask 集群来读，例如 tcp://10.0.0.1:8786；文件要放在集群各机都看得到的共享文件夹")
    parser.add_argument("--format", choices=("xlsx", "csv", "parquet"), default="xlsx", help="xlsx 汇总工作簿；csv、parquet 供数据分析，-o 写文件夹")
    parser.add_argument("--store", metavar="文件", help="读过的内容存在哪里；不写则存在本机的缓存文件夹")
    parser.add_argument("--fresh", action="store_true", help="不用以前读过的内容，全部重读")


def _add_projects(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--projects", metavar="文件或文件夹", nargs="+", help=_PROJECTS)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line; exits with 64 and one Chinese sentence when it is wrong."""
    return build_parser().parse_args(arguments)
