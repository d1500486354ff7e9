"""The dated rows behind the value of each input: what a person checks in the account before calling anybody."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from riskmodel.contracts.benefits import STATES
from riskmodel.contracts.contacts import CHANNELS, OUTCOMES
from riskmodel.contracts.obligations import OBLIGATION_KINDS
from riskmodel.contracts.plans import FRAMEWORKS
from riskmodel.errors import NothingKnown
from riskmodel.explain import dossier
from riskmodel.explain.dossier import Dossier, Row
from riskmodel.explain.months import month_of, months_later, of, shift
from riskmodel.features.scenarios import copies
from riskmodel.lake import Source
from riskmodel.score import PublishedTable
from riskmodel.score.french import day as shown
from riskmodel.score.french import euros

Lines = Iterator[str]


def evidence(source: Source, as_of: date, lease_id: str, table: PublishedTable) -> dict[str, tuple[str, ...]]:
    """For each input of `table`, the rows its value was read from, one French line each, oldest first; none when the value is
    nought or unknown. Raises NothingKnown when the lease is not in force on `as_of`."""
    with copies(source, as_of, [lease_id]) as ready:
        found = dossier.read(ready, [lease_id])
    if lease_id not in found:
        raise NothingKnown(f"Bail {lease_id} : pas de bail en cours au {shown(as_of)}. Vérifiez le jour et l'identifiant.")
    return {entry.feature: tuple(EVIDENCE[entry.feature](found[lease_id])) for entry in table.inputs}


def _debts(file: Dossier) -> Lines:
    """Current debits of which something is unpaid, payments on their way said to be so."""
    for row in file.debits:
        name = "Terme du" if row["is_term"] else "Solde repris le"
        way = ", paiement en chemin" if row["is_in_transit"] else ""
        yield f"{name} {shown(row['day'])} : reste dû {euros(row['unpaid_cents'])} sur {euros(row['amount_cents'])}{way}"


def _oldest(file: Dossier) -> Lines:
    oldest = file.features["oldest_unpaid_on"]
    lines = zip(file.debits, _debts(file), strict=True)
    yield from (line for row, line in lines if row["day"] == oldest)


def _unpaid(last: int, days: int) -> Callable[[Dossier], Lines]:
    def lines(file: Dossier) -> Lines:
        since = file.as_of - timedelta(days=days)
        yield from (_term(row) for row in file.judged if row["rank"] <= last and row["is_unpaid"] and row["due_on"] > since)

    return lines


def _last_three(file: Dossier) -> Lines:
    yield from (_term(row) for row in file.judged if row["due_on"] > file.as_of - timedelta(days=115))


def _term(row: Row) -> str:
    ahead = f", {euros(row['surplus_cents'])} d'avance" if row["surplus_cents"] else ""
    paid = f"payé {euros(row['paid_cents'])} au {shown(row['judged_on'])}{ahead}"
    return f"Terme du {shown(row['due_on'])} : {euros(row['net_cents'])} à payer, {paid}"


def _rejects(file: Dossier) -> Lines:
    since = file.as_of - timedelta(days=120)
    for row in file.rejects:
        if row["day"] > since:
            name = "Paiement rejeté" if len(row["keys"]) == 1 else f"{len(row['keys'])} paiements rejetés"
            yield f"{name} le {shown(row['day'])} : {euros(row['amount_cents'])}"


def _reject_left(file: Dossier) -> Lines:
    if file.features["reject_unpaid_days"]:
        *_, newest = _rejects(file)
        yield f"{newest}, sans paiement depuis"


def _plan(file: Dossier) -> Lines:
    """What the plan in force asks, and its latest instalments, as many as are missed."""
    plan, missed = file.plan, file.features["plan_missed"]
    if plan is None or not missed:
        return
    yield f"{_named(plan)} : {euros(plan['instalment_cents'])} par mois"
    last = plan["instalments_tolerated"]
    days = [months_later(plan["first_due_on"], number) for number in range(last - int(missed), last)]
    yield from (f"Échéance du {shown(day)} : {euros(plan['instalment_cents'])} non couverts" for day in days)


def _broken(file: Dossier) -> Lines:
    for row in file.broken:
        yield f"{_named(row)} : rompu le {shown(row['ended_on'])}"


def _named(plan: Row) -> str:
    """« Plan amiable du 01/06/2026 »; delays and protocols too are dated by their signature."""
    name = FRAMEWORKS[plan["framework"]]
    return f"{name[0].upper()}{name[1:]} du {shown(plan['signed_on'])}"


def _benefit(file: Dossier) -> Lines:
    """The two months before the break and the two since."""
    if not file.features["has_benefit_break"]:
        return
    rights = {row["month"]: row for row in file.rights}
    for back in (-4, -3, -2, -1):
        month = shift(month_of(file.as_of), back)
        row = rights.get(month)
        yield f"Droit {of(month)} : " + (f"{euros(row['amount_cents'])}, {STATES[row['state']]}" if row else "aucun connu")


def _failed(file: Dossier) -> Lines:
    yield from (_attempt(row) for row in file.attempts if row["is_recent"])


def _returned(file: Dossier) -> Lines:
    yield from (_attempt(row) for row in file.attempts if row["is_returned"])


def _missed_appointments(file: Dossier) -> Lines:
    yield from (_attempt(row) for row in file.attempts if row["is_missed_appointment"] and row["is_recent"])


def _attempt(row: Row) -> str:
    return f"{shown(row['contacted_on'])}, {CHANNELS[row['channel']]} : {OUTCOMES[row['outcome']]}"


def _silence(file: Dossier) -> Lines:
    if file.features["silence_days"]:
        yield _last_exchange(file)
        yield from _failed(file)


def _last_exchange(file: Dossier) -> str:
    answered = file.exchanges["answered_on"]
    since = f"entrée le {shown(file.exchanges['start_date'])}"
    return f"Dernier échange le {shown(answered)}" if answered else f"Aucun échange connu ({since})"


def _unmet(*kinds: str) -> Callable[[Dossier], Lines]:
    def lines(file: Dossier) -> Lines:
        yield from (_obligation(row) for row in file.obligations if not kinds or row["kind"] in kinds)

    return lines


def _obligation(row: Row) -> str:
    asked = f"demande du {shown(row['requested_on'])} pour le {shown(row['due_on'])}"
    name = OBLIGATION_KINDS[row["kind"]]
    return f"{name[0].upper()}{name[1:]} : {asked}, relance du {shown(row['reminded_on'])}, sans suite"


EVIDENCE: dict[str, Callable[[Dossier], Lines]] = {
    "overdue_terms": _debts,
    "oldest_unpaid_days": _oldest,
    "unpaid_terms_3": _unpaid(3, 125),
    "unpaid_terms_6": _unpaid(6, 215),
    "unpaid_terms_12": _unpaid(12, 365),
    "debt_rise_3_terms": _last_three,
    "rejects_120d": _rejects,
    "reject_unpaid_days": _reject_left,
    **dict.fromkeys(("plan_missed", "is_clause_missed"), _plan),
    "plans_broken_365d": _broken,
    "has_benefit_break": _benefit,
    **dict.fromkeys(("failed_attempts_180d", "failed_channels_180d"), _failed),
    "appointments_missed_180d": _missed_appointments,
    "mail_returned_365d": _returned,
    "silence_days": _silence,
    "obligations_unmet": _unmet(),
    "surveys_unmet": _unmet("ops_survey", "sls_survey"),
    "insurance_unmet": _unmet("insurance_certificate"),
    "access_unmet": _unmet("boiler_service", "technical_access"),
}
"""By feature: every one that a table may read."""
