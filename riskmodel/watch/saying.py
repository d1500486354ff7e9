"""Figures as the pages print them: French numbers, and tables made of a month's frames, small cells already blanked."""

from collections.abc import Callable, Iterable, Sequence
from math import isfinite, isnan
from typing import Any

import pandas as pd

from riskmodel.documents.french import integer
from riskmodel.documents.page import Table
from riskmodel.watch.attributes import ATTRIBUTES, SHORT, group_label
from riskmodel.watch.calibration import BAND
from riskmodel.watch.fairness import ALL, READINGS, lines
from riskmodel.watch.metrics import LEAD, LEAD_LABEL, LEAD_MEANING, METRICS, label
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
    """« Unité : 03 », for the margin of a picture."""
    return "Tous" if attribute == ALL else f"{SHORT[attribute]} : {group_label(attribute, group)}"


def under_headings(found: Iterable[Any], cells: Callable[[Any], tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """A row a line of figures, its group first, under a heading a change of attribute."""
    rows: list[tuple[str, ...]] = []
    attribute = ALL
    for line in found:
        shown = cells(line)
        if line.attribute not in (attribute, ALL):
            attribute = line.attribute
            rows.append((ATTRIBUTES[attribute], *[""] * len(shown)))
        rows.append(("Tous" if line.attribute == ALL else group_label(line.attribute, line.group), *shown))
    return tuple(rows)


def whole(figures: pd.DataFrame) -> Table:
    """Every metric for all households together."""
    rows = tuple(_whole(line) for line in lines(figures[figures["attribute"] == ALL]))
    return Table("Tous les ménages", ("Chiffre", "Ménages", "Valeur", "Intervalle à 95 %", "Ce que c'est"), "lrrrl", rows)


def _whole(line: Any) -> tuple[str, ...]:
    if line.metric == LEAD:
        days = NOTHING if isnan(line.low) else f"{number(line.low, 0)} à {number(line.high, 0)} jours"
        return LEAD_LABEL, integer(line.households), f"{number(line.value, 0)} jours", days, LEAD_MEANING
    told, digits = METRICS[line.metric], 1 if line.value < 0.1 else 0
    bounds = shares_between(line.low, line.high, digits)
    return told.label, integer(line.households), percent(line.value, digits), bounds, told.meaning


def by_group(figures: pd.DataFrame, metric: str, attributes: Iterable[str]) -> Table:
    """One judged metric by group, beside all other households."""
    told = METRICS[metric]
    head = ("Groupe", "Ménages", told.label, "Rapport aux autres", "Lecture")
    rows = under_headings(_of(figures, metric, attributes), _by_group)
    return Table(f"{told.label} : {told.meaning}", head, "lrrrl", rows)


def _by_group(line: Any) -> tuple[str, ...]:
    households = "moins de 11" if line.is_hidden else integer(line.households)
    if isnan(line.value):
        return households, NOTHING, NOTHING, READINGS[line.reading]
    digits = 1 if line.value < 0.1 else 0
    own = f"{percent(line.value, digits)} ({shares_between(line.low, line.high, digits)})"
    compared = NOTHING if isnan(line.ratio) else f"{number(line.ratio)} ({between(line.ratio_low, line.ratio_high)})"
    return households, own, compared, READINGS[line.reading]


def others(figures: pd.DataFrame, attributes: Iterable[str]) -> Table:
    """The metrics that are told and not judged, by group, a column each."""
    cells = {metric: list(_of(figures, metric, attributes)) for metric in TOLD}
    of = {(line.attribute, line.group): [_cell(found[rank]) for found in cells.values()] for rank, line in enumerate(cells[LEAD])}
    rows = under_headings(cells[LEAD], lambda line: tuple(of[line.attribute, line.group]))
    head = ("Groupe", *(f"{label(metric)} (jours)" if metric == LEAD else label(metric) for metric in TOLD))
    return Table("Ce qui est relevé sans être jugé", head, "l" + "r" * len(TOLD), rows)


def _cell(line: Any) -> str:
    if line.reading == "few":
        return "trop peu"
    return number(line.value, 0) if line.metric == LEAD else percent(line.value, 1 if line.value < 0.1 else 0)


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
    head = ("Entrée", "Déplacement", "Hasard seul (1 fois sur 20)", "Inconnu avant", "Inconnu maintenant", "Lecture")
    return Table("Déplacement (PSI)", head, "lrrrrl", tuple(_shift(line, question, stop) for line in lines(moved)))


def _shift(line: Any, question: float, stop: float) -> tuple[str, ...]:
    unknown = percent(line.unknown_before, 1), percent(line.unknown_now, 1)
    name = "Score" if line.input == SCORE else line.label
    return name, number(line.psi, 3), number(line.chance_high, 3), *unknown, _shift_reading(line, question, stop)


def _shift_reading(line: Any, question: float, stop: float) -> str:
    if line.psi <= max(question, line.chance_high):
        return "stable"
    return "arrête" if line.psi > stop else "pose une question"


def calibrated(found: pd.DataFrame, attributes: Sequence[str]) -> Table:
    """Observed events beside announced ones."""
    head = ("Groupe", "Ménages", "Observés", "Annoncés", "Observés sur annoncés", "Lecture")
    bands = [(_band(line), *_calibrated(line)) for line in lines(found[found["attribute"] == BAND])] if BAND in attributes else []
    rows = under_headings(lines(found[found["attribute"].isin(attributes) & (found["attribute"] != BAND)]), _calibrated)
    return Table("Événements observés et annoncés", head, "lrrrrl", (*bands, *rows))


def _band(line: Any) -> str:
    return f"Score de {int(line.group)} à {int(line.group) + 9}"


def _calibrated(line: Any) -> tuple[str, ...]:
    ratio = f"{number(line.ratio)} ({between(line.low, line.high)})"
    return integer(line.rows), integer(line.observed), number(line.expected, 1), ratio, READINGS[line.reading]


def overridden(found: pd.DataFrame) -> Table:
    """Decisions against the flag, by unit."""
    head = ("Unité", "Lignes décidées", "Contraires", "Intervalle")
    return Table("Décisions contraires, par unité", head, "lrrr", tuple(_overridden(line) for line in lines(found)))


def _overridden(line: Any) -> tuple[str, ...]:
    unit = "Toutes" if line.management_unit == ALL else line.management_unit
    return unit, integer(line.decided), percent(line.against, 1), shares_between(line.low, line.high, 1)
