"""What happened to a household, newest first: dated rows of the lake as sentences made of codes and amounts alone.

Each SELECT reads the tables and blocks computed for the leases asked about, and ends with the day of the question: what was known
by then, of the last two years; acts, plans and overindebtedness further back too, as long as they may still count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from riskmodel.contracts.benefits import BENEFIT_KINDS, PAID_TO, STATES
from riskmodel.contracts.contacts import CHANNELS, OUTCOMES, TOPICS
from riskmodel.contracts.obligations import OBLIGATION_KINDS
from riskmodel.contracts.overindebtedness import OVERINDEBTEDNESS_STEPS
from riskmodel.contracts.plans import END_REASONS, FRAMEWORKS
from riskmodel.contracts.procedures import STEPS
from riskmodel.explain.months import of
from riskmodel.features.scenarios import Copies
from riskmodel.score.french import counted, euros
from riskmodel.score.french import day as shown

Row = dict[str, Any]
Told = Iterator[tuple[date, str]]

RECENT, OLD = "730", "1826"
"""Days looked back: two years, as contacts are kept; five for what a procedure or a plan may still rest on."""

_QUERIES = {
    "contact": """
        SELECT lease_id, CAST(contacted_at AS DATE) AS day, channel, direction, outcome, topic
        FROM contacts
        WHERE CAST(contacted_at AS DATE) <= {as_of} AND CAST(contacted_at AS DATE) > {as_of} - {recent}""",
    "obligation": """
        SELECT lease_id, kind, requested_on, due_on, reminded_on, fulfilled_on
        FROM obligations
        WHERE requested_on <= {as_of} AND requested_on > {as_of} - {recent}""",
    "plan": """
        SELECT lease_id, framework, signed_on, instalment_cents, instalments, debt_included_cents, ended_on, end_reason
        FROM plans
        WHERE signed_on > {as_of} - {old}""",
    "instalment": """
        SELECT * FROM instalments WHERE day > {as_of} - {recent}""",
    "procedure": """
        SELECT lease_id, step, dated, amount_cents, hearing_on
        FROM procedures
        WHERE dated <= {as_of} AND dated > {as_of} - {old}""",
    "benefit": """
        SELECT lease_id, month, kind, amount_cents, paid_to, state, known_on
        FROM benefits
        WHERE known_on > {as_of} - {recent}
        QUALIFY (kind, amount_cents, paid_to, state)
            IS DISTINCT FROM LAG((kind, amount_cents, paid_to, state)) OVER (PARTITION BY lease_id ORDER BY month)""",
    "overindebtedness": """
        SELECT lease_id, step, dated, debt_included_cents
        FROM overindebtedness
        WHERE dated > {as_of} - {old}""",
}


def timelines(copies: Copies) -> dict[str, list[dict[str, str]]]:
    """By lease, one `{on, kind, text}` an event, newest first, of the leases last computed and their block of instalments."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    days = {"as_of": f"DATE '{copies.as_of.isoformat()}'", "recent": RECENT, "old": OLD}
    for source, sql in _QUERIES.items():
        kind = "plan" if source == "instalment" else source
        for row in copies.rows(sql.format(**days)):
            found[row["lease_id"]] += [
                {"on": day.isoformat(), "kind": kind, "text": text} for day, text in _TELLERS[source](row) if day <= copies.as_of
            ]
    return {lease_id: sorted(events, key=_newest_first, reverse=True) for lease_id, events in found.items()}


def _newest_first(event: dict[str, str]) -> tuple[str, str, str]:
    return event["on"], event["kind"], event["text"]


def _contact(row: Row) -> Told:
    way = "Vers le ménage" if row["direction"] == "outbound" else "Du ménage"
    yield row["day"], f"{way}, {CHANNELS[row['channel']]} ({TOPICS[row['topic']]}) : {OUTCOMES[row['outcome']]}"


def _obligation(row: Row) -> Told:
    name = OBLIGATION_KINDS[row["kind"]]
    yield row["requested_on"], f"Demande envoyée, {name} : réponse attendue pour le {shown(row['due_on'])}"
    if row["reminded_on"]:
        yield row["reminded_on"], f"Relance, {name}"
    if row["fulfilled_on"]:
        yield row["fulfilled_on"], f"Réponse reçue, {name}"


def _plan(row: Row) -> Told:
    name = _capital(FRAMEWORKS[row["framework"]])
    monthly = f"{counted(row['instalments'], 'échéance', 'échéances')} de {euros(row['instalment_cents'])}"
    yield row["signed_on"], f"{name} : {monthly}, pour une dette de {euros(row['debt_included_cents'])}"
    if row["ended_on"]:
        how = END_REASONS.get(row["end_reason"], "terminé")
        yield row["ended_on"], f"{name} du {shown(row['signed_on'])} : {how}"


def _instalment(row: Row) -> Told:
    """Whether terms and instalments since the signature were covered five days after this instalment's own day."""
    missed, before = row["missed"], row["missed_before"]
    late = counted(missed, "échéance", "échéances")
    if missed > before:
        told = f"non tenue, {late} de retard"
    elif missed:
        told = f"tenue, mais {late} de retard encore"
    else:
        told = "tenue, retard rattrapé" if before else "tenue"
    yield row["day"], f"Échéance de {euros(row['instalment_cents'])} ({FRAMEWORKS[row['framework']]}) : {told}"


def _procedure(row: Row) -> Told:
    amount = f", dette visée : {euros(row['amount_cents'])}" if row["amount_cents"] else ""
    hearing = f", audience le {shown(row['hearing_on'])}" if row["hearing_on"] else ""
    yield row["dated"], f"{_capital(STEPS[row['step']])}{amount}{hearing}"


def _benefit(row: Row) -> Told:
    right = f"{BENEFIT_KINDS[row['kind']]} de {euros(row['amount_cents'])}, {STATES[row['state']]}, {PAID_TO[row['paid_to']]}"
    yield row["known_on"], f"Droit {of(row['month'])} : {right}"


def _overindebtedness(row: Row) -> Told:
    debt = f", dette locative incluse : {euros(row['debt_included_cents'])}" if row["debt_included_cents"] else ""
    yield row["dated"], f"Surendettement, {OVERINDEBTEDNESS_STEPS[row['step']]}{debt}"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


_TELLERS: dict[str, Callable[[Row], Told]] = {
    "contact": _contact,
    "obligation": _obligation,
    "plan": _plan,
    "instalment": _instalment,
    "procedure": _procedure,
    "benefit": _benefit,
    "overindebtedness": _overindebtedness,
}
