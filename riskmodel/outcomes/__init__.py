"""What happened next, measured with hindsight: events, what stopped the watch, who could be asked; all days in one panel.

In: the lake, a day, and the day of the last delivery. Out: one row a lease and day, the features of the day beside its outcomes.
Nothing that computes a feature may import this room. Normative text: docs/outcomes.md.
"""

from riskmodel.outcomes.calendar import sundays
from riskmodel.outcomes.day import measure
from riskmodel.outcomes.history import panel
from riskmodel.outcomes.labels import CENSORED, HORIZONS, SCORES, Score, counts, labels

__all__ = ["CENSORED", "HORIZONS", "SCORES", "Score", "counts", "labels", "measure", "panel", "sundays"]
