"""Passwords: what one must be, how it is kept (Argon2id), how one is checked in the same time for everybody."""

import unicodedata
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from riskmodel.errors import AccessRefused

SHORTEST = 12
LONGEST = 256
"""Longer ones would only make the server work."""
LEFT = 8
"""Characters that must be left once the words everybody tries are taken out."""
COMMON = tuple(
    sorted(
        (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split(), key=lambda word: (-len(word), word)
    )
)
"""Words of the passwords that French and English speakers choose most, longest first."""
HASHER = PasswordHasher()
"""Argon2id as RFC 9106 advises where memory is short: 64 MiB, three passes."""


def check(password: str, account: str) -> None:
    """Raise AccessRefused with everything that is wrong with a new password for `account`, at once."""
    faults = [*_wrong_length(password), *_too_near(password, account)]
    if faults:
        raise AccessRefused("Mot de passe refusé : " + " ; ".join(faults) + ". Une phrase de plusieurs mots convient bien.")


def kept(password: str, hasher: PasswordHasher = HASHER) -> str:
    """What the register keeps of a password."""
    return hasher.hash(_same(password))


def matches(password: str, kept_hash: str | None, hasher: PasswordHasher = HASHER) -> bool:
    """Whether this is the password; as long to answer when there is none to compare with (`kept_hash` None)."""
    if len(password) > LONGEST:
        password, kept_hash = "", None
    try:
        hasher.verify(kept_hash or _nobody(hasher), _same(password))
    except VerificationError:
        return False
    return kept_hash is not None


@cache
def _nobody(hasher: PasswordHasher) -> str:
    """The hash that the password of an unknown account is compared with."""
    return hasher.hash("")


def _same(password: str) -> str:
    """One form for what several keyboards type: an accented letter or its two parts."""
    return unicodedata.normalize("NFKC", password)


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def _wrong_length(password: str) -> list[str]:
    if SHORTEST <= len(password) <= LONGEST:
        return []
    return [f"{len(password)} caractères, il en faut de {SHORTEST} à {LONGEST}"]


def _too_near(password: str, account: str) -> list[str]:
    plain = _without_accents(password.casefold())
    if account.casefold() in plain:
        return ["il contient l'identifiant du compte"]
    rest = plain
    for word in COMMON:
        rest = rest.replace(word, "")
    if len(rest) >= LEFT and len(set(rest)) >= LEFT // 2:
        return []
    return [f"il est fait de mots ou de suites que tout le monde essaie (sans eux, {LEFT} caractères variés doivent rester)"]
