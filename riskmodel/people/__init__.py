"""Identities and the rights that go with them: the only room that reads the tenants.

In: the lake, the register's session. Out: rights by lease, without a name; objections and requests for correction; one
household's identity and all that is held about it, for whoever may ask; what has had its time, and the proof of its removal.
"""

from riskmodel.people.rights import rights, rights_dates

__all__ = ["rights", "rights_dates"]
