"""A table is proposed, replayed beside the one in force, read by a person, approved or not; nothing else makes it serve."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from riskmodel.errors import DecisionRefused, TableFileError
from riskmodel.register import open_register, tables
from riskmodel.score import parse
from riskmodel.score.reading import FOLDER
from riskmodel.settings import Settings
from riskmodel.steps import replay_page
from riskmodel.steps import tables as step
from riskmodel.steps.approved import in_force
from riskmodel.steps.receive import receive
from riskmodel.steps.weekly_list import build
from tests.factory import house
from tests.flow import tiny

TEXT = (
    (FOLDER / "derive-2026-11.toml")
    .read_text(encoding="utf-8")
    .replace("minimum = 25", "minimum = 90")
    .replace('version = "2026-11"', 'version = "2026-11-01"')
)
VERSION = "derive-2026-11-01"
TUESDAY = date(2026, 11, 3)
BY, NOTE = "resp.contentieux", "Relue en comité du 3 novembre."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = house(tmp_path)
    keep(made, TEXT)
    return made


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, Any]]:
    """A landlord with a past, and the replay of its proposal."""
    folder = tmp_path_factory.mktemp("rejeu")
    made = house(folder)
    tiny.deliver_evenings(folder / "inbox")
    receive(made, "essai", tiny.SUNDAY)
    keep(made, TEXT)
    return made, step.replay(made, "essai", VERSION)


def keep(settings: Settings, text: str) -> None:
    with open_register(settings.register_url).begin() as session:
        tables.propose(session, "essai", "derive", "2026-11-01", parse(text).digest, text, tiny.SUNDAY)


def replayed(settings: Settings, **values: Any) -> None:
    with open_register(settings.register_url).begin() as session:
        against = in_force(settings, "essai", TUESDAY)["derive"].digest
        result = {"digest": parse(TEXT).digest, "against_digest": against} | values
        tables.keep_replay(session, "essai", "derive", "2026-11-01", result)


def approve(settings: Settings, by: str = BY, note: str = NOTE, on: date = TUESDAY) -> str | None:
    return step.approve(settings, "essai", VERSION, by, note, on)


def minimum(settings: Settings, day: date = TUESDAY) -> int:
    return in_force(settings, "essai", day)["derive"].minimum


def test_an_approved_table_serves_from_its_day(settings: Settings) -> None:
    replayed(settings)
    assert approve(settings) is None
    assert (minimum(settings), minimum(settings, tiny.MONDAY)) == (90, 25)


def test_a_table_nobody_replayed_cannot_be_approved(settings: Settings) -> None:
    with pytest.raises(TableFileError, match="riskmodel tables replay essai derive-2026-11-01"):
        approve(settings)
    assert minimum(settings) == 25


@pytest.mark.parametrize("stale", [{"digest": "autre"}, {"against_digest": "autre"}])
def test_a_replay_of_another_text_or_against_another_table_does_not_count(settings: Settings, stale: dict[str, str]) -> None:
    replayed(settings, **stale)
    with pytest.raises(TableFileError, match="rejouée"):
        approve(settings)


def test_a_text_changed_behind_the_registers_back_cannot_be_approved(settings: Settings) -> None:
    with open_register(settings.register_url).begin() as session:
        tables.propose(session, "essai", "derive", "2026-11-01", "empreinte inventée", TEXT, tiny.SUNDAY)
    replayed(settings, digest="empreinte inventée")
    with pytest.raises(TableFileError, match="a changé"):
        approve(settings)


@pytest.mark.parametrize("note", ["", "bien", "x" * 241, "Relue en comité.\nEt signée."])
def test_an_approval_carries_one_sentence(settings: Settings, note: str) -> None:
    replayed(settings)
    with pytest.raises(TableFileError, match="--note"):
        approve(settings, note=note)


def test_an_approval_is_an_accounts_not_a_persons_name(settings: Settings) -> None:
    replayed(settings)
    with pytest.raises(DecisionRefused, match="identifiant de compte"):
        approve(settings, by="Camille Exemple")


def test_an_approval_before_the_proposal_is_refused(settings: Settings) -> None:
    replayed(settings)
    with pytest.raises(TableFileError, match="avant d'être proposée"):
        approve(settings, on=tiny.SATURDAY)


def test_a_table_already_judged_is_not_judged_again(settings: Settings) -> None:
    replayed(settings)
    approve(settings)
    with pytest.raises(TableFileError, match="déjà jugée"):
        approve(settings)
    step.withdraw(settings, "essai", VERSION, BY, date(2026, 11, 10))
    with pytest.raises(TableFileError, match="déjà retirée"):
        step.withdraw(settings, "essai", VERSION, BY, date(2026, 11, 10))
    assert minimum(settings, date(2026, 11, 10)) == 25


def test_an_unknown_version_is_told_with_those_there_are(settings: Settings) -> None:
    with pytest.raises(TableFileError, match=f"Tables connues : {VERSION}"):
        step.replay(settings, "essai", "derive-2020-01-01")


def test_the_replay_tells_who_stays_who_comes_and_who_goes_on_each_sunday(delivered: tuple[Settings, dict[str, Any]]) -> None:
    _, result = delivered
    lines = result["days"]
    assert [line["as_of"] for line in lines][-1] == "2026-11-01"
    assert [sum(line[key] for line in lines) for key in ("kept", "added", "removed")] == [0, 0, 3]
    assert result["days_learnt"] == 0
    assert all(line["new_listed"] is None for line in lines if line["as_of"] > "2026-07-19")


def test_the_replay_is_kept_with_the_proposal_and_allows_to_approve(delivered: tuple[Settings, dict[str, Any]]) -> None:
    settings, result = delivered
    kept = step.found(settings, "essai", VERSION)
    assert kept.replay == {key: value for key, value in result.items() if key != "page"}
    again = step.replay(settings, "essai", VERSION)
    assert again == result


def test_the_page_of_a_replay_says_what_a_person_needs_before_approving(delivered: tuple[Settings, dict[str, Any]]) -> None:
    _, result = delivered
    page = Path(result["page"]).read_text(encoding="utf-8")
    assert "Données synthétiques" in page
    assert "riskmodel tables approve essai derive-2026-11-01" in page
    assert page.count("<tr>") == len(result["days"]) + 2
    assert "$" not in page


def test_a_replay_on_learnt_days_says_that_it_flatters() -> None:
    line = {"as_of": "2026-06-21", "kept": 3, "added": 1, "removed": 0}
    line |= {"old_listed": 4, "old_hits": 1, "new_listed": 0, "new_hits": 0}
    head = {"title": "Dérive", "version": "v2", "against": "v1", "until": "2026-11-01"}
    result = head | {"days_learnt": 1, "days": [line]}
    assert any("trop flatteurs" in sentence for sentence in replay_page.sentences(result))
    assert replay_page.rows(result)[0][-2:] == ("1 sur 4 (25,0\u00a0%)", "0 sur 0 (–)")


def test_too_short_a_past_proposes_nothing_and_says_so(delivered: tuple[Settings, dict[str, Any]]) -> None:
    settings, _ = delivered
    made = step.propose(settings, "essai")
    assert [table.version for table in made] == [None, None]
    assert all("trop court" in table.sentences[0] for table in made)


def test_a_day_already_served_cannot_be_given_another_table(delivered: tuple[Settings, dict[str, Any]]) -> None:
    settings, _ = delivered
    build(settings, "essai", tiny.MONDAY)
    with pytest.raises(TableFileError, match="une liste au 2026-11-01 est déjà figée"):
        approve(settings, on=tiny.SUNDAY)
    assert approve(settings) is None
