"""Account and history of listed households: months that add up to the ledger, events in words, nothing known later."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from riskmodel.explain import dossier, household
from riskmodel.explain.household import households
from riskmodel.features import read_account, scenarios
from riskmodel.features.scenarios import copies
from riskmodel.lake import Source
from tests.lakes import Rows, laid_out, source_of
from tests.reference.months import months_later
from tests.unit.explain.accounts import PLAN, SILENT, UNMET, renter
from tests.unit.features.landlord import AS_OF, landlord

MIXED = """
    | valeur                  | écriture       | montant | période | réf | annule |
    | 2024-01-05              | reprise de solde |  90,00 |         |     |        |
    | 2024-02-05 à 2026-10-05 | loyer          |  400,00 | mois    |     |        |
    | 2024-02-05 à 2026-10-05 | charges        |   60,00 | mois    |     |        |
    | 2024-02-05 à 2026-10-05 | RLS            |  -30,00 | mois    |     |        |
    | 2026-08-05              | SLS            |   12,00 | 2026-08 |     |        |
    | 2024-02-25 à 2026-09-25 | APL            | -150,00 | mois    |     |        |
    | 2026-09-07              | prélèvement    | -280,00 |         | P1  |        |
    | 2026-09-15              | rejet          |  280,00 |         |     | P1     |
    | 2026-09-20              | FSL            | -500,00 |         |     |        |
    | 2026-09-28              | frais          |   20,00 |         |     |        |
    | 2026-10-20              | virement       | -100,00 |         |     |        |
    | 2026-11-05              | loyer          |  400,00 | mois    |     |        |
    | 2026-06-01              | dépôt de garantie | 400,00 |        |     |        |
"""


def one(rows: Rows, folder: Path, as_of: date = AS_OF) -> dict[str, Any]:
    return dict(households(laid_out(folder, rows), as_of, ["B1"]))["B1"]


def said(file: dict[str, Any], kind: str) -> list[str]:
    return [f"{event['on']} {event['text']}".replace("\u00a0", " ") for event in file["timeline"] if event["kind"] == kind]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return laid_out(tmp_path_factory.mktemp("lac"), landlord())


@pytest.fixture(scope="module")
def files(source: Source) -> dict[str, dict[str, Any]]:
    return dict(households(source, AS_OF, [f"B{number:02}" for number in range(40)]))


def moved(month: dict[str, Any]) -> int:
    return sum(month[name] for name in ("rent", "charges", "sls", "rls", "other")) - month["benefit"] - month["paid"]


def test_each_balance_is_the_one_before_plus_what_moved_in_the_month(files: dict[str, dict[str, Any]]) -> None:
    months = [pair for file in files.values() for pair in pairwise(file["series"])]
    assert len(months) > 500
    assert [after["balance"] - before["balance"] for before, after in months] == [moved(after) for _, after in months]


def test_the_last_balance_is_the_ledgers_to_the_cent_and_balances_add_up(files: dict[str, dict[str, Any]]) -> None:
    for file in files.values():
        held = file["balances"]
        assert file["series"][-1]["balance"] == held["legal"]
        parts = held["current"] + held["technical"] + held["frozen"] + held["benefit_gap"] - held["benefit_advance"]
        assert held["legal"] == parts


def test_months_follow_each_other_up_to_the_day_asked_about_twenty_four_at_most(files: dict[str, dict[str, Any]]) -> None:
    for file in files.values():
        months = [date.fromisoformat(f"{month['month']}-01") for month in file["series"]]
        assert 0 < len(months) <= 24
        assert months[-1] == AS_OF.replace(day=1)
        assert all(months_later(before, 1) == after for before, after in pairwise(months))


def test_a_first_month_that_is_the_accounts_own_opens_at_nought(files: dict[str, dict[str, Any]]) -> None:
    opened = [file["series"][0] for file in files.values() if len(file["series"]) < 24]
    assert opened
    assert all(month["balance"] == moved(month) for month in opened)


def test_balances_are_those_of_the_features(source: Source, files: dict[str, dict[str, Any]]) -> None:
    features = read_account(source, AS_OF, "B09").features
    assert files["B09"]["balances"]["frozen"] == features["frozen_cents"] > 0
    assert files["B09"]["balances"]["current"] == features["current_cents"]


def test_a_month_tells_apart_what_was_called_paid_received_and_the_rest(tmp_path: Path) -> None:
    series = {month["month"]: month for month in one(renter(account=MIXED), tmp_path)["series"]}
    assert next(iter(series)) == "2024-11"
    september = {name: series["2026-09"][name] / 100 for name in series["2026-09"] if name != "month"}
    assert september == {
        "rent": 400, "charges": 60, "sls": 0, "rls": -30, "benefit": 150, "benefit_due": 150, "net": 280, "paid": 0,
        "other": -480, "balance": september["balance"],
    }  # fmt: skip
    assert series["2026-08"]["sls"] == 12_00
    assert (series["2026-10"]["paid"], series["2026-10"]["benefit"]) == (100_00, 0)
    assert series["2026-10"]["balance"] == (90 + 33 * 430 + 12 - 32 * 150 - 500 + 20 - 100) * 100


def test_what_became_known_later_is_not_in_the_file(tmp_path: Path) -> None:
    first = renter(contacts=SILENT)
    second = renter("| 2026-10-06 | prélèvement | -400,00 | | | |", contacts=SILENT, obligations=UNMET)
    source = source_of(tmp_path, (date(2026, 10, 25), first), (date(2026, 11, 8), second))
    known = dict(households(source, date(2026, 10, 25), ["B1"]))
    later = dict(households(source, date(2026, 11, 8), ["B1"]))
    assert known["B1"]["series"][-1]["paid"] == 0
    assert later["B1"]["series"][-2]["paid"] == 400_00
    assert not said(known["B1"], "obligation")
    assert said(later["B1"], "obligation")


def test_leases_are_computed_a_share_at_a_time_with_the_same_answer(
    source: Source, files: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(household, "AT_ONCE", 16)
    assert dict(households(source, AS_OF, files)) == files


def test_dossiers_of_more_leases_than_are_computed_at_once_are_all_read(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    leases = [f"B{number:02}" for number in range(40)]
    with copies(source, AS_OF, leases) as ready:
        whole = dossier.read(ready, leases)
        monkeypatch.setattr(dossier, "AT_ONCE", 16)
        monkeypatch.setattr(scenarios, "AT_ONCE", 16)
        assert dossier.read(ready, leases) == whole
    assert len(whole) == 40


def test_a_lease_that_is_not_in_force_has_no_file(source: Source) -> None:
    assert dict(households(source, AS_OF, ["B99"])) == {}


def test_contacts_and_requests_are_told_in_words_newest_first(tmp_path: Path) -> None:
    file = one(renter(contacts=SILENT, obligations=UNMET), tmp_path)
    assert said(file, "contact")[0] == "2026-09-24 Vers le ménage, accueil (impayé) : rendez-vous manqué"
    assert said(file, "contact")[-1] == "2026-02-01 Du ménage, téléphone (impayé) : joint"
    assert said(file, "obligation")[-2:] == [
        "2026-04-15 Relance, attestation d'assurance",
        "2026-03-01 Demande envoyée, attestation d'assurance : réponse attendue pour le 01/04/2026",
    ]
    days = [event["on"] for event in file["timeline"]]
    assert days == sorted(days, reverse=True)


def test_acts_benefits_and_overindebtedness_are_told_in_words(tmp_path: Path) -> None:
    drawn = {
        "procedures": """
            | étape         | le         | audience   |
            | payment_order | 2026-05-04 |            |
            | summons       | 2026-08-10 | 2026-12-03 |""",
        "benefits": """
            | mois du droit     | droit  | état     | su le      |
            | 2026-05 à 2026-07 | 250,00 |          | 2026-07-20 |
            | 2026-08           | 250,00 | suspendu | 2026-08-20 |""",
        "overindebtedness": """
            | étape | le         |
            | dépôt | 2026-06-01 |""",
    }
    file = one(renter(**drawn), tmp_path)
    assert said(file, "procedure") == [
        "2026-08-10 Assignation, audience le 03/12/2026",
        "2026-05-04 Commandement de payer",
    ]
    assert said(file, "benefit") == [
        "2026-08-20 Droit d'août 2026 : APL de 250 €, droit suspendu, versée au bailleur (tiers payant)",
        "2026-07-20 Droit de mai 2026 : APL de 250 €, droit ouvert, versée au bailleur (tiers payant)",
    ]
    assert said(file, "overindebtedness") == ["2026-06-01 Surendettement, dépôt du dossier"]


KEPT_THEN_MISSED = (
    "| 2026-08-05 à 2026-09-05 | prélèvement | -400,00 | | | |",
    "| 2026-06-10 à 2026-07-10 | virement    |  -50,00 | | | |",
    "| 2026-09-10              | virement    |  -50,00 | | | |",
    "| 2026-10-05              | prélèvement | -400,00 | | | |",
    "| 2026-10-10              | virement    | -100,00 | | | |",
)


def test_each_instalment_is_kept_missed_or_made_good_five_days_after_its_day(tmp_path: Path) -> None:
    file = one(renter(*KEPT_THEN_MISSED, plans=PLAN), tmp_path)
    assert [line for line in said(file, "plan") if "Échéance" in line] == [
        "2026-10-10 Échéance de 50 € (plan amiable) : tenue, retard rattrapé",
        "2026-09-10 Échéance de 50 € (plan amiable) : tenue, mais 1 échéance de retard encore",
        "2026-08-10 Échéance de 50 € (plan amiable) : non tenue, 1 échéance de retard",
        "2026-07-10 Échéance de 50 € (plan amiable) : tenue",
        "2026-06-10 Échéance de 50 € (plan amiable) : tenue",
    ]
    assert said(file, "plan")[-1] == "2026-05-20 Plan amiable : 12 échéances de 50 €, pour une dette de 600 €"


@pytest.mark.parametrize("day", [months_later(date(2026, 6, 10), number) for number in range(5)])
def test_what_is_said_of_an_instalment_is_what_the_plans_state_says_that_day(day: date, tmp_path: Path) -> None:
    source = laid_out(tmp_path, renter(*KEPT_THEN_MISSED, plans=PLAN))
    missed = read_account(source, day + timedelta(days=5), "B1").features["plan_missed"]
    told = next(line for line in said(one(renter(*KEPT_THEN_MISSED, plans=PLAN), tmp_path), "plan") if line.startswith(str(day)))
    assert ("1 échéance de retard" in told) == (missed == 1)


def test_an_agreement_suspended_by_overindebtedness_asks_for_nothing_more(tmp_path: Path) -> None:
    steps = """
        | étape       | le         |
        | recevabilité | 2026-07-20 |"""
    lines = said(one(renter(plans=PLAN, overindebtedness=steps), tmp_path), "plan")
    assert [line[:10] for line in lines if "Échéance" in line] == ["2026-07-10", "2026-06-10"]
