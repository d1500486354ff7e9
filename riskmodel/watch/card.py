"""The model card of one score: what it is for, what it reads and how much, what it was worth, for whom it is less good, and what
people may ask. Generated, so that it cannot drift from the table; publishable, so without a person or a small cell."""

from collections.abc import Mapping
from typing import Any

from riskmodel.documents.french import counted, day
from riskmodel.documents.page import Block, Bullets, Page, Section, Table
from riskmodel.features import FEATURES
from riskmodel.score import HORIZONS, PublishedTable, probability
from riskmodel.score.forbidden import FORBIDDEN
from riskmodel.score.page import bound, readable
from riskmodel.score.points import Input
from riskmodel.watch import saying
from riskmodel.watch.calibration import BAND
from riskmodel.watch.fairness import ALL, published
from riskmodel.watch.limits import Limits
from riskmodel.watch.report import MAIN, Head
from riskmodel.watch.rules import Measured
from riskmodel.watch.texts import texts
from riskmodel.watch.worth import challenger, worth

SAID = texts("fiche-modele")
OUTSIDE = {
    "commune_code": "commune",
    "priority_area": "quartier prioritaire",
    "household_type": "type de ménage",
    "holder_birth_year": "année de naissance",
}
"""Refused data that are no feature at all, in words."""


def card_page(head: Head, one: Measured, track: Mapping[str, Any] | None, limits: Limits) -> Page:
    """The card of a score: from the table in force, the month's figures, and what past lists were worth (`track`, an entry of the
    list's own track record; None before any list has matured)."""
    table = one.table
    return Page(
        title=f"Fiche du score « {table.title} »",
        subtitle=head.landlord_name,
        facts=(
            ("Version", f"{table.version}, empreinte {table.digest}"),
            ("Forme", f"{len(table.inputs)} entrées publiées, {table.total} points en tout ; le score est leur somme exacte"),
            ("Chiffres", f"au {day(head.end)}, sur {head.basis()}"),
            ("Contact", SAID["contact"]),
        ),
        sections=(
            Section("À quoi sert ce score", (SAID["but"], "Ce qui n'arrive jamais :", Bullets(tuple(SAID["jamais"])))),
            Section("Ce qu'il annonce, et pour qui", _question(table)),
            Section("Les entrées et leurs points", (inputs(table),)),
            Section("Ce qui n'entre jamais", (not_used(),)),
            Section("D'où viennent les points", _origin(table)),
            Section("Ce que la liste a valu", (worth(track), challenger(table) or SAID["sans_comparaison"])),
            Section("Pour qui le score est moins bon", _fairness(one, limits)),
            Section("Calibrage et stabilité", _stability(one, limits)),
            Section("Limites connues", (Bullets(tuple(SAID["limites"])),)),
            Section("La part des personnes", (SAID["personnes"],)),
            Section("Droits des personnes", (Bullets(tuple(SAID["droits"])),)),
        ),
        as_of=head.end,
        is_synthetic=head.is_synthetic,
        footer=f"Fiche produite par Vigie Bail à partir de la table « {table.title} » {table.version} ({table.digest[:12]})",
    )


def inputs(table: PublishedTable) -> Table:
    """Every row of every input: from which value, how many points, what is said of it; the input's name and effect head them."""
    rows = tuple(line for entry in table.inputs for line in _input(entry))
    return Table(f"Points : {table.title}", ("À partir de", "Points", "Ce que lit la personne"), "lrl", rows)


def not_used() -> Table:
    """What may never add a point, by reason."""
    meanings = {feature.name: feature.meaning for feature in FEATURES} | OUTSIDE
    rows = [
        (_capital(reason), ", ".join(meanings.get(name, name) for name, why in FORBIDDEN.items() if why == reason))
        for reason in dict.fromkeys(FORBIDDEN.values())
    ]
    return Table("Données refusées dans toute table de points", ("Pourquoi", "Données"), "ll", tuple(rows))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _input(entry: Input) -> list[tuple[str, ...]]:
    effect = f"effet pendant {entry.effect_days} jours" if entry.effect_days else "effet tant que c'est vrai"
    rows = [(bound(row), str(row.points), readable(row.text) or "rien") for row in entry.rows]
    return [(f"{entry.label} ({effect})", "", ""), *rows, ("inconnu", str(entry.unknown.points), entry.unknown.text)]


def _question(table: PublishedTable) -> tuple[Block, ...]:
    listed = f"à partir de {counted(table.minimum, 'point')}, dans la limite de ce que l'équipe peut examiner"
    return (
        Bullets(
            (
                f"Ce que le score annonce : {table.outcome}",
                f"Pour qui : {table.cohort}",
                f"Seuil : un ménage peut être listé {listed}.",
            )
        ),
    )


def _origin(table: PublishedTable) -> tuple[Block, ...]:
    said = table.training
    if not said:
        return table.approval, SAID["sans_probabilite"]
    days = sorted(str(seen) for seen in said["days"])
    fitted = (
        f"Points ajustés sur le passé du bailleur : {counted(len(days), 'date')} du {days[0]} au {days[-1]}, "
        f"{counted(int(said['rows']), 'situation')} dont {counted(int(said['events']), 'événement')}. "
        f"Empreinte des données : {said['panel_digest'][:16]}. Les ménages déjà aidés n'ont pas servi."
    )
    return fitted, table.approval, _links(table)


def _links(table: PublishedTable) -> Table:
    tens = [*range(0, table.total, 10), table.total]
    rows = [(str(score), *(saying.percent(probability(table, score, days) or 0.0, 1) for days in HORIZONS)) for score in tens]
    return Table("Probabilité annoncée", ("Score", *(f"à {days} jours" for days in HORIZONS)), "rrrr", tuple(rows))


def _fairness(one: Measured, limits: Limits) -> tuple[Block, ...]:
    shown = published(one.fairness, limits)
    bounds = f"{saying.number(limits.low)} à {saying.number(limits.high)}"
    said = f"Limites écrites le {day(limits.dated)}, avant les chiffres : {bounds} fois les autres ménages."
    return limits.reason, said, saying.whole(shown), *(saying.by_group(shown, metric, MAIN) for metric in limits.order)


def _stability(one: Measured, limits: Limits) -> tuple[Block, ...]:
    found = one.calibration
    level: Block = SAID["sans_calibrage"] if found.empty else saying.calibrated(found, (ALL, BAND))
    return level, saying.shifts(one.stability.shifts, limits.question, limits.moved)
