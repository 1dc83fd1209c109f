"""Scoring of a form with the working shown: 执行率, 完成率, 得分, 扣分, 总分, 等级."""

from toolkit.scoring.compare import Comparison, Direction, Outcome, compare
from toolkit.scoring.completion import (
    REMAINDER_RULE,
    CompletionBand,
    CompletionStatistics,
    Share,
    completion_of,
    completion_statistics,
)
from toolkit.scoring.fund import FundScore, execution_rate, score_funds
from toolkit.scoring.indicator import IndicatorScore, score_indicator
from toolkit.scoring.proportion import ceiling_score, proportional_score
from toolkit.scoring.shares import equal_shares
from toolkit.scoring.total import Scores, score_form

__all__ = [
    "REMAINDER_RULE",
    "Comparison",
    "CompletionBand",
    "CompletionStatistics",
    "Direction",
    "FundScore",
    "IndicatorScore",
    "Outcome",
    "Scores",
    "Share",
    "ceiling_score",
    "compare",
    "completion_of",
    "completion_statistics",
    "equal_shares",
    "execution_rate",
    "proportional_score",
    "score_form",
    "score_funds",
    "score_indicator",
]
