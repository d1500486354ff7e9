"""A published points table applied to features: integer points, their exact sum, and the sentences that say why.

In: a table file and a features frame. Out: points and reasons. Reads text, never fits; a second scorer in SQL gives the same
integers on every row.
"""

from riskmodel.score.apply import apply
from riskmodel.score.points import PublishedTable
from riskmodel.score.reading import load, published
from riskmodel.score.reasons import reasons

__all__ = ["PublishedTable", "apply", "load", "published", "reasons"]
