"""What a page asks of a move: closed choices alone, and never the number of a row typed by hand."""

from riskmodel.referrals.moves import Possible
from riskmodel.web.moves_form import MoveForm, Offered, forms

REASONS = {"no_place": "aucune place dans les délais"}


def form(code: str, needs: dict[str, dict[str, str] | None], may: dict[str, dict[str, str] | None], known: Offered) -> MoveForm:
    (made,) = forms([Possible(code, "une étape", ("association",), needs, may)], known)
    return made


def asked(made: MoveForm) -> dict[str, str]:
    return {question.name: question.kind for question in made.questions}


def test_codes_are_chosen_lists_are_ticked_months_counted_and_a_day_given() -> None:
    made = form(
        "file_report", {"report": {"final": "bilan final"}, "goals": {"rent": "le loyer"}}, {"months": None, "due_on": None}, {}
    )
    assert asked(made) == {"report": "choice", "goals": "ticks", "months": "number", "due_on": "day"}
    assert [question.is_needed for question in made.questions] == [True, True, False, False]
    assert made.questions[0].label == "Bilan"


def test_a_worker_or_a_line_is_asked_for_only_among_those_that_the_page_knows() -> None:
    assert asked(form("accept", {}, {"worker_id": None}, {})) == {}
    offered = form("accept", {}, {"worker_id": None}, {"worker_id": {"3": "ts.01"}})
    assert asked(offered) == {"worker_id": "choice"}
    assert offered.questions[0].codes == {"3": "ts.01"}


def test_a_partner_that_is_needed_is_asked_for_even_when_none_is_known() -> None:
    assert asked(form("assign", {"organisation_id": None}, {"line_id": None}, {})) == {"organisation_id": "choice"}


def test_a_list_from_which_nothing_can_be_ticked_is_not_asked_for() -> None:
    assert asked(form("return_evaluation", {"goals": {}, "actions": {"fsl": "demande au FSL"}}, {}, {})) == {"actions": "ticks"}


def test_a_form_says_when_its_move_is_never_taken_back() -> None:
    assert form("decline", {"reason": REASONS}, {}, {}).is_final
    assert not form("accept", {}, {}, {}).is_final
    assert form("accept", {}, {}, {}).label == "Une étape"
