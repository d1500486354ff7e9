"""Impayé constitué: whether arrears have to be reported to the CAF or MSA under the rule in force on the day, from its inputs."""

from collections.abc import Iterator
from datetime import date

from riskmodel.law.counting import months_after
from riskmodel.law.dated import asked, number
from riskmodel.law.debt import Debt
from riskmodel.law.facts import Benefit, Lease, Term
from riskmodel.law.findings import Constitution, Dated
from riskmodel.law.wording import day, euros

Inputs = tuple[tuple[str, str], ...]
DOUBLE_TERM, MONTHS_OR_AMOUNT, NO_BENEFIT = "double_terme", "trois_mois_ou_montant", "sans_aide"
"""Regimes by their codes."""
_OLDER = "Les écritures connues ne remontent pas assez loin : l'impayé peut être constitué depuis plus longtemps."
_REDUCTION = "La réponse changerait si la RLS ne se déduisait pas du terme."
_NOTHING_NET = "L'aide couvre tout le terme : le seuil est nul."
_CLOCK = "Aide versée au bailleur : le point de départ des trois mois n'a pas pu être lu."


def constitution(lease: Lease, as_of: date, debt: Debt) -> Constitution:
    """Whether a lease's arrears are constituted on a day; never of a debt that overindebtedness forbids to pay."""
    regime = asked("default_regime", as_of)
    if lease.benefit is None or lease.benefit.state == "ended":
        text = "Aucune aide au logement en cours n'est connue : rien à signaler à la CAF ou à la MSA."
        return Constitution(False, None, NO_BENEFIT, (), regime, text, False, ())
    if _code(regime) == DOUBLE_TERM:
        return _double_term(lease, lease.benefit, as_of, debt)
    return _months_or_amount(lease.benefit, as_of, debt, regime)


def _code(regime: Dated) -> str:
    return str(regime.value).replace(" ", "_")


def _double_term(lease: Lease, benefit: Benefit, as_of: date, debt: Debt) -> Constitution:
    is_net = benefit.paid_to == "landlord"
    rule = asked("default_net_terms" if is_net else "default_gross_terms", as_of)
    due = [term for term in lease.terms if term.due_on <= as_of and term.rent_cents + term.charges_cents > 0]
    if not due:
        return Constitution(False, None, DOUBLE_TERM, (), rule, "Aucun terme n'est encore échu.", False, ())
    aid = benefit.amount_cents if is_net and benefit.state == "open" else 0
    undeducted = due[-1].rent_cents + due[-1].charges_cents - aid
    term, times = max(0, undeducted - due[-1].reduction_cents), number(rule.code, as_of)
    is_met = debt.claimable_cents >= max(times * term, 1)
    is_met_undeducted = debt.claimable_cents >= max(times * undeducted, 1)
    doubts = [_REDUCTION] * (is_met != is_met_undeducted) + [_NOTHING_NET] * (is_met and not term)
    inputs = _double_inputs(due[-1], aid, term, times, debt)
    kind = "net de l'aide" if is_net else "brut"
    compared = "atteint" if is_met else "n'atteint pas"
    text = f"La dette exigible ({euros(debt.claimable_cents)}) {compared} {times} fois le terme {kind} ({euros(times * term)})."
    on = debt.reached_on(max(times * term, 1)) if is_met else None
    older = [_OLDER] if is_met and debt.is_older_than_known else []
    return Constitution(is_met, on, DOUBLE_TERM, inputs, rule, text, bool(doubts), (*doubts, *older))


def _double_inputs(term: Term, aid: int, net: int, times: int, debt: Debt) -> Inputs:
    return (
        ("dette exigible retenue", euros(debt.claimable_cents)),
        (f"loyer du terme du {day(term.due_on)}", euros(term.rent_cents)),
        ("charges", euros(term.charges_cents)),
        ("RLS déduite", euros(term.reduction_cents)),
        ("aide versée au bailleur", euros(aid)),
        ("terme retenu", euros(net)),
        ("seuil", euros(times * net)),
    )


def _months_or_amount(benefit: Benefit, as_of: date, debt: Debt, regime: Dated) -> Constitution:
    amount, months = asked("default_amount", as_of), asked("default_months", as_of)
    limit, first = number(amount.code, as_of), debt.first_default_on
    three_months_on = months_after(first, number(months.code, as_of)) if first else None
    by_amount = debt.claimable_cents > limit
    by_months = three_months_on is not None and three_months_on <= as_of
    reached = {amount: debt.reached_on(limit + 1) if by_amount else None, months: three_months_on if by_months else None}
    found = {rule: on for rule, on in reached.items() if on}
    rule = min(found, key=lambda known: (found[known], known.code), default=amount)
    doubts = tuple(_doubts(benefit, debt, regime, is_by_months=rule is months)) if found else ()
    on = max(found[rule], regime.from_on) if found else None
    text = _told(debt, limit, by_amount, by_months, three_months_on)
    older = (_OLDER,) if found and debt.is_older_than_known else ()
    inputs = (
        ("dette exigible retenue", euros(debt.claimable_cents)),
        ("montant à dépasser", euros(limit)),
        ("plus ancien terme encore impayé", day(first) if first else "aucun"),
        ("trois mois après", day(three_months_on) if three_months_on else "sans objet"),
    )
    return Constitution(bool(found), on, _code(regime), inputs, rule, text, bool(doubts), (*doubts, *older))


def _doubts(benefit: Benefit, debt: Debt, regime: Dated, *, is_by_months: bool) -> Iterator[str]:
    starts = [debt.first_default_on, *(on for on, _ in debt.path[:1])]
    if any(start is not None and start < regime.from_on for start in starts):
        yield f"Dette née avant le {day(regime.from_on)} : dispositions transitoires non lues."
    if is_by_months and benefit.paid_to == "landlord":
        yield _CLOCK


def _told(debt: Debt, limit: int, by_amount: bool, by_months: bool, three_months_on: date | None) -> str:
    owed = f"La dette exigible ({euros(debt.claimable_cents)}) {'dépasse' if by_amount else 'ne dépasse pas'} {euros(limit)}"
    if three_months_on is None or debt.first_default_on is None:
        return f"{owed} ; aucun terme n'est impayé."
    first = day(debt.first_default_on)
    if by_months:
        return f"{owed} ; le terme du {first}, toujours impayé, a trois mois ou plus (depuis le {day(three_months_on)})."
    return f"{owed} ; le terme du {first}, s'il reste impayé, aura trois mois le {day(three_months_on)}."
