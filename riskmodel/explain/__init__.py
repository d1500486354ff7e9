"""Why a household is flagged, and what would have kept it off the list, from dated facts alone.

In: the lake as of a date, a published table, leases. Out: the smallest set of facts that removes a flag, the dated rows behind
each input's points, the score drawn as a waterfall. Everything is recomputed by the blocks of sql/ on copies of the rows.
"""

from riskmodel.explain.evidence import evidence
from riskmodel.explain.facts import KINDS, Fact
from riskmodel.explain.removal import Removal, removal, removals
from riskmodel.explain.waterfall import waterfall

__all__ = ["KINDS", "Fact", "Removal", "evidence", "removal", "removals", "waterfall"]
