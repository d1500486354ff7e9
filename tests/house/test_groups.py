"""Groups of households serve one report: nothing that scores, lists, fits or writes for people can reach them."""

from pathlib import Path

import pytest

from riskmodel import REPOSITORY
from tests.house import tree

MAY_JOIN = {"riskmodel/steps/watched.py"}


@pytest.mark.parametrize("path", tree.sources("riskmodel", "dags"), ids=tree.name)
def test_only_the_watch_reads_groups(path: Path) -> None:
    reads = {"riskmodel.people.groups", "riskmodel.people.groups.groups"} & tree.imported(path)
    text = path.read_text(encoding="utf-8")
    assert not reads or tree.name(path) in MAY_JOIN, f"{tree.name(path)} importe {sorted(reads)}"
    assert "people.groups(" not in text, f"{tree.name(path)} appelle people.groups"


def test_the_people_room_does_not_offer_groups_to_whoever_imports_it() -> None:
    assert "groups" not in (REPOSITORY / "riskmodel" / "people" / "__init__.py").read_text(encoding="utf-8")


def test_audit_columns_are_read_for_the_report_and_for_the_file_that_a_person_asks_for() -> None:
    asking = {tree.name(path) for path in tree.sources("riskmodel", "dags") if "audit=True" in path.read_text(encoding="utf-8")}
    assert asking == {"riskmodel/people/groups.py", "riskmodel/people/held.py"}


def test_what_is_measured_by_group_is_never_written_by_lease() -> None:
    mine = [
        *tree.sources("riskmodel/watch"),
        *(path for path in tree.sources("riskmodel/steps") if path.stem.startswith("watch")),
    ]
    written = {tree.name(path) for path in mine if ".to_parquet(" in path.read_text(encoding="utf-8")}
    assert not written, f"La veille n'écrit aucune ligne par bail : {sorted(written)}"
