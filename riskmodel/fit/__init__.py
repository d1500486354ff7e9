"""Tables of points fitted on a landlord's own past, proposed to a person who approves them; nothing here ever serves.

In: the panel of past days with what happened next. Out: a proposed table as text, how it was chosen, and what a boosted model
would have seen that it does not.
"""

from riskmodel.fit.estimator import PointsTable
from riskmodel.fit.predicting import predictions
from riskmodel.fit.proposal import Proposal, places, propose

__all__ = ["PointsTable", "Proposal", "places", "predictions", "propose"]
