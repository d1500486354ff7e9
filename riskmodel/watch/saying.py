"""Figures as the pages print them: French numbers, and tables made of a month's frames, small cells already blanked."""

from collections.abc import Iterable, Sequence
from math import isfinite, isnan
from typing import Any

import pandas as pd

from riskmodel.documents.french import integer
from riskmodel.watch.attributes import ATTRIBUTES, group_label
from riskmodel.watch.calibration import BAND
from riskmodel.watch.fairness import ALL, READINGS, lines
from riskmodel.watch.metrics import LEAD, LEAD_LABEL, METRICS, label
from riskmodel.watch.page import Table
from riskmodel.watch.plots import Interval
from riskmodel.watch.stability import SCORE

NOTHING = "–"
JUDGED = ("recall", "precision", "false_alarm")
TOLD = ("selection", "repeated_false_alarm", LEAD, "attempted", "reached", "helped")


def percent(value: float, digits: int = 0) -> str:
    """`0.1234` as « 12 % », a dash when unknown."""
    return NOTHING if isnan(value) else f"{f'{100 * value:.{digits}f}'.replace('.', ',')} %"


def number(value: float, digits: int = 2) -> str:
    """A figure with its decimal comma, a dash when unknown."""
    return NOTHING if not isfinite(value) else f"{value:.{digits}f}".replace(".", ",")


def between(low: float, high: float) -> str:
    """« 0,61 à 0,93 »; without an upper bound, « plus de 0,61 »."""
    if isnan(low):
        return NOTHING
    return f"{number(low)} à {number(high)}" if isfinite(high) else f"plus de {number(low)}"


def shares_between(low: float, high: float, digits: int = 0) -> str:
    """« 36 à 45 % »."""
    return NOTHING if isnan(low) else f"{percent(low, digits).removesuffix(' %')} à {percent(high, digits)}"


def title(attribute: str, group: str) -> str:
    """« Unité de gestion : 03 »."""
    return "Tous" if attribute == ALL else f"{ATTRIBUTES[attribute]} : {group_label(attribute, group)}"


def whole(figures: pd.DataFrame) -> Table:
    """Every metric for all households together."""
    all_of_it = figures[figures["attribute"] == ALL]
    return Table(
        "Tous les ménages",
        ("Figure", "Sur combien de ménages", "Valeur", "Intervalle à 95 %"),
        tuple(_whole(line) for line in lines(all_of_it)),
        numbers=1,
    )


def _whole(line: Any) -> tuple[str, ...]:
    if line.metric == LEAD:
        return f"{LEAD_LABEL}, en jours", integer(line.households), number(line.value, 0), _days(line)
    digits = 1 if line.value < 0.1 else 0
    return label(line.metric), integer(line.households), percent(line.value, digits), shares_between(line.low, line.high, digits)


def _days(line: Any) -> str:
    return NOTHING if isnan(line.low) else f"{number(line.low, 0)} à {number(line.high, 0)}"


def by_group(figures: pd.DataFrame, metric: str, attributes: Iterable[str]) -> Table:
    """One judged metric by group, beside all other households."""
    told = METRICS[metric]
    rows = [_by_group(line) for line in _of(figures, metric, attributes)]
    head = ("Groupe", told.evidence.capitalize(), told.label, "Intervalle", "Rapport aux autres", "Intervalle", "Lecture")
    return Table(f"{told.label} : {told.meaning}", head, tuple(rows), numbers=1)


def _by_group(line: Any) -> tuple[str, ...]:
    digits = 1 if line.value < 0.1 else 0
    own = percent(line.value, digits), shares_between(line.low, line.high, digits)
    compared = number(line.ratio), between(line.ratio_low, line.ratio_high)
    return title(line.attribute, line.group), _households(line), *own, *compared, READINGS[line.reading]


def _households(line: Any) -> str:
    return "moins de 11" if line.is_hidden else integer(line.households)


def others(figures: pd.DataFrame, attributes: Iterable[str]) -> Table:
    """The metrics that are told and not judged, by group, a column each."""
    wanted = figures[figures["attribute"].isin(list(attributes)) & figures["metric"].isin(TOLD)]
    rows = [
        (title(str(attribute), str(group)), *(_cell(cells, metric) for metric in TOLD))
        for (attribute, group), cells in wanted.groupby(["attribute", "group"], sort=False)
    ]
    head = ("Groupe", *(f"{label(metric)} (jours)" if metric == LEAD else label(metric) for metric in TOLD))
    return Table("Ce qui est relevé sans être jugé", head, tuple(rows), numbers=1)


def _cell(cells: pd.DataFrame, metric: str) -> str:
    line = next(iter(lines(cells[cells["metric"] == metric])))
    if line.reading == "few":
        return "trop peu"
    return number(line.value, 0) if metric == LEAD else percent(line.value, 1 if line.value < 0.1 else 0)


def ratios(figures: pd.DataFrame, metric: str, attributes: Iterable[str]) -> list[Interval]:
    """Groups that can be judged, for the picture of a metric."""
    return [
        (title(line.attribute, line.group), line.ratio, line.ratio_low, line.ratio_high)
        for line in _of(figures, metric, attributes)
        if line.reading not in ("few", "refused") and isfinite(line.ratio)
    ]


def _of(figures: pd.DataFrame, metric: str, attributes: Iterable[str]) -> Iterable[Any]:
    return lines(figures[(figures["metric"] == metric) & figures["attribute"].isin(list(attributes))])


def shifts(moved: pd.DataFrame, question: float, stop: float) -> Table:
    """Displacement of the score and of each input, beside what chance alone would give."""
    head = ("Entrée", "Déplacement", "Hasard seul", "Inconnu, avant → maintenant", "Lecture")
    return Table("Déplacement (PSI)", head, tuple(_shift(line, question, stop) for line in lines(moved)), numbers=1)


def _shift(line: Any, question: float, stop: float) -> tuple[str, ...]:
    unknown = f"{percent(line.unknown_before, 1)} → {percent(line.unknown_now, 1)}"
    name = "Score" if line.input == SCORE else line.label
    return name, number(line.psi, 3), number(line.chance, 3), unknown, _shift_reading(line, question, stop)


def _shift_reading(line: Any, question: float, stop: float) -> str:
    beyond = line.psi - line.chance
    return "arrête" if beyond > stop else "pose une question" if beyond > question else "stable"


def calibrated(found: pd.DataFrame, attributes: Sequence[str]) -> Table:
    """Observed events beside announced ones."""
    head = ("Groupe", "Ménages", "Observés", "Annoncés", "Rapport", "Intervalle", "Lecture")
    rows = (_calibrated(line) for line in lines(found[found["attribute"].isin(attributes)]))
    return Table("Événements observés et annoncés", head, tuple(rows), numbers=1)


def _calibrated(line: Any) -> tuple[str, ...]:
    name = f"Score de {int(line.group)} à {int(line.group) + 9}" if line.attribute == BAND else title(line.attribute, line.group)
    counts = integer(line.rows), integer(line.observed), number(line.expected, 1)
    return name, *counts, number(line.ratio), between(line.low, line.high), READINGS[line.reading]


def overridden(found: pd.DataFrame) -> Table:
    """Decisions against the flag, by unit."""
    head = ("Unité", "Lignes décidées", "Contraires", "Intervalle")
    return Table("Décisions contraires, par unité", head, tuple(_overridden(line) for line in lines(found)), numbers=1)


def _overridden(line: Any) -> tuple[str, ...]:
    unit = "Toutes" if line.management_unit == ALL else line.management_unit
    return unit, integer(line.decided), percent(line.against, 1), shares_between(line.low, line.high, 1)
