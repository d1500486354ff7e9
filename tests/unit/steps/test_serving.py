"""What serves a list: an approved table or the hand-set one, the score while it holds its own, a rule otherwise."""

from datetime import timedelta
from pathlib import Path

import pytest

from riskmodel.errors import TableFileError
from riskmodel.register import open_register, tables
from riskmodel.register.runs import note
from riskmodel.score import parse
from riskmodel.score.reading import FOLDER
from riskmodel.settings import Settings
from riskmodel.steps.serving import Serving, serving
from tests.factory import house
from tests.unit.steps.matured import SUNDAY, keep

OTHER = (FOLDER / "derive-2026-11.toml").read_text(encoding="utf-8").replace("minimum = 25", "minimum = 30")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return house(tmp_path)


def served(settings: Settings) -> Serving:
    return serving(settings, "essai", SUNDAY)


def said(settings: Settings) -> str:
    return "\n".join(served(settings).statements)


def approve(settings: Settings, text: str = OTHER, digest: str | None = None) -> None:
    with open_register(settings.register_url).begin() as session:
        tables.propose(session, "essai", "derive", "v2", digest or parse(OTHER).digest, text, SUNDAY)
        tables.approve(session, "essai", "derive", "v2", "resp.contentieux", SUNDAY, "Relue en comité.")


def stop(settings: Settings, score: str | None) -> None:
    stopped = {"name": "rappel", "score": score, "sentence": "Rappel d'un groupe hors limites deux mois de suite."}
    with open_register(settings.register_url).begin() as session:
        note(session, "essai", SUNDAY - timedelta(days=1), "watch", "done", {"stops": [stopped]})


def test_without_a_past_the_hand_set_tables_serve_by_their_score_and_nothing_is_said_to_be_proven(settings: Settings) -> None:
    found = served(settings)
    assert (found.drift.version, found.contact.version) == ("2026-11", "2026-11")
    assert found.orders == {"derive": "score", "decrochage": "score"}
    assert found.track == ()
    assert said(settings).count("posée à la main") == 2
    assert said(settings).count("rien n'est encore prouvé") == 2


def test_an_approved_table_serves_from_its_day_on_and_not_before(settings: Settings) -> None:
    approve(settings)
    assert served(settings).drift.minimum == 30
    assert "approuvée le 01/11/2026" in said(settings)
    assert serving(settings, "essai", SUNDAY - timedelta(days=1)).drift.minimum == 25


def test_a_text_that_is_not_what_was_approved_never_serves(settings: Settings) -> None:
    approve(settings, OTHER.replace("minimum = 30", "minimum = 31"))
    with pytest.raises(TableFileError, match="le texte gardé au registre a changé"):
        served(settings)


def test_three_matured_weeks_prove_nothing(settings: Settings) -> None:
    keep(settings, 3, own=0, rule=9, kind="rejoué")
    assert served(settings).orders["derive"] == "score"
    assert "seulement, il en faut 4" in said(settings)


def test_a_score_that_a_rule_beats_leaves_it_the_list_and_page_one_says_so(settings: Settings) -> None:
    keep(settings, 6, own=2, rule=5)
    assert served(settings).orders == {"derive": "balance", "decrochage": "score"}
    assert "la règle « solde exigible » ordonne la liste, sans points" in said(settings)
    assert served(settings).track[0]["difference"] == pytest.approx(-0.3)


def test_a_score_as_good_as_the_best_rule_serves(settings: Settings) -> None:
    keep(settings, 6, own=5, rule=5)
    assert served(settings).orders["derive"] == "score"
    assert "le score ordonne la liste" in said(settings)


def test_the_head_of_the_lists_tells_hits_difference_and_interval(settings: Settings) -> None:
    keep(settings, 6, own=4, rule=3)
    (entry,) = served(settings).track
    assert (entry["label"], entry["weeks"], entry["listed"], entry["hits"]) == ("Dérive d'impayé", 6, 60, 24)
    assert (entry["precision"], entry["rule_precision"]) == (0.4, 0.3)
    assert entry["difference"] == pytest.approx(0.1)
    assert entry["low"] <= entry["difference"] <= entry["high"]
    assert (entry["best_rule_label"], entry["kind"]) == ("solde exigible", "servi")
    assert entry["recall"] is None


def test_replayed_weeks_count_until_four_served_ones_have_matured(settings: Settings) -> None:
    keep(settings, 13, own=2, rule=5, kind="rejoué")
    keep(settings, 3, own=9, rule=1)
    assert served(settings).track[0]["kind"] == "rejoué"
    keep(settings, 4, own=9, rule=1)
    assert (served(settings).track[0]["kind"], served(settings).track[0]["weeks"]) == ("servi", 4)


def test_only_the_last_26_matured_weeks_judge(settings: Settings) -> None:
    keep(settings, 26, own=5, rule=4)
    keep(settings, 40, own=0, rule=10)
    assert served(settings).track[0]["weeks"] == 26
    assert served(settings).orders["derive"] == "score"


def test_a_week_whose_window_was_still_open_on_the_day_says_nothing_that_day(settings: Settings) -> None:
    keep(settings, 4, own=2, rule=5)
    assert served(settings).orders["derive"] == "balance"
    assert serving(settings, "essai", SUNDAY - timedelta(days=1)).orders["derive"] == "score"


def test_a_week_on_which_the_score_listed_nobody_is_not_counted(settings: Settings) -> None:
    keep(settings, 6, own=0, rule=0, listed=0)
    assert served(settings).track == ()


def test_a_stop_takes_its_score_out_whatever_it_was_worth_and_is_quoted(settings: Settings) -> None:
    keep(settings, 6, own=9, rule=1)
    stop(settings, "derive")
    assert served(settings).orders == {"derive": "balance", "decrochage": "score"}
    assert "score arrêté. Rappel d'un groupe hors limites deux mois de suite." in said(settings)


def test_a_stop_of_both_scores_before_any_proof_falls_back_on_the_usual_rules(settings: Settings) -> None:
    stop(settings, None)
    assert served(settings).orders == {"derive": "balance_terms", "decrochage": "silence"}


def test_a_stop_that_the_next_month_no_longer_finds_is_over(settings: Settings) -> None:
    stop(settings, None)
    with open_register(settings.register_url).begin() as session:
        note(session, "essai", SUNDAY, "watch", "done", {"stops": []})
    assert served(settings).orders == {"derive": "score", "decrochage": "score"}
