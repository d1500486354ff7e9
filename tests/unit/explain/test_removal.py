"""The smallest set that removes a flag: found, proven, worded; what happens when there is none, or none small enough."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from riskmodel.errors import NothingKnown
from riskmodel.explain import Removal, removal, removals, search
from riskmodel.explain.facts import facts
from riskmodel.score import published
from tests.lakes import Rows, laid_out
from tests.unit.explain.accounts import SILENT, UNMET, renter

AS_OF = date(2026, 10, 31)
DRIFT, CONTACT = published("derive"), published("decrochage")


def removed(rows: Rows, folder: Path, name: str = "derive", minimum: int | None = None, as_of: date = AS_OF) -> Removal:
    table = {"derive": DRIFT, "decrochage": CONTACT}[name]
    return removal(laid_out(folder, rows), as_of, "B1", replace(table, minimum=minimum or table.minimum))


def told(found: Removal) -> list[str]:
    return [sentence.replace("\u00a0", " ") for sentence in found.sentences]


ONE_MISSED = ("| 2026-09-07 à 2026-10-07 | prélèvement | -400,00 | | | |",)
TWO_MISSED = ("| 2026-09-07 | prélèvement | -400,00 | | | |",)


def test_one_payment_is_enough_and_of_equals_the_latest_is_told(tmp_path: Path) -> None:
    """The term of August was missed; the debt stands on October's: either payment would do, October's is the later."""
    found = removed(renter(*ONE_MISSED), tmp_path)
    assert told(found) == ["Terme du 05/10/2026 payé : 400 €"]
    assert found.is_exact
    assert found.sentence == (
        f"Ce fait aurait suffi : le score passe de {found.score_before} à {found.score_after}, sous le seuil de 25."
    )
    assert found.score_after < 25 <= found.score_before


def test_two_terms_are_needed_when_one_leaves_the_flag(tmp_path: Path) -> None:
    found = removed(renter(*TWO_MISSED), tmp_path, minimum=10)
    assert told(found) == ["Terme du 05/09/2026 payé : 400 €", "Terme du 05/10/2026 payé : 400 €"]
    assert found.sentence.startswith("Ces 2 faits réunis auraient suffi : le score passe de ")
    assert found.sentence.endswith("sous le seuil de 10 ; aucun ensemble plus petit n'y suffit.")


def test_the_least_money_comes_before_the_latest_day(tmp_path: Path) -> None:
    rows = renter("| 2026-08-07 | prélèvement | -250,00 | | | |", "| 2026-09-07 | prélèvement | -400,00 | | | |")
    alone = removed(rows, tmp_path, minimum=30)
    assert told(alone) == ["Terme du 05/10/2026 payé : 400 €"]
    cheaper = removed(rows, tmp_path, minimum=38)
    assert cheaper.facts[0].amount_cents == min(fact.amount_cents or 0 for fact in cheaper.facts)


def test_an_answer_removes_a_loss_of_contact(tmp_path: Path) -> None:
    found = removed(renter(contacts=SILENT, obligations=UNMET), tmp_path, "decrochage")
    assert told(found) == ["Rendez-vous du 24/09/2026 honoré"]


def test_a_table_without_small_answer_gives_an_honest_sufficient_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "LARGEST", 1)
    found = removed(renter(*TWO_MISSED), tmp_path, minimum=10)
    assert not found.is_exact
    assert found.score_after < 10
    assert "ce n'est pas forcément le plus petit ensemble" in found.sentence


def test_sets_that_lack_an_indispensable_fact_are_left_out_when_there_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = renter("| 2026-05-12 | rejet | 20,00 | | | |", *TWO_MISSED)
    every = removed(rows, tmp_path, minimum=10)
    monkeypatch.setattr(search, "MANY_SETS", -1)
    assert removed(rows, tmp_path, minimum=10) == every


def test_a_flag_that_no_fact_explains_says_what_remains(tmp_path: Path) -> None:
    """An old regularisation comes before the rent: paying a term pays it first, and the drift stays."""
    paid = "| 2026-08-07 à 2026-10-07 | prélèvement | -400,00 | | | |"
    found = removed(renter("| 2026-08-20 | régularisation | 1500,00 | | | |", paid), tmp_path)
    assert found.facts == ()
    assert found.is_exact
    assert told(found)[0].startswith("Aucun ensemble de faits datés n'aurait évité ce signalement (seuil de 25). Il resterait ")
    assert f"{found.score_after} points : Dette courante de" in told(found)[0]


def test_a_household_below_the_threshold_has_nothing_to_remove(tmp_path: Path) -> None:
    found = removed(renter("| 2026-08-07 à 2026-10-07 | prélèvement | -400,00 | | | |"), tmp_path)
    assert (found.facts, found.sentences, found.is_exact, found.is_flagged) == ((), (), True, False)
    assert found.sentence == "Rien à éviter : score de 0, sous le seuil de 25."


def test_a_flag_without_any_fact_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(facts.__globals__, "_READERS", {})
    found = removed(renter(*ONE_MISSED), tmp_path)
    assert (found.facts, found.is_exact, found.score_after) == ((), True, found.score_before)
    assert found.sentence.startswith("Aucun fait daté sur lequel agir n'explique ce signalement (seuil de 25). Il resterait ")


def test_a_whole_list_is_answered_at_once_and_as_each_alone(tmp_path: Path) -> None:
    source = laid_out(tmp_path, renter(*ONE_MISSED, contacts=SILENT, obligations=UNMET))
    tables = {"derive": DRIFT, "decrochage": CONTACT}
    found = removals(source, AS_OF, {"derive": ["B1", "B2"], "decrochage": ["B1"]}, tables)
    assert set(found) == {("derive", "B1"), ("derive", "B2"), ("decrochage", "B1")}
    assert found["derive", "B1"] == removal(source, AS_OF, "B1", DRIFT)
    assert found["decrochage", "B1"] == removal(source, AS_OF, "B1", CONTACT)


def test_the_order_of_rows_and_of_leases_changes_nothing(tmp_path: Path) -> None:
    rows = renter(*TWO_MISSED, contacts=SILENT, obligations=UNMET)
    mixed = {name: lines[::-1] for name, lines in rows.items()}
    for name in ("derive", "decrochage"):
        assert removed(rows, tmp_path, name, minimum=10) == removed(mixed, tmp_path, name, minimum=10)


def test_a_lease_not_in_force_is_said_with_the_next_move(tmp_path: Path) -> None:
    with pytest.raises(NothingKnown, match=r"Pas de bail en cours au 31/10/2026 : B9\. Vérifiez"):
        removal(laid_out(tmp_path, renter()), AS_OF, "B9", DRIFT)


def test_an_empty_list_asks_nothing(tmp_path: Path) -> None:
    assert removals(laid_out(tmp_path, renter()), AS_OF, {"derive": []}, {"derive": DRIFT}) == {}
