"""French law on arrears and eviction as dated data, and what it says of one lease on one day: help and duties, never an act.

In: dated values with their articles (`parameters`), and the facts of one lease as of a day.
Out: its situation (debt, constitution, rights at stake, deadlines, each explained from its inputs), statutory lists, urgencies.
Pure: no register, no clock, no score; what is not known for sure says « à confirmer par un juriste ».
"""

from riskmodel.law.dated import asked
from riskmodel.law.facts import Act, Balance, Benefit, Lease, Plan, Stage, Term
from riskmodel.law.findings import Constitution, Dated, Deadline, Right, Row, Situation, Urgency
from riskmodel.law.lists import STATUTORY, statutory, urgency
from riskmodel.law.situation import situation
from riskmodel.law.wording import explained, recomputed, wording

__all__ = [
    "STATUTORY",
    "Act",
    "Balance",
    "Benefit",
    "Constitution",
    "Dated",
    "Deadline",
    "Lease",
    "Plan",
    "Right",
    "Row",
    "Situation",
    "Stage",
    "Term",
    "Urgency",
    "asked",
    "explained",
    "recomputed",
    "situation",
    "statutory",
    "urgency",
    "wording",
]
