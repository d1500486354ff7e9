"""Differences of precision as a French reader expects them."""

import pytest

from riskmodel.fit.telling import points


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.02, "2,0 points"), (0.0199, "2,0 points"), (0.0031, "0,3 point"), (-0.031, "−3,1 points"), (0.0, "0,0 point")],
)
def test_the_plural_begins_at_two_and_a_loss_has_a_true_minus(share: float, said: str) -> None:
    assert points(share) == said
