"""The rules themselves: what each reads in a month's figures of one score, and what it says of a figure out of bounds."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from riskmodel.documents.french import counted, decimal, typeset
from riskmodel.score import PublishedTable
from riskmodel.watch.attributes import ATTRIBUTES, group_label
from riskmodel.watch.calibration import BAND
from riskmodel.watch.fairness import ALL, OUTSIDE, lines
from riskmodel.watch.limits import Limits, Rule
from riskmodel.watch.stability import SCORE, Stability

SCORES = {"derive": "dérive d'impayé", "decrochage": "décrochage"}


@dataclass(frozen=True)
class Measured:
    """All that the rules read of one score in a month."""

    table: PublishedTable
    fairness: pd.DataFrame
    calibration: pd.DataFrame
    stability: Stability

    @property
    def score(self) -> str:
        """« derive » or « decrochage »."""
        return self.table.name


@dataclass(frozen=True)
class Finding:
    """A figure out of bounds: which rule, of what, the figure, the limit it is beyond, and a French sentence."""

    name: str
    subject: str
    figure: float
    limit: float
    sentence: str


def findings(one: Measured, limits: Limits) -> list[Finding]:
    """Every figure of one score that is out of bounds."""
    return [finding for rule in (_recall, _level, _moved, _unknown, _overrides) for finding in rule(one, limits)]


def late(gap_days: int, limits: Limits) -> list[Finding]:
    """The delivery that is missing, when the newest one is too old."""
    rule = limits.rules["trou_de_livraison"]
    most = int(rule.limit or 0)
    if gap_days <= most:
        return []
    said = f"Dernière livraison acceptée {counted(gap_days, 'jour')} avant la fin du mois (limite : {counted(most, 'jour')})."
    return [Finding(rule.name, ALL, float(gap_days), float(most), typeset(said))]


def subject_label(subject: str) -> str:
    """What a finding is about, in French: « unité de gestion : 03 » for a group, the name itself for an input."""
    attribute, _, group = subject.partition("=")
    return f"{ATTRIBUTES[attribute]} : {group_label(attribute, group)}" if attribute in ATTRIBUTES else subject


def _recall(one: Measured, limits: Limits) -> list[Finding]:
    judged = one.fairness[(one.fairness["metric"] == "recall") & (one.fairness["reading"] == OUTSIDE)]
    return [_recall_of(line, one, limits) for line in lines(judged)]


def _recall_of(line: Any, one: Measured, limits: Limits) -> Finding:
    subject = f"{line.attribute}={line.group}"
    said = (
        f"rappel de {decimal(line.ratio)} fois celui des autres ménages pour « {subject_label(subject)} » "
        f"(limites : {decimal(limits.low)} à {decimal(limits.high)})"
    )
    limit = limits.low if line.ratio < limits.low else limits.high
    return Finding("rappel_par_groupe", subject, float(line.ratio), limit, _said(one, said))


def _level(one: Measured, limits: Limits) -> list[Finding]:
    out = one.calibration[(one.calibration["reading"] == OUTSIDE) & (one.calibration["attribute"] != BAND)]
    return [_level_of(line, one, limits) for line in lines(out)]


def _level_of(line: Any, one: Measured, limits: Limits) -> Finding:
    is_whole = line.attribute == ALL
    low, high = limits.calibration if is_whole else limits.group_calibration
    subject = ALL if is_whole else f"{line.attribute}={line.group}"
    who = "" if is_whole else f" pour « {subject_label(subject)} »"
    said = f"{line.observed} événements pour {decimal(line.expected, 0)} annoncés{who}, soit {decimal(line.ratio)} fois"
    name = "calibrage_d_ensemble" if is_whole else "calibrage_par_groupe"
    return Finding(name, subject, float(line.ratio), low if line.ratio < low else high, _said(one, said))


def _moved(one: Measured, limits: Limits) -> list[Finding]:
    shifts = one.stability.shifts
    out = shifts[(shifts["psi"] > limits.moved) & (shifts["psi"] > shifts["chance_high"])]
    return [Finding("deplacement", line.input, float(line.psi), limits.moved, _moved_said(line, one)) for line in lines(out)]


def _moved_said(line: Any, one: Measured) -> str:
    what = "le score" if line.input == SCORE else f"« {line.label} »"
    by_chance = f"le hasard seul dépasse {decimal(line.chance_high, 3)} une fois sur vingt"
    return _said(one, f"{what} s'est déplacé de {decimal(line.psi)} ({by_chance})")


def _unknown(one: Measured, limits: Limits) -> list[Finding]:
    shifts = one.stability.shifts
    out = shifts[(shifts["unknown_now"] > limits.unknown) & (shifts["unknown_now"] > shifts["unknown_before"])]
    return [
        Finding("donnees_inconnues", line.input, float(line.unknown_now), limits.unknown, _unknown_said(line, one))
        for line in lines(out)
    ]


def _unknown_said(line: Any, one: Measured) -> str:
    now, before = decimal(100 * line.unknown_now, 0), decimal(100 * line.unknown_before, 0)
    return _said(one, f"« {line.label} » inconnu pour {now} % des ménages, contre {before} % auparavant")


def _overrides(one: Measured, limits: Limits) -> list[Finding]:
    whole = next(iter(lines(one.stability.overrides)))
    blind, disowned = limits.rules["suivi_aveugle"], limits.rules["desaveu"]
    out = [rule for rule in (blind, disowned) if whole.decided >= rule.fewest and _is_beyond(whole.against, rule, blind)]
    decided = counted(whole.decided, "ligne décidée", "lignes décidées")
    said = f"{decimal(100 * whole.against, 1)} % de décisions contraires sur {decided}"
    return [Finding(rule.name, ALL, float(whole.against), rule.limit or 0.0, _said(one, said)) for rule in out]


def _is_beyond(against: float, rule: Rule, blind: Rule) -> bool:
    limit = rule.limit or 0.0
    return against < limit if rule is blind else against > limit


def _said(one: Measured, text: str) -> str:
    return typeset(f"{SCORES[one.score].capitalize()} : {text}.")
