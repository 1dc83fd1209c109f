"""Measure, as ratios of medians taken in turns within this run, and fail where a limit is missed.

Absolute times differ from machine to machine; these ratios travel.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.adapters import (
    collect_forms,
    copy_parts,
    finish_form,
    judge_form,
    read_all_cells_with_openpyxl,
    read_folder_with_openpyxl,
    read_form,
    read_form_cells_with_openpyxl,
    texts_of_word_file,
    version_command,
    write_bare_word_file,
    write_report_text,
    write_word_report,
)
from bench.forms import form_files

ROUNDS = 15
WARM_UP_ROUNDS = 2
_COLLECTED, _LONG_ROUNDS = 60, 3

Job = Callable[[int], object]


@dataclass(frozen=True)
class Ratio:
    """What one job costs against another, and the most it may cost."""

    title: str
    ours_ms: float
    other_ms: float
    limit: float

    @property
    def value(self) -> float:
        """Return the ratio of the two medians."""
        return self.ours_ms / self.other_ms

    @property
    def holds(self) -> bool:
        """Tell whether the ratio keeps its limit."""
        return self.value <= self.limit


def _milliseconds(job: Job, number: int) -> float:
    start = time.perf_counter()
    job(number)
    return (time.perf_counter() - start) * 1000


def compare(title: str, ours: Job, other: Job, limit: float, rounds: int = ROUNDS) -> Ratio:
    """Run both jobs in turns, each with the number of the round, and compare their medians."""
    taken = [(_milliseconds(ours, n), _milliseconds(other, n)) for n in range(WARM_UP_ROUNDS + rounds)]
    ours_ms, other_ms = (median(times) for times in zip(*taken[WARM_UP_ROUNDS:], strict=True))
    return Ratio(title, ours_ms, other_ms, limit)


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _collecting(folder: Path) -> list[Ratio]:
    """Measure the collection of a folder of forms."""
    collected, many, store = folder / "collected.xlsx", folder / "many", folder / "store"
    many.mkdir()
    form_files(many, 20, _COLLECTED)
    return [
        compare(
            f"collect {_COLLECTED} forms of 20 indicators / merely reading them with openpyxl read-only, in as many processes",
            lambda n: collect_forms(many, collected, store, fresh=True),
            lambda n: read_folder_with_openpyxl(many),
            0.75,
            rounds=_LONG_ROUNDS,
        ),
        compare(
            f"collect the same {_COLLECTED} forms again / for the first time",
            lambda n: collect_forms(many, collected, store, fresh=False),
            lambda n: collect_forms(many, collected, store, fresh=True),
            0.5,
            rounds=_LONG_ROUNDS,
        ),
    ]


def measure(folder: Path) -> list[Ratio]:
    """Take all measurements, with form files made in ``folder``."""
    each = WARM_UP_ROUNDS + ROUNDS
    usual = form_files(folder, 45, 2 * each)
    long = form_files(folder, 60, each)
    long_forms = [read_form(path) for path in long]
    reports = [write_report_text(form) for form in long_forms]
    ours, bare = folder / "ours.docx", folder / "bare.docx"
    same: list[tuple[list[str], list[list[list[str]]]]] = []
    for report, case in reports:
        write_word_report(report, case, ours)
        same.append(texts_of_word_file(ours))
    return [
        *_collecting(folder),
        compare(
            "read + score + check a file of 45 indicators / openpyxl read-only, form sheet only",
            lambda n: judge_form(read_form(usual[n])),
            lambda n: read_form_cells_with_openpyxl(usual[n]),
            0.35,
        ),
        compare(
            "read + score + check a file of 45 indicators / openpyxl read-only, all its cells",
            lambda n: judge_form(read_form(usual[each + n])),
            lambda n: read_all_cells_with_openpyxl(usual[each + n]),
            0.35,
        ),
        compare(
            "score + check 60 indicators / reading their file",
            lambda n: judge_form(long_forms[n]),
            lambda n: read_form(long[n]),
            2.0,
        ),
        compare(
            "Word report of 60 indicators with its form / the same paragraphs and tables with bare python-docx",
            lambda n: write_word_report(*reports[n], ours),
            lambda n: write_bare_word_file(*same[n], bare),
            3.0,
        ),
        _finishing(folder, usual[:each]),
        compare(
            "selfeval --version / python -c pass",
            lambda n: _run(version_command()),
            lambda n: _run([sys.executable, "-c", "pass"]),
            5.0,
        ),
    ]


def _finishing(folder: Path, files: Sequence[Path]) -> Ratio:
    forms = [read_form(path) for path in files]
    finished, copied = folder / "finished.xlsx", folder / "copied.xlsx"
    return compare(
        "finish a workbook of 45 indicators / copy its parts, inflated and deflated again",
        lambda n: finish_form(files[n], [forms[n]], finished),
        lambda n: copy_parts(files[n], copied),
        3.0,
    )


def report(ratios: Sequence[Ratio]) -> str:
    """Lay the measurements out as a table."""
    width = max(len(ratio.title) for ratio in ratios)
    lines = [f"{'':{width}}  {'ms':>8}  {'against':>8}  {'ratio':>6}  {'limit':>6}"]
    for ratio in ratios:
        figures = f"{ratio.ours_ms:8.2f}  {ratio.other_ms:8.2f}  {ratio.value:6.2f}  {ratio.limit:6.2f}"
        lines.append(f"{ratio.title:{width}}  {figures}  {'pass' if ratio.holds else 'FAIL'}")
    return "\n".join(lines)


def main() -> int:
    """Measure, print the table, and return 1 when a limit is missed."""
    with tempfile.TemporaryDirectory() as folder:
        ratios = measure(Path(folder))
    print(report(ratios))
    return 0 if all(ratio.holds for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
