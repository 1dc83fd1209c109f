"""Measure, as ratios taken in turns within this run, and fail where a limit is missed.

Absolute times differ from machine to machine; these ratios travel.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.adapters import (
    copy_parts,
    finish_form,
    judge_form,
    read_all_cells_with_openpyxl,
    read_form,
    read_form_cells_with_openpyxl,
    texts_of_word_file,
    version_command,
    write_bare_word_file,
    write_report_text,
    write_word_report,
)
from bench.collect import measure_collection
from bench.foreign import (
    FORMS_OF_A_DOCUMENT,
    foreign_documents,
    foreign_workbooks,
    load_document_with_docx,
    load_workbook_with_openpyxl,
    read_foreign_forms,
)
from bench.forms import form_files
from bench.ratio import Ratio, report

ROUNDS = 15
WARM_UP_ROUNDS = 2

Job = Callable[[int], object]


def _milliseconds(job: Job, number: int) -> float:
    start = time.perf_counter()
    job(number)
    return (time.perf_counter() - start) * 1000


def compare(title: str, ours: Job, other: Job, limit: float, rounds: int = ROUNDS) -> Ratio:
    """Run both jobs in turns, each with the number of the round, and compare them in the round whose ratio is the middle one.

    A machine that becomes slower or faster meanwhile does so for both jobs of a round; it would not for their medians.
    """
    taken = [(_milliseconds(ours, n), _milliseconds(other, n)) for n in range(WARM_UP_ROUNDS + rounds)]
    ours_ms, other_ms = sorted(taken[WARM_UP_ROUNDS:], key=lambda pair: pair[0] / pair[1])[rounds // 2]
    return Ratio(title, ours_ms, other_ms, limit)


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def _reading_foreign_forms(folder: Path) -> list[Ratio]:
    each = WARM_UP_ROUNDS + ROUNDS
    workbooks, documents = foreign_workbooks(folder, each), foreign_documents(folder, each)
    return [
        compare(
            "read somebody else's workbook of 20 indicators / openpyxl's own load of it",
            lambda n: read_foreign_forms(workbooks[n], 1),
            lambda n: load_workbook_with_openpyxl(workbooks[n]),
            1.3,
        ),
        compare(
            "read a document with eight forms of 20 indicators / python-docx's own load of it",
            lambda n: read_foreign_forms(documents[n], FORMS_OF_A_DOCUMENT),
            lambda n: load_document_with_docx(documents[n]),
            2.0,
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
    for written, case in reports:
        write_word_report(written, case, ours)
        same.append(texts_of_word_file(ours))
    return [
        *measure_collection(folder),
        *_reading_foreign_forms(folder),
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


def main() -> int:
    """Measure, print the table, and return 1 when a limit is missed."""
    with tempfile.TemporaryDirectory() as folder:
        ratios = measure(Path(folder))
    print(report(ratios))
    return 0 if all(ratio.holds for ratio in ratios) else 1


if __name__ == "__main__":
    sys.exit(main())
