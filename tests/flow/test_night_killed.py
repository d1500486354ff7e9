"""A night killed anywhere and run again shows the same as an undisturbed one, to the byte."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from riskmodel.settings import Settings
from tests.factory import house
from tests.flow import one_night, tiny

ACCEPT = ("riskmodel.lake", "riskmodel.register", "riskmodel.steps.receive", "deltalake")
NewHouse = Callable[[], Settings]


@pytest.fixture(scope="module")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> NewHouse:
    """Empties the house and delivers anew, always in the same place: reports quote addresses."""
    root = tmp_path_factory.mktemp("nuit") / "maison"

    def build() -> Settings:
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir()
        tiny.deliver_evenings(root / "inbox")
        return house(root)

    return build


@pytest.fixture(scope="module")
def undisturbed(new_house: NewHouse) -> dict[str, Any]:
    settings = new_house()
    one_night.play(settings)
    return one_night.seen(settings)


@pytest.fixture(scope="module")
def calls(new_house: NewHouse) -> dict[str, int]:
    """How many calls each step makes, and how many of those of `receive` are part of accepting."""
    accept = one_night.calls_made(new_house(), steps=["receive"], where=ACCEPT)
    return one_night.calls_made(new_house()) | {"accept": accept["receive"]}


def test_an_undisturbed_night_leaves_something_to_compare(undisturbed: dict[str, Any]) -> None:
    names = {Path(name).name for name in undisturbed["files"]}
    assert {"features.parquet", "scores.parquet", "liste.xlsx", "liste.csv", "synthese.pdf", "qualite.json"} <= names
    assert all(undisturbed["register"].values())
    assert undisturbed["lake"]["entries"]


@pytest.mark.parametrize("last", list(one_night.STEPS))
def test_killed_between_two_tasks(last: str, new_house: NewHouse, undisturbed: dict[str, Any]) -> None:
    settings = new_house()
    one_night.killed_after(settings, last)
    one_night.play(settings)
    assert one_night.seen(settings) == undisturbed


@pytest.mark.parametrize("step", list(one_night.STEPS))
def test_killed_inside_a_task(step: str, new_house: NewHouse, undisturbed: dict[str, Any], calls: dict[str, int]) -> None:
    settings = new_house()
    one_night.killed_inside(settings, step, _somewhere(step, calls[step]))
    one_night.play(settings)
    assert one_night.seen(settings) == undisturbed


@pytest.mark.parametrize("seed", range(3))
def test_killed_inside_accept(seed: int, new_house: NewHouse, undisturbed: dict[str, Any], calls: dict[str, int]) -> None:
    settings = new_house()
    one_night.killed_inside(settings, "receive", _somewhere(seed, calls["accept"]), ACCEPT)
    one_night.play(settings)
    assert one_night.seen(settings) == undisturbed


def test_killed_again_and_again(new_house: NewHouse, undisturbed: dict[str, Any], calls: dict[str, int]) -> None:
    settings = new_house()
    for share in (0.45, 0.3, 0.15):
        one_night.killed_inside(settings, "receive", int(share * calls["accept"]), ACCEPT)
    one_night.killed_inside(settings, "weekly_list", calls["weekly_list"] // 2)
    one_night.play(settings)
    assert one_night.seen(settings) == undisturbed


def _somewhere(seed: int | str, calls: int) -> int:
    """A call among the first nine tenths: how many a step makes varies a little with what its process had already loaded."""
    return random.Random(seed).randint(1, calls * 9 // 10)
