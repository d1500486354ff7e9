"""The frozen list: reasons that add up, facts that can be kept, counts that explain what is not shown."""

from datetime import date

import pytest

from riskmodel.errors import ListRefused
from riskmodel.weekly.frozen import CAUSES, COUNTS
from tests.unit.weekly.stocks import AS_OF, LOST, OWES_A_TERM, edition, placed, the_list


def test_the_reasons_of_each_score_add_up_to_it() -> None:
    made = the_list({**OWES_A_TERM, **LOST}, OWES_A_TERM, LOST)
    for row in made.rows:
        for score, value in (("derive", row.drift), ("decrochage", row.decrochage)):
            assert sum(reason.points for reason in row.reasons if reason.score == score) == value


def test_a_household_on_both_grounds_appears_once_with_both_scores() -> None:
    (row,) = the_list({**OWES_A_TERM, **LOST}).rows
    assert (row.tab, row.drift, row.decrochage, row.stratum) == ("decrochage", 34, 60, "avancé")


def test_rows_outside_the_scored_tabs_carry_no_score() -> None:
    made = the_list({**OWES_A_TERM, "erp_gap_cents": 5}, {"is_clause_missed": True, "plan_missed": 2, **OWES_A_TERM})
    assert [(row.drift, row.decrochage, row.reasons) for row in made.rows] == [(None, None, ())] * 2


def test_a_debt_out_of_the_drift_cohort_has_no_drift_score_on_the_contact_tab() -> None:
    (row,) = the_list({**LOST, "overdue_terms": 4.0}).rows
    assert (row.drift, row.stratum) == (None, None)


def test_facts_are_plain_values_with_unknown_as_none() -> None:
    (row,) = the_list({**OWES_A_TERM, "hearing_on": date(2027, 3, 1), "days_since_payment": None}).rows
    assert row.facts["hearing_on"] == date(2027, 3, 1)
    assert row.facts["days_since_payment"] is None
    assert {type(value) for value in row.facts.values()} <= {int, float, bool, str, date, type(None)}


def test_each_suppressed_row_says_cause_amount_and_end() -> None:
    (row,) = the_list({"legal_terms": 1.0, "benefit_gap_cents": 30_000}).rows
    assert row.why == "Aide au logement attendue, pas encore versée : 300\u00a0€."
    assert row.until == date(2026, 11, 17)


def test_a_payment_on_its_way_is_counted_and_shown_only_after_some_trouble() -> None:
    on_its_way = {"legal_terms": 1.0, "in_transit_cents": 40_000}
    made = the_list(on_its_way, {**on_its_way, "rejects_120d": 1}, {**on_its_way, "unpaid_terms_3": 1})
    assert [row.lease_id for row in made.tab("ecarte")] != []
    assert {row.lease_id for row in made.tab("ecarte")} == {"B2", "B3"}
    assert made.counts["ecarte_paiement_en_chemin"] == 3


def test_short_tabs_are_cut_and_their_counts_are_whole() -> None:
    made = the_list(*[{"is_to_contact": True, "obligations_unmet": 1}] * 14)
    assert (len(made.tab("a_contacter")), made.counts["a_contacter"]) == (10, 14)


def test_every_count_has_a_label_and_every_label_a_count() -> None:
    assert set(the_list({}).counts) == set(COUNTS)
    assert {f"ecarte_{cause}" for cause in CAUSES} <= set(COUNTS)


def test_a_unit_without_anybody_to_see_has_a_list_all_the_same() -> None:
    made = the_list({})
    assert (made.rows, made.counts["menages"]) == ((), 1)


def test_installed_arrears_objections_and_estates_are_counted() -> None:
    rights = [
        {"lease_id": "B2", "has_objected": True, "is_deceased": False},
        {"lease_id": "B3", "has_objected": False, "is_deceased": True},
    ]
    made = the_list({"overdue_terms": 3.0}, OWES_A_TERM, OWES_A_TERM, rights=rights)
    assert [made.counts[key] for key in ("installes", "oppositions", "deces", "qualifies_derive")] == [1, 1, 1, 0]


def test_a_delivery_of_four_days_is_told_and_one_of_eight_refuses_the_list() -> None:
    assert edition(last_delivery=date(2026, 10, 29)).warnings() == ()
    (told,) = edition(last_delivery=date(2026, 10, 28)).warnings()
    assert told.startswith("Données du 28/10/2026, vieilles de 4 jours")
    with pytest.raises(ListRefused, match="8 jours avant le 01/11/2026"):
        edition(last_delivery=date(2026, 10, 24)).warnings()


def test_the_first_list_of_a_unit_says_that_all_is_new_and_the_next_does_not() -> None:
    first = the_list(OWES_A_TERM)
    after = the_list(OWES_A_TERM, previous=first, on=edition(monday=date(2026, 11, 9), last_delivery=date(2026, 11, 8)))
    assert first.warnings == ("Première liste de cette unité : rien à comparer, tout y est nouveau.",)
    assert after.warnings == ()


def test_signals_that_are_off_head_the_list() -> None:
    assert edition(switched_off=("La table « contacts » n'est pas livrée.",)).warnings() == (
        "La table « contacts » n'est pas livrée.",
    )


def test_the_week_is_the_iso_week_of_the_monday() -> None:
    assert edition().week == "2026-S45"
    assert edition(monday=date(2026, 12, 28), last_delivery=date(2026, 12, 27)).week == "2026-S53"
    assert edition().as_of == AS_OF


def test_a_household_has_a_rank_on_its_tab_that_begins_at_one() -> None:
    made = the_list(*[OWES_A_TERM] * 3, *[LOST] * 2)
    assert [row.position for row in made.tab("derive")] == [1, 2, 3]
    assert [row.position for row in made.tab("decrochage")] == [1, 2]
    assert (
        len({row.lease_id for row in made.rows}) == len(made.rows) == placed(*[OWES_A_TERM] * 3, *[LOST] * 2)["tab"].notna().sum()
    )
