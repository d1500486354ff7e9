"""A dossier brought to the CCAPEX, alone or packed with a session's others: PDF, JSON, a line of a workbook. Facts, no score.

In: facts frozen by people (`facts.Dossier`), labels already in French. Out: bytes. A dossier without rent, charges or breakdown
of the debt is refused (loi 89-462, art. 24, as the ELAN law wrote it).
"""

from riskmodel.documents.ccapex.checking import Missing, missing, ready
from riskmodel.documents.ccapex.facts import Dossier, Household
from riskmodel.documents.ccapex.packing import Seat, Sitting, attendance, packed, table
from riskmodel.documents.ccapex.writing import as_json, dossier

__all__ = [
    "Dossier",
    "Household",
    "Missing",
    "Seat",
    "Sitting",
    "as_json",
    "attendance",
    "dossier",
    "missing",
    "packed",
    "ready",
    "table",
]
