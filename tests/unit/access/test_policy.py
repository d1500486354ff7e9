"""One table of roles and actions; a grant covers its place and no other; whatever is not written is refused."""

import tomllib

import pytest

from riskmodel import REPOSITORY
from riskmodel.access import policy
from riskmodel.access.policy import ALLOWED, Action, Granted, Place, Role, Viewer, may, places

HERE = Place("oph", "02")
PEOPLE_ACTIONS = {Action.HOUSEHOLD_VIEW, Action.IDENTITY_VIEW, Action.LIST_VIEW, Action.PERSON_FILE, Action.HOUSEHOLD_LOG}


def viewer(*grants: Granted) -> Viewer:
    return Viewer(1, "amel.k", "Amel K.", grants)


def test_every_action_but_public_has_a_line_and_every_line_is_an_action() -> None:
    written = tomllib.loads((REPOSITORY / "riskmodel/access/policy.toml").read_text(encoding="utf-8"))
    assert set(written["actions"]) == {str(action) for action in Action} - {"public"}
    assert list(written["roles"]) == [str(role) for role in Role]
    assert all(line["roles"] for line in written["actions"].values()), "une action que personne ne peut faire"


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_its_line_says_and_nothing_else(role: Role) -> None:
    somebody = viewer(Granted(role, "oph"))
    assert {action for action in Action if may(somebody, action, HERE)} == {
        Action.PUBLIC,
        *(action for action, roles in ALLOWED.items() if role in roles),
    }


def test_somebody_not_signed_in_and_somebody_without_a_grant_may_do_public_things_alone() -> None:
    for nobody in (None, viewer()):
        assert [action for action in Action if may(nobody, action, Place())] == [Action.PUBLIC]


def test_a_grant_on_a_unit_covers_neither_another_unit_nor_the_whole_landlord_nor_another_landlord() -> None:
    somebody = viewer(Granted(Role.CONTENTIEUX, "oph", "02"))
    assert may(somebody, Action.LIST_VIEW, HERE)
    for elsewhere in (Place("oph", "05"), Place("oph"), Place("autre", "02"), Place("autre")):
        assert not may(somebody, Action.LIST_VIEW, elsewhere), elsewhere


def test_a_grant_on_a_landlord_covers_its_units_and_partners_and_no_other_landlord() -> None:
    somebody = viewer(Granted(Role.HEAD, "oph"))
    assert all(may(somebody, Action.LIST_VIEW, place) for place in (HERE, Place("oph"), Place("oph", None, 3)))
    assert not may(somebody, Action.LIST_VIEW, Place("autre", "02"))


def test_a_grant_on_a_partner_covers_that_partner_alone() -> None:
    somebody = Granted(Role.ASSOCIATION, "oph", organisation_id=3)
    assert somebody.covers(Place("oph", None, 3))
    assert not any(somebody.covers(place) for place in (Place("oph"), Place("oph", None, 4), HERE))


def test_a_page_about_no_place_is_open_to_whoever_may_do_it_somewhere() -> None:
    assert may(viewer(Granted(Role.CONTENTIEUX, "oph", "02")), Action.LIST_VIEW, Place())
    assert not may(viewer(Granted(Role.DATA, "oph")), Action.LIST_VIEW, Place())


def test_a_unit_or_a_partner_without_its_landlord_is_nowhere() -> None:
    somebody = viewer(Granted(Role.HEAD, "oph"))
    assert not may(somebody, Action.LIST_VIEW, Place(None, "02"))
    assert not may(somebody, Action.LIST_VIEW, Place(None, None, 3))


def test_roles_in_two_places_do_not_mix() -> None:
    somebody = viewer(Granted(Role.CESF, "oph", "02"), Granted(Role.HEAD, "autre"))
    assert not may(somebody, Action.LIST_APPROVE, HERE)
    assert may(somebody, Action.LIST_APPROVE, Place("autre", "02"))


def test_places_are_told_once_and_in_order() -> None:
    somebody = viewer(Granted(Role.CESF, "oph", "05"), Granted(Role.CONTENTIEUX, "oph", "05"), Granted(Role.DATA, "oph"))
    assert places(somebody, Action.LIST_VIEW) == (Place("oph", "05"),)
    assert places(somebody, Action.ACCESS_LOG) == ()


def test_who_keeps_the_machines_sees_no_household() -> None:
    assert not [action for action in PEOPLE_ACTIONS if Role.DATA in ALLOWED[action]]


def test_partners_see_no_identity_and_export_nothing() -> None:
    for action in (Action.IDENTITY_VIEW, Action.LIST_EXPORT, Action.PERSON_FILE, Action.LETTER):
        assert not ALLOWED[action] & {Role.ASSOCIATION, Role.CCAPEX}


def test_labels_are_said_for_all_roles_and_actions() -> None:
    assert set(policy.ROLE_LABELS) == set(Role)
    assert set(policy.ACTION_LABELS) == set(Action) - {Action.PUBLIC}
