"""A month watched end to end on a tiny landlord: pages without a lease, a note that Monday's list reads, an answer that lifts."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from riskmodel.errors import DecisionRefused, NothingKnown, SettingsError
from riskmodel.register import open_register
from riskmodel.register.decisions import keep
from riskmodel.register.runs import newest, note
from riskmodel.settings import Settings
from riskmodel.steps import watch, watch_month, watched
from riskmodel.steps.receive import receive
from riskmodel.steps.serving import serving
from riskmodel.watch import limits
from tests.factory import house
from tests.flow import tiny

NOVEMBER = date(2026, 11, 30)
"""The tiny landlord delivers nothing after the 1st: four weeks without an account."""
LATER = date(2026, 12, 3)
BY = "resp.contentieux"


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("veille")
    settings = house(folder)
    tiny.deliver_evenings(folder / "inbox")
    receive(settings, "essai", tiny.SUNDAY)
    return settings, watch.month(settings, "essai", NOVEMBER)


def summary(settings: Settings, on: date = NOVEMBER) -> dict[str, Any]:
    with open_register(settings.register_url)() as session:
        run = newest(session, "essai", "watch", on)
    assert run is not None
    return run.summary


def test_a_month_is_measured_on_its_matured_sundays(delivered: tuple[Settings, dict[str, Any]]) -> None:
    settings, made = delivered
    month = watched.gather(settings, "essai", NOVEMBER)
    assert month.days == (tiny.REPLAYED,)
    assert made["days"] == 1
    assert set(month.rows["derive"]["weight"]) <= {1.0}
    assert month.newest[-1] == tiny.SUNDAY
    assert len(month.newest) == 4


def test_pages_are_written_and_name_no_lease(delivered: tuple[Settings, dict[str, Any]]) -> None:
    folder = Path(delivered[1]["folder"])
    names = {path.name for path in folder.iterdir()}
    assert names == {
        *("veille.pdf", "equite.csv", "registre-algorithme.md", "registre-algorithme.pdf"),
        *(f"fiche-modele-{score}.{kind}" for score in ("derive", "decrochage") for kind in ("md", "pdf")),
    }
    for path in folder.iterdir():
        said = path.read_text(encoding="utf-8") if path.suffix != ".pdf" else text(path)
        assert not [n for n in tiny.HOUSEHOLDS if f"B{n}" in said.split() or f"M{n}" in said.split()], path.name
    assert "Données synthétiques" in text(folder / "veille.pdf")


def text(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


def test_a_hole_in_deliveries_stops_both_scores_and_the_list_says_so(delivered: tuple[Settings, dict[str, Any]]) -> None:
    settings, made = delivered
    assert made["stops"] == 1
    (stop,) = summary(settings)["stops"]
    assert (stop["name"], stop["score"], stop["figure"]) == ("trou_de_livraison", None, 29.0)
    served = serving(settings, "essai", date(2026, 12, 6))
    assert "score" not in served.orders.values()
    assert any(stop["sentence"] in said for said in served.statements)


def test_the_same_month_again_gives_the_same_bytes(delivered: tuple[Settings, dict[str, Any]]) -> None:
    settings, made = delivered
    before = {path.name: path.read_bytes() for path in Path(made["folder"]).iterdir()}
    known = summary(settings)
    assert watch.month(settings, "essai", NOVEMBER) == made
    assert {path.name: path.read_bytes() for path in Path(made["folder"]).iterdir()} == before
    assert summary(settings) == known


def test_an_answer_lifts_the_stop_from_its_own_day_and_survives_a_rerun(delivered: tuple[Settings, dict[str, Any]]) -> None:
    settings, _ = delivered
    assert watch.answer(settings, "essai", "trou_de_livraison", None, "corrigee", BY, LATER) == 1
    assert watch.in_force(settings, "essai", LATER) == ([], "2026-11")
    assert len(watch.in_force(settings, "essai", date(2026, 12, 2))[0]) == 1
    watch.month(settings, "essai", NOVEMBER)
    assert watch.in_force(settings, "essai", LATER)[0] == []
    assert summary(settings, LATER)["answers"][0]["reason"] == "corrigee"


@pytest.mark.parametrize(
    ("name", "reason", "by", "told"),
    [
        ("trou_de_livraison", "parce_que", BY, "Motifs admis"),
        ("suivi_aveugle", "corrigee", BY, "pas d'arrêt « suivi_aveugle »"),
        ("trou_de_livraison", "corrigee", "Jeanne Martin", "identifiant de compte"),
    ],
)
def test_an_answer_in_other_words_is_refused(
    delivered: tuple[Settings, dict[str, Any]], name: str, reason: str, by: str, told: str
) -> None:
    with pytest.raises(DecisionRefused, match=told):
        watch.answer(delivered[0], "essai", name, None, reason, by, date(2026, 12, 1))


def test_months_running_are_counted_from_the_note_of_the_month_before(delivered: tuple[Settings, dict[str, Any]]) -> None:
    settings, _ = delivered
    breach = {"name": "trou_de_livraison", "score": None, "subject": "tous", "figure": 9.0, "limit": 3.0, "since": "2026-08-31"}
    with open_register(settings.register_url).begin() as session:
        past = {"month": "2026-10", "stops": [], "answers": [], "breaches": [breach | {"sentence": "Trou.", "months": 3}]}
        note(session, "essai", date(2026, 10, 31), "watch", "done", past)
    watch.month(settings, "essai", NOVEMBER)
    (counted,) = summary(settings)["breaches"]
    assert (counted["months"], counted["since"]) == (4, "2026-08-31")
    with open_register(settings.register_url).begin() as session:
        note(session, "essai", date(2026, 10, 31), "watch", "done", past | {"month": "2026-09"})
    watch.month(settings, "essai", NOVEMBER)
    assert summary(settings)["breaches"][0]["months"] == 1


def test_before_any_sunday_has_matured_there_is_nothing_to_measure(delivered: tuple[Settings, dict[str, Any]]) -> None:
    with pytest.raises(NothingKnown, match="relancez le mois prochain"):
        watch.month(delivered[0], "essai", date(2026, 10, 31))
    assert watch_month.watch(delivered[0], "essai", date(2026, 10, 31)) == {"days": 0, "breaches": 0, "stops": 0}


def test_a_month_is_watched_on_its_last_day_only(delivered: tuple[Settings, dict[str, Any]]) -> None:
    with pytest.raises(SettingsError, match="dernier jour de mois"):
        watch_month.watch(delivered[0], "essai", date(2026, 11, 29))


def test_decisions_of_the_month_about_listed_rows_make_the_override_rate(tmp_path: Path) -> None:
    settings = house(tmp_path)
    weeks = watched.Weeks({("2026-S45", "derive"): {"B4", "B5"}}, {}, tuple(decisions()))
    found = watched._decisions(weeks, "derive", NOVEMBER)
    assert found.to_dict("records") == [{"management_unit": "UG01", "is_against": True}]
    assert weeks.helped("2026-S45") == {"B4": False, "B5": True, "B9": True}
    with open_register(settings.register_url).begin() as session:
        keep(session, "essai", "2026-S45", "UG01", "B4", "no_action", tiny.MONDAY, BY)
        assert watched._weeks(session, "essai", NOVEMBER).decided[0]["code"] == "no_action"
    assert limits().rules["suivi_aveugle"].fewest == 30


def decisions() -> list[dict[str, Any]]:
    """One against a listed row, one after the month, one about a row that was not listed for itself."""
    made = [("B4", "no_action", tiny.MONDAY), ("B5", "call", date(2026, 12, 1)), ("B9", "visit", tiny.MONDAY)]
    return [
        {"week": "2026-S45", "management_unit": "UG01", "lease_id": lease, "code": code, "decided_on": on}
        for lease, code, on in made
    ]
