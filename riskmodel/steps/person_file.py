"""Everything held about a household, gathered when its right of access is answered; nothing of it is written anywhere."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

import duckdb
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access import log
from riskmodel.access.policy import ACTION_LABELS
from riskmodel.casework import cases, decisions
from riskmodel.contracts import TABLES
from riskmodel.contracts.table import Column, Table, Type
from riskmodel.documents.person import Field, Kind, Part, PersonFile
from riskmodel.errors import NothingKnown
from riskmodel.features.dictionary import FEATURES
from riskmodel.people import corrections, objections
from riskmodel.people.appearances import appearances
from riskmodel.people.days import PARIS, day_of
from riskmodel.people.held import held, other_leases
from riskmodel.people.identity import holders
from riskmodel.register import open_register
from riskmodel.register.models import DrawnRow, HouseholdFile, WeeklyList
from riskmodel.settings import Settings, landlord
from riskmodel.steps import person_help
from riskmodel.steps.source import source
from riskmodel.weekly.frozen import TABS

KINDS: dict[Type, Kind] = {
    "money": "money",
    "bool": "yes",
    "date": "day",
    "datetime": "instant",
    "int": "number",
    "decimal": "number",
}
MEANINGS = {feature.name: feature.meaning for feature in FEATURES}
SCORES = {"derive": "dérive d'impayé", "decrochage": "décrochage"}


def person_file(settings: Settings, landlord_id: str, lease_id: str, now: datetime) -> PersonFile:
    """The complete file of the household of a lease; raises NothingKnown when nothing is held about that lease."""
    today, declared = day_of(now), landlord(settings, landlord_id)
    known, delivered_on = source(settings, landlord_id, today)
    facts = held(known, lease_id, today)
    if not facts["leases"]:
        raise NothingKnown(f"Bail {lease_id} : rien n'est détenu chez {landlord_id}. Vérifiez l'identifiant.")
    people, others = holders(known, lease_id, today)
    with open_register(settings.register_url)() as session:
        help_given = person_help.parts(session, landlord_id, lease_id, today)
        kept = (*_lists(session, landlord_id, lease_id), *help_given, *_acts(session, landlord_id, lease_id, today))
    return PersonFile(
        landlord=declared.name,
        lease_id=lease_id,
        made_on=today,
        as_of=delivered_on,
        is_synthetic=declared.is_synthetic,
        other_leases=tuple(other_leases(known, facts["leases"][0]["household_id"], lease_id, today)),
        others=others,
        parts=(
            _of_table(TABLES["tenants"], people),
            *(_of_table(TABLES[name], rows) for name, rows in facts.items()),
            _scores(settings, landlord_id, lease_id),
            *kept,
        ),
    )


def _of_table(table: Table, rows: Iterable[Mapping[str, Any]]) -> Part:
    fields = tuple(_field(column) for column in table.columns if column.name != "lease_id")
    return Part(f"{table.french[0].upper()}{table.french[1:]}", fields, tuple(rows))


def _field(column: Column) -> Field:
    return Field(
        column.stored, column.meaning.partition(" ;")[0].partition(" :")[0], KINDS.get(column.type, "text"), column.codes
    )


def _scores(settings: Settings, landlord_id: str, lease_id: str) -> Part:
    """The newest night's points, which no list may have shown."""
    nights = sorted((settings.runs / landlord_id).glob("????-??-??/scores.parquet"))
    rows = []
    if nights:
        with duckdb.connect() as con:
            found = con.execute("SELECT * FROM read_parquet(?) WHERE lease_id = ?", [str(nights[-1]), lease_id])
            names = [column[0] for column in found.description or ()]
            rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    fields = (
        Field("on", "nuit du", "day"),
        Field("score", "score", codes=SCORES),
        Field("input", "ce qui compte", codes=MEANINGS),
        Field("points", "points", "number"),
    )
    night = date.fromisoformat(nights[-1].parent.name) if nights else None
    return Part("Points de la dernière nuit", fields, tuple(line for row in rows for line in _points(night, row)))


def _points(night: date | None, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The points of each input, and their sum."""
    inputs = {name.removeprefix("points_"): value for name, value in row.items() if name.startswith("points_")}
    lines = [{"on": night, "score": row["table"], "input": name, "points": value} for name, value in inputs.items() if value]
    return [*lines, {"on": night, "score": row["table"], "input": "total", "points": row["score"]}]


def _lists(session: Session, landlord_id: str, lease_id: str) -> tuple[Part, ...]:
    """The lists that showed the household, why, what was frozen with them, and where it was drawn by chance."""
    shown = appearances(session, landlord_id, lease_id)
    week = Field("week", "semaine")
    rows = tuple(asdict(one) for one in shown)
    reasons = tuple({"week": one.week, **reason} for one in shown for reason in one.reasons)
    facts = tuple({"week": one.week, "fact": name, "value": value} for one in shown for name, value in one.facts.items())
    drawn = tuple(_plain(row) for row in session.scalars(select(DrawnRow).filter_by(landlord_id=landlord_id, lease_id=lease_id)))
    return (
        Part(
            "Listes où le ménage a paru",
            (
                week,
                Field("management_unit", "unité"),
                Field("as_of", "situation au", "day"),
                Field("tab", "onglet", codes={str(tab): label for tab, label in TABS.items()}),
                Field("position", "ligne", "number"),
                Field("drift", "score de dérive", "number"),
                Field("decrochage", "score de décrochage", "number"),
                Field("why", "pourquoi"),
            ),
            rows,
        ),
        Part(
            "Raisons et points",
            (week, Field("score", "score", codes=SCORES), Field("text", "raison"), Field("points", "points", "number")),
            reasons,
        ),
        Part("Tirages au sort", (week, Field("score", "score", codes=SCORES), Field("probability", "chance", "number")), drawn),
        Part("Faits figés avec les listes", (week, Field("fact", "fait", codes=MEANINGS), Field("value", "valeur")), facts, True),
        _frozen_files(session, landlord_id, lease_id),
    )


def _frozen_files(session: Session, landlord_id: str, lease_id: str) -> Part:
    mine = select(WeeklyList.week, HouseholdFile).join(WeeklyList, WeeklyList.id == HouseholdFile.list_id)
    found = session.execute(mine.where(WeeklyList.landlord_id == landlord_id, HouseholdFile.lease_id == lease_id)).all()
    names = {"series": "compte mois par mois", "timeline": "historique", "balances": "soldes", "waterfall": "points"}
    fields = (Field("week", "semaine"), *(Field(name, label) for name, label in names.items()))
    return Part("Dossiers figés avec les listes", fields, tuple({"week": week, **_plain(file)} for week, file in found), True)


def _acts(session: Session, landlord_id: str, lease_id: str, today: date) -> tuple[Part, ...]:
    """What people decided, opened, recorded and read about the household."""
    decided = tuple(asdict(one) for one in decisions.history(session, landlord_id, lease_id))
    opened = tuple(asdict(one) for one in cases.of_lease(session, landlord_id, lease_id, today))
    heard = tuple(asdict(one) for one in objections.history(session, landlord_id, lease_id))
    requests = tuple(_request(one) for one in corrections.history(session, landlord_id, lease_id))
    reads = tuple(asdict(one) | {"at": one.at.astimezone(PARIS)} for one in log.of_lease(session, landlord_id, lease_id))
    return (
        Part("Décisions", DECIDED, decided),
        Part(
            "Suites ouvertes", _days("label", "suite", opened_on="ouverte le", due_on="à faire le", closed_on="close le"), opened
        ),
        Part("Oppositions", _days("recorded_by", "compte", objected_on="dite le", lifted_on="levée le"), heard),
        Part("Demandes de correction", REQUESTED, requests),
        Part("Journal des accès", READ, reads),
    )


def _days(name: str, label: str, **days: str) -> tuple[Field, ...]:
    return (Field(name, label), *(Field(day, said, "day") for day, said in days.items()))


DECIDED = (
    Field("week", "semaine"),
    Field("label", "décision"),
    Field("reason_label", "motif"),
    Field("decided_on", "le", "day"),
    Field("decided_by", "compte"),
    Field("undone_at", "annulée le", "instant"),
)
REQUESTED = (
    *_days("label", "fait contesté", opened_on="demande du", settled_on="close le"),
    Field("outcome_label", "issue"),
    Field("claimed", "version du ménage"),
    Field("stated", "version des données"),
)
READ = (
    Field("at", "quand", "instant"),
    Field("account", "compte"),
    Field("action", "acte", codes={action.value: label for action, label in ACTION_LABELS.items()}),
    Field("result", "résultat"),
)


def _request(one: corrections.Request) -> dict[str, Any]:
    said = {"label": one.fact.label, "opened_on": one.opened_on, "settled_on": one.settled_on, "outcome_label": one.outcome_label}
    claimed = one.claimed.get("day"), one.claimed.get("amount_cents")
    stated = ", ".join(f"{MEANINGS[name]} : {value}" for name, value in one.stated.items())
    shown = " ".join(part for part in (claimed[0], f"{claimed[1] / 100:.2f} €" if claimed[1] else None) if part)
    return said | {"claimed": shown, "stated": stated}


def _plain(row: Any) -> dict[str, Any]:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
