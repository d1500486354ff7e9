"""Documents of an orientation, in French, to be read, signed or filled in: PDF/UA, and DOCX where people fill in.

In: facts handed in as arguments (`Facts`), identity included, at the moment somebody asks; a scheme read from its file.
Out: bytes. Nothing is stored; a document is refused, naming all that is missing, rather than written with a hole.
"""

from riskmodel.documents.orientation.checking import lacking
from riskmodel.documents.orientation.facts import (
    ACTION_STATES,
    GOAL_STATES,
    MAY,
    NEEDS,
    SIGNERS,
    Appointment,
    Course,
    Dwelling,
    Facts,
    Household,
    Office,
    accepted,
    needed,
    signing,
)
from riskmodel.documents.orientation.rendering import FILLED_IN, render, render_docx
from riskmodel.documents.orientation.sheet import TO_FILL

__all__ = [
    "ACTION_STATES",
    "FILLED_IN",
    "GOAL_STATES",
    "MAY",
    "NEEDS",
    "SIGNERS",
    "TO_FILL",
    "Appointment",
    "Course",
    "Dwelling",
    "Facts",
    "Household",
    "Office",
    "accepted",
    "lacking",
    "needed",
    "render",
    "render_docx",
    "signing",
]
