"""Identities and the rights that go with them: the only room that reads the tenants.

In: the lake. Out: rights by lease, without a name.
"""

from riskmodel.people.rights import rights, rights_dates

__all__ = ["rights", "rights_dates"]
