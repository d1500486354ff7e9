"""Watching what serves: who is missed and who is called for nothing by group, what drifts, and when the score has to stop.

In: rows of matured days with their outcome, groups joined in memory, points tables, decisions. Out: figures with intervals,
named stops, and the French pages that publish them. Limits are written down before the figures are looked at (`limits.toml`).
"""

from riskmodel.watch.fairness import fairness
from riskmodel.watch.limits import Limits, limits
from riskmodel.watch.rules import Measured
from riskmodel.watch.stability import stability
from riskmodel.watch.stops import Breach, Stop, breaches, stops

__all__ = ["Breach", "Limits", "Measured", "Stop", "breaches", "fairness", "limits", "stability", "stops"]
