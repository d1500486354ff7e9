"""The catalogue of inputs keeps the product's promises."""

import tomllib
from itertools import pairwise

import pytest

from riskmodel import REPOSITORY
from riskmodel.features.dictionary import FEATURES
from riskmodel.fit.catalogue import PATH, REFERENCE, candidates, entries, reference
from riskmodel.score.admitted import ADMITTED
from riskmodel.score.forbidden import FORBIDDEN
from riskmodel.score.french import placeholders

SCORES = ("derive", "decrochage")
KNOWN = {feature.name: feature for feature in FEATURES}
FADES_TOO_LATE = {"obligations_unmet", "surveys_unmet", "insurance_unmet", "access_unmet"}
"""Two years of effect: a household quiet for twelve months could still have points."""


@pytest.mark.parametrize("score", SCORES)
def test_an_input_is_in_the_dictionary_allowed_and_admitted_in_the_score(score: str) -> None:
    names = [entry.feature for entry in entries(score)]
    assert len(names) == len(set(names)) <= 15
    assert set(names) <= KNOWN.keys() - FORBIDDEN.keys()
    assert set(names) <= ADMITTED[score].keys()


@pytest.mark.parametrize("score", SCORES)
def test_a_cut_is_one_the_score_admits_and_one_of_the_human_numbers(score: str) -> None:
    for entry in entries(score):
        admitted = ADMITTED[score][entry.feature]
        assert entry.sign == admitted.sign
        assert set(entry.cuts) <= set(entry.grid), entry.feature
        for bounds in (entry.cuts, entry.grid):
            assert all(low < high for low, high in pairwise(bounds))
            assert admitted.lowest is None or bounds[0] >= admitted.lowest
            assert admitted.highest is None or bounds[-1] <= admitted.highest


@pytest.mark.parametrize("score", SCORES)
def test_every_cut_has_a_reason_and_every_row_a_sentence_with_known_figures(score: str) -> None:
    for entry in entries(score):
        assert len(entry.reason) > 30
        assert set(placeholders(entry.text)) <= KNOWN.keys()
        assert entry.text
        assert "inconnu" in entry.unknown_text.lower()


@pytest.mark.parametrize("score", SCORES)
def test_a_figure_in_a_sentence_needs_no_plural(score: str) -> None:
    """« Termes … : 1 » reads well whatever the number, « 1 termes » never: a count closes its sentence."""
    for entry in entries(score):
        if KNOWN[entry.feature].type == "BIGINT":
            assert entry.text.endswith(f": {{{entry.feature}}}"), entry.feature


@pytest.mark.parametrize("score", SCORES)
def test_not_knowing_adds_no_point(score: str) -> None:
    assert {entry.unknown_points for entry in entries(score)} == {0}


def test_loss_of_contact_reads_no_debt_and_drift_nothing_that_outlives_a_quiet_year() -> None:
    tables = {table for entry in entries("decrochage") for table in KNOWN[entry.feature].tables}
    assert tables <= {"contacts", "obligations", "leases"}
    assert not {entry.feature for entry in entries("derive")} & FADES_TOO_LATE
    assert all(KNOWN[entry.feature].effect_days <= 400 for entry in entries("derive"))


def test_a_year_old_miss_alone_costs_nothing() -> None:
    (year,) = [entry for entry in entries("derive") if entry.feature == "unpaid_terms_12"]
    assert min(year.grid) >= 3


def test_a_newer_reject_never_takes_points_away() -> None:
    (days,) = [entry for entry in entries("derive") if entry.feature == "reject_unpaid_days"]
    assert days.grid == (1.0,)


@pytest.mark.parametrize("score", SCORES)
def test_there_are_a_dozen_candidates_and_those_with_the_landlords_acts_are_only_measured(score: str) -> None:
    found = candidates(score)
    assert len(found) == 12
    assert len({candidate.name for candidate in found}) == 12
    for candidate in found:
        assert candidate.is_eligible == ("avec-actions" not in candidate.name)
    assert reference(score).name == REFERENCE


@pytest.mark.parametrize("score", SCORES)
def test_a_set_names_each_published_input_once_and_no_act_of_the_landlord(score: str) -> None:
    written = tomllib.loads(PATH.read_text(encoding="utf-8"))[score]
    allowed = {entry.feature for entry in entries(score) if not entry.is_action}
    for chosen in written["sets"].values():
        assert len(chosen) == len(set(chosen))
        assert set(chosen) <= allowed
    assert {name for chosen in written["sets"].values() for name in chosen} == allowed


@pytest.mark.parametrize("score", SCORES)
def test_the_page_says_why_each_input_is_there(score: str) -> None:
    page = (REPOSITORY / "docs" / "fit.md").read_text(encoding="utf-8")
    for entry in entries(score):
        assert f"`{entry.feature}`" in page
