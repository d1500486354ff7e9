"""What a CCAPEX dossier says of a lease: account, contacts, plans, procedure, the law, help proposed, people's answers."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel import law
from riskmodel.ccapex.cases import CaseView
from riskmodel.ccapex.vocabulary import ASKS, DECLARED, VIEWS
from riskmodel.contracts import benefits, contacts, leases, overindebtedness, plans, procedures
from riskmodel.documents.ccapex import facts
from riskmodel.features import statements
from riskmodel.law.wording import explained, shown
from riskmodel.people.days import day_of
from riskmodel.referrals import reading
from riskmodel.register.models import Measure
from riskmodel.settings import Settings
from riskmodel.steps.ccapex_known import Known
from riskmodel.steps.orienting import schemes_of

HISTORY_MONTHS = 24
"""Contacts older than what the contract keeps are not told."""


def dossier(session: Session, settings: Settings, known: Known, case: CaseView) -> facts.Dossier:
    """The dossier of a case: what is known, the help already proposed, what people answered."""
    return facts.Dossier(
        schema=facts.SCHEMA,
        as_of=known.as_of.isoformat(),
        is_synthetic=known.declared.is_synthetic,
        landlord=_landlord(known),
        lease=_lease(known),
        charge=_charge(known),
        debt=_debt(known),
        contacts=_contacts(known),
        plans=[_plan(one) for one in known.lease.plans],
        overindebtedness=[
            _step(one.on, overindebtedness.OVERINDEBTEDNESS_STEPS[one.step]) for one in known.lease.overindebtedness
        ],
        procedure=_procedure(known),
        measures=_measures(session, settings, case),
        law=_law(known.situation),
        asks=[ASKS[code] for code in case.asks],
        views=[VIEWS[code] for code in case.views],
        declared=answers(case),
    )


def answers(case: CaseView) -> dict[str, str | None]:
    """Each question of a dossier with its answer in French, None where nobody answered."""
    return {one.label: one.answers.get(case.declared.get(code, "")) for code, one in DECLARED.items()}


def _landlord(known: Known) -> facts.Landlord:
    one = known.declared
    return facts.Landlord(
        landlord_id=one.landlord_id,
        name=one.name,
        siren=one.siren,
        address=list(one.address),
        phone=one.phone,
        email=one.email,
        management_unit=known.lease.management_unit,
    )


def _lease(known: Known) -> facts.Lease:
    row, dwelling = known.rows["leases"][0], known.rows["dwellings"][0]
    area = dwelling["floor_area_m2"]
    return facts.Lease(
        lease_id=known.lease.lease_id,
        signed_on=_iso(known.lease.signed_on),
        started_on=known.lease.start_on.isoformat(),
        terminated_on=_iso(known.lease.terminated_on),
        occupancy=leases.OCCUPANCIES[row["occupancy"]],
        rent_term=leases.RENT_TERMS[row["rent_term"]],
        clause=_clause(known.lease),
        typology=dwelling["typology"],
        floor_area_m2=None if area is None else str(area),
        people=dict(known.people),
    )


def _clause(lease: law.Lease) -> facts.Rule:
    """The delay that a payment order leaves under this lease, by the day it was signed."""
    rule = law.asked("payment_order_delay", lease.signed_on or lease.start_on)
    return facts.Rule(text=f"{rule.label} : {shown(rule)}.", reference=rule.reference, to_confirm=rule.to_confirm)


def _charge(known: Known) -> facts.Charge:
    term = known.lease.terms[-1] if known.lease.terms else None
    return facts.Charge(
        due_on=term.due_on.isoformat() if term else None,
        rent_cents=term.rent_cents if term else None,
        charges_cents=term.charges_cents if term else None,
        supplement_cents=term.supplement_cents if term else 0,
        reduction_cents=term.reduction_cents if term else 0,
        benefit_cents=term.benefit_cents if term else 0,
        net_cents=term.net_cents if term else 0,
        benefit=_benefit(known.lease.benefit),
    )


def _benefit(right: law.Benefit | None) -> facts.Benefit | None:
    if right is None:
        return None
    return facts.Benefit(
        kind=benefits.BENEFIT_KINDS[right.kind],
        amount_cents=right.amount_cents,
        paid_to=benefits.PAID_TO[right.paid_to],
        state=benefits.STATES[right.state],
    )


def _debt(known: Known) -> facts.Debt:
    net = known.lease.terms[-1].net_cents if known.lease.terms else 0
    return facts.Debt(
        legal_cents=known.situation.legal_cents,
        claimable_cents=known.situation.claimable_cents,
        technical_cents=known.lease.technical_cents,
        frozen_cents=known.lease.frozen_cents,
        net_terms_hundredths=max(known.situation.legal_cents, 0) * 100 // net if net > 0 else None,
        first_default_on=_iso(known.situation.first_default_on),
        last_payment=_last_payment(known),
        opening_cents=known.statement.opening_cents,
        months=[month(one) for one in known.statement.months],
    )


def month(one: statements.Month) -> facts.Month:
    """A month of the statement in the columns that a commission reads; none of its movements is left out."""
    return facts.Month(
        month=one.month,
        called_cents=one.rent_cents + one.occupancy_cents + one.charges_cents,
        supplement_cents=one.supplement_cents + one.reduction_cents,
        adjusted_cents=one.adjustment_cents + one.fee_cents,
        benefit_cents=one.benefit_cents + one.benefit_recall_cents,
        paid_cents=one.payment_cents + one.rejected_cents,
        third_party_cents=one.third_party_cents,
        other_cents=one.write_off_cents + one.transfer_cents,
        balance_cents=one.balance_cents,
    )


def _last_payment(known: Known) -> facts.Payment | None:
    """The last payment of the household that was not rejected."""
    entries = known.rows.get("entries", [])
    reversed_ids = {row["reverses"] for row in entries if row["reverses"]}
    paid = [
        row
        for row in entries
        if row["kind"] == "payment" and row["entry_id"] not in reversed_ids and row["value_on"] <= known.as_of
    ]
    if not paid:
        return None
    newest = max(paid, key=lambda row: (row["value_on"], row["entry_id"]))
    return facts.Payment(on=newest["value_on"].isoformat(), amount_cents=-newest["amount_cents"])


def _contacts(known: Known) -> list[facts.Contact]:
    since = known.as_of.replace(year=known.as_of.year - HISTORY_MONTHS // 12, day=1)
    return [
        facts.Contact(
            on=row["contacted_at"].date().isoformat(),
            direction=contacts.DIRECTIONS[row["direction"]],
            channel=contacts.CHANNELS[row["channel"]],
            topic=contacts.TOPICS[row["topic"]],
            outcome=contacts.OUTCOMES[row["outcome"]],
        )
        for row in known.rows.get("contacts", [])
        if since <= row["contacted_at"].date() <= known.as_of
    ]


def _plan(one: law.Plan) -> facts.Plan:
    return facts.Plan(
        framework=plans.FRAMEWORKS[one.framework],
        signed_on=one.signed_on.isoformat(),
        instalment_cents=one.instalment_cents,
        instalments=one.instalments,
        missed=one.missed,
        ended_on=_iso(one.ended_on),
        end_reason=plans.END_REASONS.get(one.end_reason or ""),
    )


def _procedure(known: Known) -> list[facts.Step]:
    """Steps already made; one that is only planned is not told."""
    done = [one for one in known.lease.acts if one.on <= known.as_of]
    return [_step(one.on, procedures.STEPS[one.step], one.amount_cents, one.hearing_on) for one in done]


def _step(on: date, label: str, amount_cents: int | None = None, hearing_on: date | None = None) -> facts.Step:
    return facts.Step(on=on.isoformat(), label=label, amount_cents=amount_cents, hearing_on=_iso(hearing_on))


def _measures(session: Session, settings: Settings, case: CaseView) -> list[facts.Measure]:
    """Every referral of the household, and how it stands or ended."""
    schemes, heads = schemes_of(settings, case.landlord_id), reading.of_lease(session, case.landlord_id, case.lease_id)
    ends = select(Measure.referral_id, Measure.end).where(Measure.referral_id.in_([one.referral_id for one in heads]))
    ended = dict(session.execute(ends).all())
    return [
        facts.Measure(
            scheme=schemes[one.scheme].name,
            partner=one.organisation,
            since=day_of(one.created_at).isoformat(),
            state=one.state_label,
            end=schemes[one.scheme].ends.get(ended.get(one.referral_id) or ""),
        )
        for one in heads
        if one.scheme in schemes
    ]


def _law(one: law.Situation) -> facts.Law:
    found = one.constitution
    return facts.Law(
        constitution=facts.Rule(text=found.text, reference=found.rule.reference, to_confirm=found.to_confirm),
        rights=[facts.Rule(text=right.text, reference=right.rule.reference, to_confirm=right.to_confirm) for right in one.rights],
        deadlines=[
            facts.Rule(text=explained(deadline), reference=deadline.rule.reference, to_confirm=deadline.to_confirm)
            for deadline in one.deadlines
            if deadline.done_on is None
        ],
    )


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
