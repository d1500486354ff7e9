"""Who acts: an account of the landlord's, written as an identifier, never as a name."""

import re

from riskmodel.errors import DecisionRefused

_ACCOUNT = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


def account(by: str) -> str:
    """`by` itself when it has the form of an account; raises DecisionRefused for a name, an e-mail address or nothing."""
    if not _ACCOUNT.fullmatch(by):
        raise DecisionRefused(
            "« --by » attend un identifiant de compte du bailleur : 2 à 40 lettres minuscules sans accent, chiffres, « . », "
            "« - » ou « _ » (exemple : resp.contentieux). Ni nom de personne ni adresse : le registre n'en garde pas."
        )
    return by
