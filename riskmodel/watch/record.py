"""The algorithm record: the public page of the whole service for one landlord, in the order of the United Kingdom's transparency
record (purpose, people, data, method, risks), with the four points French law asks for. Publishable as it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from riskmodel.contracts import TABLES
from riskmodel.documents.french import counted, day
from riskmodel.documents.page import Block, Bullets, Page, Section, Table
from riskmodel.features import FEATURES
from riskmodel.watch import card
from riskmodel.watch.limits import Limits
from riskmodel.watch.report import Head, Standing
from riskmodel.watch.rules import SCORES, Measured
from riskmodel.watch.texts import texts
from riskmodel.watch.worth import worth

SAID = texts("registre-algorithme")


def record_page(
    head: Head, measured: Sequence[Measured], standing: Standing, track: Sequence[Mapping[str, Any]], limits: Limits
) -> Page:
    """The record of a landlord's service, from the tables in force and the month's figures."""
    return Page(
        title="Registre de l'algorithme : Vigie Bail",
        subtitle=head.landlord_name,
        facts=(
            ("Responsable", f"{head.landlord_name}, responsable de traitement"),
            ("Contact", card.SAID["contact"]),
            ("Situation", f"au {day(head.end)}"),
            ("Versions", " ; ".join(f"{one.table.title} {one.table.version} ({one.table.digest[:12]})" for one in measured)),
            ("En service", " ; ".join(_state(one, standing) for one in measured)),
        ),
        sections=_sections(measured, standing, track, limits),
        as_of=head.end,
        is_synthetic=head.is_synthetic,
        footer="Registre produit par Vigie Bail à partir des tables en vigueur ; les fiches donnent les chiffres par groupe",
    )


def _sections(
    measured: Sequence[Measured], standing: Standing, track: Sequence[Mapping[str, Any]], limits: Limits
) -> tuple[Section, ...]:
    return (
        Section("Ce que c'est", (SAID["objet"], "Ce qui n'arrive jamais :", Bullets(tuple(card.SAID["jamais"])))),
        Section("Pourquoi, et ce qui existait sans", (SAID["raison"], Bullets(tuple(_worth(one, track) for one in measured)))),
        Section("Mention à porter sur les courriers (CRPA, art. R.311-3-1-1)", (SAID["mention"], SAID["mention_note"])),
        Section("1. Degré et mode de contribution à la décision", (card.SAID["personnes"],)),
        Section("2. Données traitées et leurs sources", (_sources(measured), card.not_used(), SAID["conservation"])),
        Section("3. Paramètres et pondération", _weights(measured)),
        Section("4. Opérations effectuées", (Bullets(tuple(SAID["operations"])),)),
        Section("Risques, et ce qui les tient", (_risks(),)),
        Section("Règles d'arrêt", _stops(standing, limits)),
        Section("Base juridique et évaluations", (SAID["base_juridique"],)),
        Section("Droits des personnes", (Bullets(tuple(card.SAID["droits"])),)),
    )


def _state(one: Measured, standing: Standing) -> str:
    is_stopped = any(stop.score in (None, one.score) for stop in standing.stops)
    said = "score arrêté, une règle simple ordonne la liste" if is_stopped else "score non arrêté"
    return f"{SCORES[one.score]} : {said}"


def _worth(one: Measured, track: Sequence[Mapping[str, Any]]) -> str:
    own = next((entry for entry in track if entry["score"] == one.score), None)
    return f"{one.table.title}. {worth(own)}"


def _sources(measured: Sequence[Measured]) -> Table:
    """Each input of each table: the contract's tables it is read from."""
    known = {feature.name: feature for feature in FEATURES}
    rows = [
        (
            one.table.title if rank == 0 else "",
            entry.label,
            ", ".join(TABLES[name].french for name in known[entry.feature].tables),
        )
        for one in measured
        for rank, entry in enumerate(one.table.inputs)
    ]
    return Table("Entrées et tables d'origine", ("Score", "Entrée", "Lue dans"), "lll", tuple(rows))


def _weights(measured: Sequence[Measured]) -> tuple[Block, ...]:
    return (SAID["poids"], *(block for one in measured for block in (one.table.approval, card.inputs(one.table))))


def _risks() -> Table:
    return Table("Risques et mesures", ("Risque", "Mesure"), "ll", tuple((risk, held) for risk, held in SAID["risques"]))


def _stops(standing: Standing, limits: Limits) -> tuple[Block, ...]:
    rows = tuple((rule.title, counted(rule.months, "mois", "mois"), rule.reason) for rule in limits.rules.values())
    table = Table(f"Règles écrites le {day(limits.dated)}", ("Règle", "Arrêt après", "Raison"), "lll", rows)
    sentences = tuple(stop.sentence for stop in standing.stops)
    return (table, "Arrêts en cours :", Bullets(sentences)) if sentences else (table, SAID["sans_arret"])
