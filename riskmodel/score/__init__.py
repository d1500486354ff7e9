"""A published points table applied to features: integer points, their exact sum, and the sentences that say why.

In: a table file and a features frame. Out: points, reasons and, where the table was fitted, probabilities. Reads and writes text,
never fits; a second scorer in SQL gives the same integers on every row.
"""

from riskmodel.score.apply import apply
from riskmodel.score.points import HORIZONS, Link, PublishedTable, probability
from riskmodel.score.reading import load, parse, published
from riskmodel.score.reasons import reasons
from riskmodel.score.writing import text, write

__all__ = [
    "HORIZONS",
    "Link",
    "PublishedTable",
    "apply",
    "load",
    "parse",
    "probability",
    "published",
    "reasons",
    "text",
    "write",
]
