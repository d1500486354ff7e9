"""What the scores would have been worth on past days, beside the simple rules people would use instead.

In: a panel of past days with what happened next, and values by row. Out: figures at the team's capacity, differences with their
intervals, a verdict, calibration. Nothing here decides for a household, and nothing is tuned on what is measured.
"""

from riskmodel.backtest import calibration, figures, fitted, questions, rankers
from riskmodel.backtest.figures import run
from riskmodel.backtest.intervals import Paired, paired
from riskmodel.backtest.losses import of_choosing, regret
from riskmodel.backtest.proof import Verdict, best_rule, verdict

__all__ = [
    "Paired",
    "Verdict",
    "best_rule",
    "calibration",
    "figures",
    "fitted",
    "of_choosing",
    "paired",
    "questions",
    "rankers",
    "regret",
    "run",
    "verdict",
]
