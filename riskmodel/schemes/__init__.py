"""The schemes that turn a reviewed flag into help, as data: whom they are for, how they run, what there is of them.

In: one TOML file a scheme (ours in `shipped`, a landlord's own in a folder), and a situation: facts of a closed vocabulary.
Out: checked schemes, and the ladder of those that fit a situation, lightest first, each unmet condition named.
Pure: no register, no clock, no score.
"""

from riskmodel.schemes.facts import FACTS, Fact, Situation
from riskmodel.schemes.ladder import Rung, Unmet, ladder
from riskmodel.schemes.reading import load
from riskmodel.schemes.scheme import (
    Capacity,
    Condition,
    Duration,
    Line,
    Meeting,
    Report,
    Scheme,
    Slide,
    Step,
)
from riskmodel.schemes.told import Told, Tried
from riskmodel.schemes.vocabulary import ACTORS, DOCUMENTS, PARTIES, PURPOSES

__all__ = [
    "ACTORS",
    "DOCUMENTS",
    "FACTS",
    "PARTIES",
    "PURPOSES",
    "Capacity",
    "Condition",
    "Duration",
    "Fact",
    "Line",
    "Meeting",
    "Report",
    "Rung",
    "Scheme",
    "Situation",
    "Slide",
    "Step",
    "Told",
    "Tried",
    "Unmet",
    "ladder",
    "load",
]
