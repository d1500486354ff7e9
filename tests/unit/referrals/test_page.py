"""docs/orientations.md tells every move, precondition and field there is."""

import re

from riskmodel import REPOSITORY
from riskmodel.referrals.fields import FIELDS
from riskmodel.referrals.gate import PRECONDITIONS
from riskmodel.referrals.states import MOVES, STATES

PAGE = re.sub(r"\s+", " ", (REPOSITORY / "docs" / "orientations.md").read_text(encoding="utf-8"))


def test_the_page_names_every_move_with_its_code_and_whether_it_may_be_undone() -> None:
    rows = {code: (label, undo) for label, code, *_, undo in re.findall(r"\| ([^|]+) \| `(\w+)` \|" + r" ([^|]+) \|" * 4, PAGE)}
    assert {code: label for code, (label, _) in rows.items()} == {code: move.label for code, move in MOVES.items()}
    assert {code for code, (_, undo) in rows.items() if undo.startswith("oui")} == {
        code for code, move in MOVES.items() if move.undo == "until_next"
    }


def test_the_page_names_every_state_precondition_and_field() -> None:
    said = [*STATES.values(), *(one.label for one in PRECONDITIONS.values()), *(one.label for one in FIELDS.values())]
    assert [label for label in said if label not in PAGE] == []
