"""Facts that could have been otherwise: one of each kind, what it says, and what undoing it does to the account."""

from datetime import date
from pathlib import Path

import pytest

from riskmodel.explain import dossier
from riskmodel.explain.facts import KINDS, Fact, facts
from riskmodel.features.scenarios import Scenario, copies, whatif
from riskmodel.score import published
from tests.edited import edited
from tests.lakes import Rows, features_of, laid_out
from tests.unit.explain.accounts import AIDED, BREAK, PLAN, SILENT, UNMET, renter

AS_OF = date(2026, 10, 31)


def found(rows: Rows, folder: Path, table: str = "derive", as_of: date = AS_OF) -> tuple[Fact, ...]:
    source = laid_out(folder, rows)
    with copies(source, as_of, ["B1"]) as ready:
        return facts(dossier.read(ready, ["B1"])["B1"], published(table))


def told(some: tuple[Fact, ...]) -> list[str]:
    return [fact.sentence.replace("\u00a0", " ") for fact in some]


def after(rows: Rows, fact: Fact, folder: Path, *names: str) -> tuple[object, ...]:
    """Features once a fact is undone: by the copies, and by the pipeline on rows edited by hand; both agree."""
    copied = whatif(laid_out(folder, rows), AS_OF, {"B1": Scenario("B1", (fact.edit,))}).set_index("lease_id")
    filed = features_of(laid_out(folder, edited(rows, "B1", [fact.edit])), AS_OF, folder).set_index("lease_id")
    assert [copied.loc["B1", name] for name in names] == [filed.loc["B1", name] for name in names]
    return tuple(copied.loc["B1", name] for name in names)


def test_a_missed_term_is_a_fact_of_its_due_day_and_of_what_it_lacks(tmp_path: Path) -> None:
    rows = renter("| 2026-08-07 | prélèvement | -150,00 | | | |", "| 2026-09-07 à 2026-10-07 | prélèvement | -400,00 | | | |")
    missed, newest = found(rows, tmp_path)
    assert told((missed, newest)) == ["Terme du 05/08/2026 payé : 250 €", "Terme du 05/10/2026 payé : 250 €"]
    assert (missed.kind, missed.day, missed.amount_cents) == ("term", date(2026, 8, 5), 250_00)
    assert after(rows, missed, tmp_path, "current_cents", "unpaid_terms_6") == (0, 0)
    assert after(rows, newest, tmp_path, "current_cents", "unpaid_terms_6") == (0, 1)


def test_a_term_made_good_since_is_a_fact_of_time(tmp_path: Path) -> None:
    rows = renter("| 2026-09-07 | prélèvement | -800,00 | | | |", "| 2026-10-07 | prélèvement | -300,00 | | | |")
    assert told(found(rows, tmp_path)) == [
        "Terme du 05/08/2026 payé à temps : 400 €",
        "Terme du 05/10/2026 payé : 100 €",
    ]


def test_a_payment_on_its_way_is_no_fact(tmp_path: Path) -> None:
    rows = renter("| 2026-08-07 à 2026-09-07 | prélèvement | -400,00 | | | |")
    assert found(rows, tmp_path, as_of=date(2026, 10, 9)) == ()
    assert told(found(rows, tmp_path, as_of=date(2026, 10, 20))) == ["Terme du 05/10/2026 payé : 400 €"]


def test_a_balance_carried_over_is_said_to_be_one(tmp_path: Path) -> None:
    rows = renter("| 2026-08-07 à 2026-10-07 | prélèvement | -400,00 | | | |", "| 2026-10-20 | reprise de solde | 90,00 | | | |")
    assert told(found(rows, tmp_path)) == ["Solde repris le 20/10/2026 payé : 90 €"]


def test_rejects_of_a_day_are_one_fact_and_undone_together(tmp_path: Path) -> None:
    rows = renter(
        "| 2026-08-07 | prélèvement | -400,00 | | P1 | |",
        "| 2026-08-08 | virement | -10,00 | | P2 | |",
        "| 2026-08-12 | rejet | 400,00 | | | P1 |",
        "| 2026-08-12 | rejet | 10,00 | | | P2 |",
        "| 2026-09-07 à 2026-10-07 | prélèvement | -400,00 | | | |",
    )
    [reject] = [fact for fact in found(rows, tmp_path) if fact.kind == "reject"]
    assert told((reject,)) == ["Paiement du 12/08/2026 non rejeté : 410 €"]
    assert after(rows, reject, tmp_path, "rejects_120d", "unpaid_terms_6", "current_cents") == (0, 0, -10_00)


def test_the_latest_instalments_are_those_missed(tmp_path: Path) -> None:
    rows = renter("| 2026-08-07 à 2026-10-07 | prélèvement | -400,00 | | | |", plans=PLAN)
    instalments = [fact for fact in found(rows, tmp_path) if fact.kind == "instalment"]
    assert [fact.day for fact in instalments] == [date(2026, month, 10) for month in range(6, 11)]
    assert told((instalments[-1],)) == ["Échéance du plan du 10/10/2026 payée : 50 €"]
    assert after(rows, instalments[-1], tmp_path, "plan_missed") == (4,)


def test_a_benefit_cut_off_goes_on_from_the_month_of_the_break(tmp_path: Path) -> None:
    rows = renter("| 2026-09-25 | APL | -100,00 | mois | | |", account=AIDED, benefits=BREAK)
    [benefit] = [fact for fact in found(rows, tmp_path) if fact.kind == "benefit"]
    assert told((benefit,)) == ["Aide au logement maintenue depuis août 2026 : 250 € par mois"]
    assert (benefit.day, benefit.amount_cents) == (date(2026, 8, 1), 250_00 + 150_00)
    assert after(rows, benefit, tmp_path, "has_benefit_break", "net_term_cents", "current_cents") == (False, 150_00, 0)


def test_a_right_that_vanished_goes_on_too(tmp_path: Path) -> None:
    rights = "| mois du droit | droit | su le |\n| 2025-08 à 2026-07 | 250,00 | 2025-08-20 |"
    [benefit] = [fact for fact in found(renter(account=AIDED, benefits=rights), tmp_path) if fact.kind == "benefit"]
    assert (benefit.day, benefit.amount_cents) == (date(2026, 8, 1), 500_00)


def test_attempts_of_a_day_are_one_fact_and_an_answer_wipes_those_before(tmp_path: Path) -> None:
    rows = renter(contacts=SILENT)
    answers = found(rows, tmp_path, "decrochage")
    assert told(answers) == [
        "Réponse à la tentative du 03/08/2026 (téléphone)",
        "Courrier du 20/08/2026 reçu (lettre simple) et suivi d'une réponse",
        "Réponse aux tentatives du 10/09/2026 (SMS, visite)",
        "Rendez-vous du 24/09/2026 honoré",
    ]
    assert all(fact.kind == "answer" and fact.amount_cents is None for fact in answers)
    assert after(rows, answers[2], tmp_path, "failed_attempts_180d", "mail_returned_365d", "attempts_180d") == (1, 0, 5)


def test_a_request_followed_in_time_is_no_longer_unmet(tmp_path: Path) -> None:
    rows = renter(obligations=UNMET)
    [insurance, survey] = found(rows, tmp_path, "decrochage")
    assert told((insurance,)) == ["Demande du 01/03/2026 (attestation d'assurance) suivie avant le 01/04/2026"]
    assert after(rows, survey, tmp_path, "obligations_unmet", "surveys_unmet") == (1, 0)


def test_a_table_is_told_only_facts_that_its_inputs_read(tmp_path: Path) -> None:
    rows = renter(contacts=SILENT, obligations=UNMET, plans=PLAN)
    assert {KINDS[fact.kind][0] for fact in found(rows, tmp_path)} == {"entries", "plans"}
    assert {KINDS[fact.kind][0] for fact in found(rows, tmp_path, "decrochage")} == {"contacts", "obligations"}


def test_nothing_known_after_the_day_is_a_fact(tmp_path: Path) -> None:
    """A reject booked later, an attempt made later and a request met later change nothing to the facts of the day."""
    as_of = date(2026, 9, 15)
    before = renter(contacts="\n".join(SILENT.splitlines()[:-1]), obligations=UNMET)
    since = renter("| 2026-09-20 | rejet | 400,00 | | | |", contacts=SILENT, obligations=UNMET)
    since["obligations"][-1] = since["obligations"][-1] | {"fulfilled_on": date(2026, 9, 20)}
    for table in ("derive", "decrochage"):
        assert told(found(since, tmp_path, table, as_of)) == told(found(before, tmp_path, table, as_of)) != []


@pytest.mark.parametrize("table", ["derive", "decrochage"])
def test_a_household_up_to_date_and_answering_has_no_fact(tmp_path: Path, table: str) -> None:
    assert found(renter("| 2026-08-07 à 2026-10-07 | prélèvement | -400,00 | | | |"), tmp_path, table) == ()
