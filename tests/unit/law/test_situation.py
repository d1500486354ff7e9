"""What cases drawn for jurists leave out: codes shared with the contract, plans not delivered, words that people read."""

from dataclasses import replace
from datetime import date

import pytest

from riskmodel.contracts.procedures import STEPS
from riskmodel.errors import LawUnknown
from riskmodel.law import Act, Benefit, Lease, Plan, Term, asked, explained, situation, statutory, urgency, wording
from riskmodel.law.dated import number
from riskmodel.law.procedure import LEAVING, STAGES
from riskmodel.law.wording import euros, period, shown

DAY = date(2026, 6, 20)
TERMS = tuple(Term(date(2026, month, 5), 400_00, 0, 0, 0, 0, 300_00) for month in (4, 5, 6))
LEASE = Lease("B1", "UG1", date(2015, 3, 1), date(2015, 3, 1), None, "tenant", TERMS, 900_00)


def labels(lease: Lease, on: date = DAY) -> list[str]:
    return [right.code for right in situation(lease, on).rights]


def codes(lease: Lease, on: date = DAY) -> list[str]:
    return [one.code for one in situation(lease, on).deadlines]


def test_stages_are_the_steps_of_the_contract_in_its_order() -> None:
    assert [step for step in STEPS if step not in ("pcs_signed", "closed")] == list(STAGES)
    assert set(LEAVING) <= set(STAGES)


def test_a_stage_planned_for_later_is_not_reached() -> None:
    found = situation(replace(LEASE, acts=(Act("reminder", date(2026, 5, 2)), Act("summons", date(2026, 9, 1)))), DAY)
    assert (found.stage, found.stage_on) == ("reminder", date(2026, 5, 2))


def test_the_nearest_hearing_not_over_is_the_one_told() -> None:
    acts = (
        Act("summons", date(2026, 2, 2), None, date(2026, 5, 12)),
        Act("hearing", date(2026, 9, 15)),
        Act("hearing", date(2026, 7, 1)),
    )
    hearing = next(one for one in situation(replace(LEASE, acts=acts), DAY).deadlines if one.code == "hearing")
    assert hearing.on == date(2026, 7, 1)


def test_a_judges_time_whose_plan_was_not_delivered_is_read_from_the_terms() -> None:
    granted = replace(LEASE, acts=(Act("time_granted", date(2026, 1, 15)),), unpaid_terms_3=1)
    assert labels(granted) == ["clause_missed"]
    assert labels(replace(granted, unpaid_terms_3=0)) == []
    assert codes(granted) == ["judge_time_end"]


def test_a_protocol_signed_without_a_plan_still_keeps_the_household_in_place() -> None:
    acts = (Act("order_to_leave", date(2026, 5, 25)), Act("pcs_signed", date(2026, 6, 10)))
    assert codes(replace(LEASE, acts=acts[:1])) == ["order_to_leave_end"]
    assert codes(replace(LEASE, acts=acts)) == []


def test_a_broken_protocol_keeps_nobody_in_place() -> None:
    acts = (Act("order_to_leave", date(2025, 5, 25)), Act("pcs_signed", date(2025, 6, 10)))
    plan = Plan("pcs", date(2025, 6, 10), date(2025, 7, 5), 50_00, 24, date(2026, 3, 1), "broken")
    assert codes(replace(LEASE, acts=acts, plans=(plan,))) == ["order_to_leave_end"]


def test_an_account_in_credit_has_missed_nothing_whatever_its_plan_says() -> None:
    plan = Plan("judge", date(2026, 1, 10), date(2026, 2, 5), 50_00, 24, missed=1)
    assert labels(replace(LEASE, plans=(plan,))) == ["clause_missed"]
    assert labels(replace(LEASE, plans=(plan,), terms=(), legal_cents=-105_76)) == []


def test_one_lease_may_be_urgent_for_one_right_and_shows_all() -> None:
    lease = replace(
        LEASE,
        acts=(Act("summons", date(2026, 5, 2), None, date(2026, 7, 20)),),
        plans=(Plan("amicable", date(2026, 1, 10), date(2026, 2, 5), 50_00, 24, missed=2),),
    )
    found = situation(lease, DAY)
    first = urgency(found)
    assert first is not None
    assert (first.code, first.on) == ("hearing_unresumed", date(2026, 7, 20))
    assert [right.code for right in found.rights] == ["hearing_unresumed", "plan_missed"]
    assert [row.list for row in statutory([found])] == ["hearing", "broken_plan"]


def test_a_lease_at_ease_has_no_urgency() -> None:
    assert urgency(situation(replace(LEASE, terms=(), legal_cents=0), DAY)) is None


def test_lists_come_by_list_then_by_day_then_by_lease() -> None:
    order = replace(LEASE, acts=(Act("payment_order", date(2026, 5, 20)),))
    soon = replace(order, acts=(*order.acts, Act("summons", date(2026, 9, 30))), lease_id="B3")
    missed = replace(LEASE, plans=(Plan("amicable", date(2026, 1, 10), date(2026, 2, 5), 50_00, 24, missed=1),), lease_id="B0")
    rows = statutory(situation(lease, DAY) for lease in (missed, replace(order, lease_id="B2"), order, soon))
    assert [(row.list, row.lease_id) for row in rows] == [
        ("ccapex_referral", "B3"),
        ("ccapex_referral", "B1"),
        ("ccapex_referral", "B2"),
        ("broken_plan", "B0"),
    ]


def test_a_payment_order_of_a_lease_without_a_signing_day_counts_by_its_start() -> None:
    lease = replace(LEASE, signed_on=None, start_on=date(2024, 1, 1), acts=(Act("payment_order", date(2026, 6, 1)),))
    assert next(one.on for one in situation(lease, DAY).deadlines if one.code == "payment_order_end") == date(2026, 7, 13)


def test_an_explanation_says_the_rule_its_period_and_what_decides_that_it_applies() -> None:
    lease = replace(LEASE, acts=(Act("payment_order", date(2026, 5, 1)),))
    one = next(one for one in situation(lease, DAY).deadlines if one.code == "payment_order_end")
    assert explained(one) == (
        "Fin du délai du commandement de payer : 2 mois à compter du 1er mai 2026 (commandement de payer), soit le 1er juillet "
        "2026. Règle : Loi n° 89-462, art. 24 I ; Cass. 3e civ., avis du 13 juin 2024, n° 24-70.002 "
        "(signature du bail, à défaut son entrée en vigueur : jusqu'au 28 juillet 2023 ; probable)."
    )
    assert wording(one).startswith("Fin du délai du commandement de payer : 1er juillet 2026 (Loi n° 89-462")


def test_arrears_say_their_inputs_in_the_order_of_the_computation() -> None:
    terms = tuple(replace(term, benefit_cents=240_00, reduction_cents=50_00, charges_cents=80_00) for term in TERMS)
    found = situation(replace(LEASE, terms=terms, benefit=Benefit("apl", 240_00, "landlord", "open")), DAY).constitution
    assert dict(found.inputs) == {
        "dette exigible retenue": "900,00\u00a0€",
        "loyer du terme du 5 juin 2026": "400,00\u00a0€",
        "charges": "80,00\u00a0€",
        "RLS déduite": "50,00\u00a0€",
        "aide versée au bailleur": "240,00\u00a0€",
        "terme retenu": "190,00\u00a0€",
        "seuil": "380,00\u00a0€",
    }
    assert found.text == "La dette exigible (900,00\u00a0€) atteint 2 fois le terme net de l'aide (380,00\u00a0€)."


def test_a_household_with_benefit_and_no_term_yet_has_no_arrears() -> None:
    lease = replace(LEASE, terms=(), legal_cents=30_00, benefit=Benefit("apl", 240_00, "landlord", "open"))
    found = situation(lease, DAY)
    assert not found.constitution.is_met
    assert found.constitution.text == "Aucun terme n'est encore échu."


@pytest.mark.parametrize(
    ("code", "on", "said"),
    [
        ("dsf_due", "2026-01-01", "5 jours ouvrés"),
        ("truce_end", "2026-01-01", "31 mars"),
        ("truce_start", "2026-01-01", "1er novembre"),
        ("default_amount", "2027-01-01", "450,00\u00a0€"),
        ("resumed_share", "2026-01-01", "90\u00a0%"),
        ("rent_resumption", "2026-01-01", "le jour même"),
        ("caf_report_delay", "2027-01-01", "à confirmer par un juriste"),
        ("debt_benefit", "2026-01-01", "rétablis"),
    ],
)
def test_a_value_is_shown_as_a_french_reader_says_it(code: str, on: str, said: str) -> None:
    assert shown(asked(code, date.fromisoformat(on))) == said


def test_amounts_and_periods_are_written_in_french() -> None:
    assert euros(-1_234_567_89) == "−1\u202f234\u202f567,89\u00a0€"
    assert period(asked("default_regime", DAY)) == "du 1er septembre 2019 au 31 décembre 2026"
    assert period(asked("default_regime", date(2027, 1, 1))) == "depuis le 1er janvier 2027"
    assert period(asked("truce_end", DAY)) == "en vigueur"


def test_a_value_that_is_not_known_is_never_compared_with() -> None:
    with pytest.raises(LawUnknown, match="lu None, attendu un nombre ; à confirmer par un juriste"):
        number("caf_report_delay", date(2027, 1, 1))
