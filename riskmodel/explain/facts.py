"""Facts that could have been otherwise: dated, of a closed list of kinds, each with the change of rows that undoes it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Literal

from riskmodel.contracts.contacts import CHANNELS
from riskmodel.contracts.obligations import OBLIGATION_KINDS
from riskmodel.explain.dossier import Dossier, Row
from riskmodel.explain.months import month_of, months_later, shift, spoken
from riskmodel.features.dictionary import FEATURES
from riskmodel.features.scenarios import Edit
from riskmodel.score import PublishedTable
from riskmodel.score.french import day as shown
from riskmodel.score.french import euros

Kind = Literal["term", "reject", "instalment", "benefit", "answer", "obligation"]
KINDS: dict[Kind, tuple[str, str]] = {
    "term": ("entries", "terme non payé"),
    "reject": ("entries", "paiement rejeté"),
    "instalment": ("plans", "échéance de plan manquée"),
    "benefit": ("benefits", "aide au logement interrompue"),
    "answer": ("contacts", "tentative sans réponse ou courrier revenu"),
    "obligation": ("obligations", "demande sans suite"),
}
"""The closed list: table that tells the fact, and its name."""


@dataclass(frozen=True)
class Fact:
    """One thing that happened and could have been otherwise. `day` is its own; `amount_cents` what it weighs, unknown when it is
    no money; `sentence` says, in French, what would have been; `edit` makes it so in a copy of the lease's rows."""

    kind: Kind
    day: date
    amount_cents: int | None
    sentence: str
    edit: Edit = field(repr=False, compare=False)


def facts(dossier: Dossier, table: PublishedTable) -> tuple[Fact, ...]:
    """The facts of a household that an input of `table` may read, oldest first."""
    tables = {f.name: f.tables for f in FEATURES}
    read = {name for entry in table.inputs for name in tables[entry.feature]}
    found = [fact for kind, reader in _READERS.items() if KINDS[kind][0] in read for fact in reader(dossier)]
    return tuple(sorted(found, key=lambda fact: (fact.day, fact.kind, fact.sentence)))


def _terms(dossier: Dossier) -> Iterator[Fact]:
    """One fact a due date, whether the term missed its judging day or is unpaid today; a payment still on its way is no fact."""
    owed = max(0, dossier.features["current_cents"])
    debits = {row["day"]: row for row in dossier.debits if not row["is_in_transit"]}
    judged = {row["due_on"]: row for row in dossier.judged}
    for day in sorted({*debits, *(due for due, row in judged.items() if row["is_unpaid"])}):
        cents = max(debits.get(day, _NOTHING)["unpaid_cents"], judged.get(day, _NOTHING)["missing_cents"])
        name = "Terme du" if day in judged or debits[day]["is_term"] else "Solde repris le"
        how = "payé" if cents <= owed else "payé à temps"
        edit = _paid(dossier, f"terme-{day}", _payment_day(dossier, judged, day), cents)
        yield Fact("term", day, cents, f"{name} {shown(day)} {how} : {euros(cents)}", edit)


def _payment_day(dossier: Dossier, judged: dict[date, Row], day: date) -> date:
    """The due day itself when money of that day can pay no earlier term; else the day on which the term is judged."""
    if day in judged:
        return day if day > judged[day]["opened_on"] else judged[day]["judged_on"]
    return day if all(day > row["judged_on"] or day < row["opened_on"] for row in judged.values()) else dossier.as_of


_NOTHING: Row = {"unpaid_cents": 0, "missing_cents": 0}


def _rejects(dossier: Dossier) -> Iterator[Fact]:
    for row in dossier.rejects:
        sentence = f"Paiement du {shown(row['day'])} non rejeté : {euros(row['amount_cents'])}"
        edit = Edit(removed=tuple(("entries", key) for key in row["keys"]))
        yield Fact("reject", row["day"], row["amount_cents"], sentence, edit)


def _instalments(dossier: Dossier) -> Iterator[Fact]:
    """The latest instalments of the plan in force, as many as are missed."""
    plan, missed = dossier.plan, dossier.features["plan_missed"]
    if plan is None or not missed:
        return
    cents, last = plan["instalment_cents"], plan["instalments_tolerated"]
    for number in range(last - int(missed), last):
        day = months_later(plan["first_due_on"], number)
        sentence = f"Échéance du plan du {shown(day)} payée : {euros(cents)}"
        yield Fact("instalment", day, cents, sentence, _paid(dossier, f"plan-{day}", day, cents))


def _benefit(dossier: Dossier) -> Iterator[Fact]:
    """The right goes on, and is paid as before, from the month in which it was cut off or halved."""
    if not dossier.features["has_benefit_break"]:
        return
    now = month_of(dossier.as_of)
    rights = {row["month"]: row for row in dossier.rights}
    level = max((rights[m] for m in (shift(now, -3), shift(now, -4)) if m in rights), key=lambda row: row["open_cents"])
    first = -3 if 2 * _open(rights, shift(now, -3)) <= level["open_cents"] else -2
    months = [shift(now, back) for back in range(first, 1) if back < 0 or now in rights]
    cents = sum(max(0, level["open_cents"] - _open(rights, month)) for month in months)
    edit = Edit(
        removed=tuple(("benefits", month) for month in months if month in rights),
        added=tuple(row for month in months for row in _restored(dossier, level, rights.get(month), month)),
    )
    sentence = f"Aide au logement maintenue depuis {spoken(months[0])} : {euros(level['open_cents'])} par mois"
    yield Fact("benefit", date.fromisoformat(f"{months[0]}-01"), cents, sentence, edit)


def _open(rights: dict[str, Row], month: str) -> int:
    return int(rights[month]["open_cents"]) if month in rights else 0


def _restored(dossier: Dossier, level: Row, row: Row | None, month: str) -> Iterator[tuple[str, Row]]:
    """The month's right as before; where the landlord received a part of it, the rest too: a benefit received is what counts."""
    right = {name: level[name] for name in ("kind", "amount_cents", "paid_to", "state")}
    yield "benefits", right | {"month": month, "known_on": row["known_on"] if row else dossier.as_of}
    rest = level["amount_cents"] - row["received_cents"] if row and row["received_cents"] > 0 else 0
    if rest > 0 and level["paid_to"] == "landlord":
        yield "entries", _entry(f"aide-{month}", "housing_benefit", dossier.as_of, rest) | {"period": month}


def _answers(dossier: Dossier) -> Iterator[Fact]:
    for day, rows in groupby(dossier.attempts, key=lambda row: row["contacted_on"]):
        tried = list(rows)
        edit = Edit(
            removed=tuple(("contacts", row["row_key"]) for row in tried),
            added=tuple(("contacts", {name: row[name] for name in _CONTACT} | {"outcome": "reached"}) for row in tried),
        )
        yield Fact("answer", day, None, _answered(tried, shown(day)), edit)


_CONTACT = ("contact_id", "contacted_at", "channel", "direction", "topic", "recorded_on")


def _answered(tried: list[Row], day: str) -> str:
    channels = ", ".join(sorted({CHANNELS[row["channel"]] for row in tried}))
    if all(row["is_returned"] for row in tried):
        return f"Courrier du {day} reçu ({channels}) et suivi d'une réponse"
    if all(row["is_missed_appointment"] for row in tried):
        return f"Rendez-vous du {day} honoré"
    return f"Réponse {'à la tentative' if len(tried) == 1 else 'aux tentatives'} du {day} ({channels})"


def _obligations(dossier: Dossier) -> Iterator[Fact]:
    for row in dossier.obligations:
        answered = {name: row[name] for name in _OBLIGATION} | {"fulfilled_on": row["due_on"]}
        edit = Edit(removed=(("obligations", row["row_key"]),), added=(("obligations", answered),))
        sentence = (
            f"Demande du {shown(row['requested_on'])} ({OBLIGATION_KINDS[row['kind']]}) suivie avant le {shown(row['due_on'])}"
        )
        yield Fact("obligation", row["due_on"], None, sentence, edit)


_OBLIGATION = ("obligation_id", "kind", "requested_on", "due_on", "reminded_on")


def _paid(dossier: Dossier, name: str, day: date, cents: int) -> Edit:
    return Edit(added=(("entries", _entry(name, "payment", min(day, dossier.as_of), cents)),))


def _entry(name: str, kind: str, day: date, cents: int) -> Row:
    """Money received; its method is unknown, so that it says nothing of how the household pays."""
    return {"entry_id": f"si-{name}", "booked_on": day, "value_on": day, "kind": kind, "amount_cents": -cents}


_READERS: dict[Kind, Callable[[Dossier], Iterator[Fact]]] = {
    "term": _terms,
    "reject": _rejects,
    "instalment": _instalments,
    "benefit": _benefit,
    "answer": _answers,
    "obligation": _obligations,
}
