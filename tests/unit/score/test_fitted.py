"""A fitted table: written and read back, its probabilities, and what is refused in them."""

import tomllib
from itertools import pairwise
from math import nan
from pathlib import Path

import numpy as np
import pytest

from riskmodel.errors import TableFileError
from riskmodel.score import HORIZONS, Link, load, parse, probability, published, text, write
from riskmodel.score.page import likelihoods
from tests.unit.score.contents import LINKS, fitted


def refusal(**changes: object) -> str:
    with pytest.raises(TableFileError) as refused:
        text(fitted(**changes))
    return str(refused.value)


def test_a_table_is_read_back_as_it_was_written() -> None:
    assert tomllib.loads(text(fitted())) == fitted()
    assert parse(text(fitted())).training == fitted()["training"]
    assert parse(text(fitted())).metrics["precision_at_capacity"] == 0.31


def test_a_file_has_one_row_a_line_and_does_not_depend_on_the_order_of_keys(tmp_path: Path) -> None:
    write(fitted(), tmp_path / "table.toml")
    lines = (tmp_path / "table.toml").read_text(encoding="utf-8").splitlines()
    assert '  { from = 0.25, points = 31, text = "Dette de {overdue_cents}" },' in lines
    assert text(dict(reversed(fitted().items()))) == "\n".join(lines) + "\n"
    assert [path.name for path in tmp_path.iterdir()] == ["table.toml"]
    assert load(tmp_path / "table.toml").digest == parse(text(fitted())).digest


FITTED = sorted((Path(__file__).parent / "fitted").glob("*.toml"))


@pytest.mark.parametrize("path", FITTED, ids=lambda path: path.stem)
def test_what_the_fit_proposes_can_be_published_and_is_written_as_it_was_read(path: Path) -> None:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    assert parse(text(content)).digest == load(path).digest
    assert load(path).total == 100
    assert len(likelihoods(load(path))) == 101


def test_numbers_of_numpy_are_written_as_numbers() -> None:
    assert text(fitted(metrics={"rows": np.int64(3), "share": np.float64(0.5)})) == text(
        fitted(metrics={"rows": 3, "share": 0.5})
    )


def test_a_probability_is_the_logistic_of_the_score() -> None:
    table = parse(text(fitted()))
    assert probability(table, 75, 90) == pytest.approx(0.5)
    assert probability(table, 0, 30) == pytest.approx(1 / (1 + np.exp(4)))
    assert probability(table, 75, 60) is None
    assert Link(-900.0, 1.0).probability(0) == pytest.approx(0)
    assert Link(900.0, 1.0).probability(0) == pytest.approx(1)


def test_a_hand_set_table_gives_no_probability() -> None:
    assert [probability(published("derive"), 50, horizon) for horizon in HORIZONS] == [None] * 3
    assert likelihoods(published("derive")) == []


def test_every_score_has_its_line_and_probabilities_grow_with_the_score_and_the_horizon() -> None:
    table = parse(text(fitted()))
    lines = likelihoods(table)
    assert len(lines) == 101
    assert lines[75] == ("75", "14,8\u00a0%", "50,0\u00a0%", "77,7\u00a0%")
    for score in range(101):
        near, middle, far = (probability(table, score, horizon) for horizon in HORIZONS)
        assert near <= middle <= far
    for horizon in HORIZONS:
        assert all(low < high for low, high in pairwise(probability(table, score, horizon) for score in range(101)))


def test_links_that_cross_are_refused_with_the_first_score_where_they_do() -> None:
    said = refusal(links=LINKS | {"30": {"a": -4.0, "b": 0.06}})
    assert "à 51 points, la probabilité à 30 jours dépasse celle à 90 jours (50 scores en tout)" in said


@pytest.mark.parametrize(
    ("links", "said"),
    [
        (LINKS | {"90": {"a": -3.0, "b": 0.0}}, "b vaut 0.0, attendu au-dessus de 0"),
        (LINKS | {"90": {"a": -3.0, "b": nan}}, "attendu deux nombres, a et b"),
        (LINKS | {"90": {"a": -3.0}}, "attendu deux nombres, a et b"),
        (LINKS | {"90": -3.0}, "attendu deux nombres, a et b"),
        ({"30": LINKS["30"]}, "horizons 30, attendu 30, 90, 180"),
    ],
)
def test_a_link_that_says_nothing_is_refused(links: dict[str, object], said: str) -> None:
    assert said in refusal(links=links)


def test_all_faults_of_a_fitted_table_are_told_at_once() -> None:
    said = refusal(training={}, metrics={"auc": nan}, candidates=["tous"], total=90)
    assert "4 défaut(s)" in said
    assert "des liens sans bloc [training]" in said
    assert "metrics, « auc » : lu nan" in said
    assert "attendu un bloc [[candidates]]" in said


def test_the_hash_follows_every_block() -> None:
    hashes = {
        parse(text(content)).digest for content in (fitted(), fitted(metrics={}), fitted(links=LINKS | {"30": LINKS["90"]}))
    }
    assert len(hashes) == 3


def test_a_cut_outside_what_is_published_is_refused() -> None:
    high = fitted()
    high["input"][0]["rows"][2]["from"] = 2.5
    with pytest.raises(TableFileError, match=r"borne 2.5, la plus haute admise est 2.0"):
        text(high)
