"""A user of the register as the viewer that the policy judges."""

from riskmodel.access.policy import Granted, Role, Viewer
from riskmodel.register.models import Grant, User


def viewer_of(user: User) -> Viewer:
    """The viewer a user is."""
    return Viewer(user.id, user.account, user.display_name, tuple(granted_of(row) for row in user.grants))


def granted_of(row: Grant) -> Granted:
    """What a row of the register grants."""
    return Granted(Role(row.role), row.landlord_id, row.management_unit, row.organisation_id)
