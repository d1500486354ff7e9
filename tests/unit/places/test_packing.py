"""Households of several norms given to workers: each follows whole households, within the time they have."""

from fractions import Fraction

from riskmodel.places.offers import WorkerLeft
from riskmodel.places.packing import fits, packed

WORKERS = (WorkerLeft(1, "ts.1", Fraction(10, 100)), WorkerLeft(2, "ts.2", Fraction(7, 100)), WorkerLeft(3, "ts.3", Fraction(-1)))


def test_whoever_has_just_enough_time_follows_the_household_that_weighs_most() -> None:
    assert packed(WORKERS, {10: 1, 16: 1}) == {10: [1], 16: [2]}
    assert fits(WORKERS, {10: 1, 16: 1})


def test_nobody_is_given_more_than_asked_nor_anything_to_a_worker_without_time() -> None:
    found = packed((WorkerLeft(1, "ts.1", Fraction(1)), *WORKERS[1:]), {10: 3, 16: 5})
    assert found is not None
    assert {norm: len(followers) for norm, followers in found.items()} == {10: 3, 16: 5}
    assert 3 not in {*found[10], *found[16]}


def test_when_they_cannot_all_be_followed_none_is_given() -> None:
    assert packed(WORKERS, {10: 1, 16: 2}) is None
    assert packed(WORKERS[2:], {10: 1, 16: 1}) is None
