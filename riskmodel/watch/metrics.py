"""What is measured for each group: each figure is one kind of rows over another, in the words of the report."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Metric:
    """A share: `numerator` and `denominator` are columns of `marked`; `is_weighted` where all outcomes have to be known or
    estimated from the draw. `evidence` names the households that make it up, in the plural."""

    name: str
    label: str
    meaning: str
    numerator: str
    denominator: str
    evidence: str
    is_weighted: bool = False


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric(
            "recall",
            "Rappel",
            "parmi les ménages dont la situation s'est dégradée, part qui était sur la liste",
            "caught",
            "occurred",
            "ménages en difficulté",
            is_weighted=True,
        ),
        Metric(
            "precision",
            "Précision",
            "parmi les ménages listés, part dont la situation s'est dégradée",
            "caught",
            "listed_known",
            "ménages listés",
        ),
        Metric(
            "false_alarm",
            "Fausses alertes",
            "parmi les ménages dont la situation est restée bonne, part qui était sur la liste",
            "alarmed",
            "calm",
            "ménages sans difficulté",
            is_weighted=True,
        ),
        Metric(
            "repeated_false_alarm",
            "Fausses alertes répétées",
            "parmi les ménages listés deux fois de suite, part dont la situation est restée bonne",
            "repeat_alarmed",
            "repeat_known",
            "ménages listés deux fois de suite",
        ),
        Metric(
            "selection", "Part signalée", "parmi les ménages à qui la question se pose, part listée", "listed", "asked", "ménages"
        ),
        Metric(
            "attempted",
            "Contact tenté",
            "parmi les ménages listés, part qu'on a essayé de joindre dans les 30 jours",
            "tried",
            "listed",
            "ménages listés",
        ),
        Metric(
            "reached",
            "Ménage joint",
            "parmi les ménages listés, part jointe dans les 30 jours",
            "answered",
            "listed",
            "ménages listés",
        ),
        Metric(
            "helped", "Aide reçue", "parmi les lignes décidées, part suivie d'une aide", "helped", "decided", "lignes décidées"
        ),
    )
}
LEAD = "lead_days"
LEAD_LABEL = "Avance"
LEAD_MEANING = "parmi les ménages en difficulté qui étaient listés, jours entre la liste et la difficulté (médiane)"


def label(name: str) -> str:
    """A metric's short name."""
    return LEAD_LABEL if name == LEAD else METRICS[name].label


def marked(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` (see `fairness`) with one column of 0 and 1 a kind of row."""
    listed = rows["listed"].astype(bool)
    occurred, calm = (rows["event"].eq(value).fillna(False).astype(bool) for value in (1, 0))
    again = listed & rows["repeated"].astype(bool) & (occurred | calm)
    decided = rows["helped"].notna()
    kinds = {
        "asked": listed | True,
        "listed": listed,
        "occurred": occurred,
        "calm": calm,
        "caught": listed & occurred,
        "alarmed": listed & calm,
        "listed_known": listed & (occurred | calm),
        "repeat_known": again,
        "repeat_alarmed": again & calm,
        "tried": listed & (rows["attempts"] > 0),
        "answered": listed & (rows["answers"] > 0),
        "decided": decided,
        "helped": decided & rows["helped"].fillna(False).astype(bool),
    }
    return rows.drop(columns=[name for name in kinds if name in rows]).assign(
        **{name: mask.astype("float64") for name, mask in kinds.items()}
    )
