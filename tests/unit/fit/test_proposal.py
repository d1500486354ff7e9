"""A whole proposal on a drawn past: what is printed can be read back, and says where it comes from."""

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd
import pytest

from riskmodel import fit
from riskmodel.errors import TooLittleHistory
from riskmodel.fit import choosing, shadow, training
from riskmodel.outcomes import labels
from riskmodel.score import apply, parse, probability
from tests.unit.fit import drawn

CAPACITY = 40


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Fewer test days and smaller boosted trees: what is tested here is the arrangement, not their strength."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(choosing, "TEST_DAYS", 4)
        patch.setattr(shadow, "SHADOW_DAYS", 1)
        patch.setattr(training, "BOOSTING", training.BOOSTING | {"max_iter": 5})
        yield


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    return drawn.panel(220, 15)


@pytest.fixture(scope="module")
def proposal(panel: pd.DataFrame) -> fit.Proposal:
    return fit.propose(panel, "derive", CAPACITY, "2026-10-31", origin={"landlord_id": "banc"})


def test_the_text_is_a_table_that_can_be_read_and_adds_up_to_a_hundred(proposal: fit.Proposal) -> None:
    table = parse(proposal.toml)
    assert (table.name, table.version, table.total) == ("derive", "2026-10-31", 100)
    assert 1 <= table.minimum <= 100


def test_the_signs_that_were_put_in_the_past_are_found_again(proposal: fit.Proposal) -> None:
    most = {entry["feature"]: max(row["points"] for row in entry["rows"]) for entry in proposal.content["input"]}
    assert set(sorted(most, key=lambda name: -most[name])[:2]) == {"overdue_terms", "unpaid_terms_6"}


def test_the_three_probabilities_never_cross_and_rise_with_the_score(proposal: fit.Proposal) -> None:
    table = parse(proposal.toml)
    for score in range(101):
        near, usual, far = (probability(table, score, horizon) for horizon in (30, 90, 180))
        assert near is not None
        assert usual is not None
        assert far is not None
        assert near <= usual <= far


def test_the_mean_probability_is_the_mean_rate(proposal: fit.Proposal, panel: pd.DataFrame) -> None:
    table, known = parse(proposal.toml), labels(panel, "derive", 90)
    rows = panel[known.notna()]
    said = [probability(table, int(score), 90) for score in apply(table, rows)["score"]]
    assert pd.Series(said, dtype=float).mean() == pytest.approx(float(known.dropna().astype(float).mean()), abs=0.02)


def test_the_file_says_on_what_it_was_fitted(proposal: fit.Proposal, panel: pd.DataFrame) -> None:
    told = proposal.content["training"]
    assert told["landlord_id"] == "banc"
    assert told["events"] == int((labels(panel, "derive", 90) == 1).sum())
    assert max(told["days"]) + timedelta(days=105) <= drawn.LAST_DELIVERY
    assert told["counts"]["history_ends"] > 0
    assert [candidate["is_proposed"] for candidate in proposal.content["candidates"]].count(True) == 1


def test_what_is_proposed_is_never_a_candidate_with_the_landlords_acts(proposal: fit.Proposal) -> None:
    (chosen,) = [candidate for candidate in proposal.content["candidates"] if candidate["is_proposed"]]
    assert chosen["is_eligible"]
    assert any("seuls actes du bailleur" in note for note in proposal.notes)
    assert not {entry["feature"] for entry in proposal.content["input"]} & {"plans_broken_365d", "failed_attempts_180d"}


def test_table_and_challengers_stand_side_by_side(proposal: fit.Proposal) -> None:
    pairs = set(zip(proposal.challenger["split"], proposal.challenger["model"], strict=True))
    assert pairs == {(split, model) for split in ("temps", "temps_et_menage") for model in shadow.MODELS}
    assert proposal.challenger[["precision", "auc", "calibration_error"]].notna().all(axis=None)


def test_the_order_of_rows_changes_no_letter(proposal: fit.Proposal, panel: pd.DataFrame) -> None:
    mixed = panel.sample(frac=1, random_state=1).reset_index(drop=True)
    assert fit.propose(mixed, "derive", CAPACITY, "2026-10-31", origin={"landlord_id": "banc"}).toml == proposal.toml


def test_places_are_the_score_s_share_of_the_teams_rows() -> None:
    assert [fit.places(40, "derive"), fit.places(40, "decrochage"), fit.places(1, "decrochage")] == [28, 12, 1]


def test_a_short_past_is_said_in_french_and_nothing_is_proposed() -> None:
    with pytest.raises(TooLittleHistory, match=r"dates closes.*La table posée à la main continue de servir"):
        fit.propose(drawn.panel(100, 22)[lambda rows: rows["as_of"] > date(2026, 3, 1)], "derive", CAPACITY, "essai")


def test_a_quiet_past_is_too_little_history_too() -> None:
    with pytest.raises(TooLittleHistory, match="événements"):
        fit.propose(drawn.panel(40, 15, base=-8.0), "derive", CAPACITY, "essai")


def test_events_that_nothing_announces_give_no_table(panel: pd.DataFrame) -> None:
    same = {name: panel[name].iloc[0] for name in panel.columns if name in _features()}
    with pytest.raises(TooLittleHistory, match="Aucune entrée"):
        fit.propose(panel.assign(**same), "derive", CAPACITY, "essai")


def _features() -> set[str]:
    return {entry.feature for entry in fit.catalogue.entries("derive")}
