"""One measurement against another, and how they are laid out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """What one job costs against another, and the most it may cost."""

    title: str
    ours_ms: float
    other_ms: float
    limit: float

    @property
    def value(self) -> float:
        """Return the ratio of the two times."""
        return self.ours_ms / self.other_ms

    @property
    def holds(self) -> bool:
        """Tell whether the ratio keeps its limit."""
        return self.value <= self.limit


def report(ratios: Sequence[Ratio]) -> str:
    """Lay the measurements out as a table."""
    width = max(len(ratio.title) for ratio in ratios)
    lines = [f"{'':{width}}  {'ms':>8}  {'against':>8}  {'ratio':>6}  {'limit':>6}"]
    for ratio in ratios:
        figures = f"{ratio.ours_ms:8.2f}  {ratio.other_ms:8.2f}  {ratio.value:6.2f}  {ratio.limit:6.2f}"
        lines.append(f"{ratio.title:{width}}  {figures}  {'pass' if ratio.holds else 'FAIL'}")
    return "\n".join(lines)
