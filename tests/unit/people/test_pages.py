"""The pages in docs/ are those that the rules write, and every rule that is not sure says so."""

import pytest

from riskmodel import REPOSITORY
from riskmodel.people import pages
from riskmodel.people.facts import facts
from riskmodel.people.retention import TO_CONFIRM, rules


@pytest.mark.parametrize(("name", "written"), [("conservation.md", pages.retention), ("droits.md", pages.rights)])
def test_the_page_is_up_to_date(name: str, written: object) -> None:
    assert callable(written)
    assert (REPOSITORY / "docs" / name).read_text(encoding="utf-8") == written()


def test_every_rule_is_on_the_page_and_what_is_unsure_is_marked() -> None:
    page = pages.retention()
    for rule in rules().values():
        (line,) = [line for line in page.splitlines() if line.startswith(f"| `{rule.code}` |")]
        assert (TO_CONFIRM in line) is not rule.is_sure


def test_every_fact_of_the_closed_list_is_on_the_page() -> None:
    page = pages.rights()
    assert all(f"| `{code}` | {fact.label} |" in page for code, fact in facts().items())
