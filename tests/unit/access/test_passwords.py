"""A password is long, not what everybody tries, not the account; checking one takes the same work for everybody."""

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type

from riskmodel.access import passwords
from riskmodel.errors import AccessRefused
from tests.unit.access.monday import CHEAP, PHRASE


@pytest.mark.parametrize("password", [PHRASE, "Été-à-Camaret_36", "trois vélos rouges", "x9!kQ2#vPm7&"])
def test_good_passwords_are_accepted(password: str) -> None:
    passwords.check(password, "amel.k")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("court-mais8", "11 caractères, il en faut de 12 à 256"),
        ("n" * 257, "257 caractères"),
        ("motdepasse2026", "tout le monde essaie"),
        ("MotDePasse123456", "tout le monde essaie"),
        ("azertyuiop1234", "tout le monde essaie"),
        ("Bonjour-Soleil!", "tout le monde essaie"),
        ("FévrierAoût2026", "tout le monde essaie"),
        ("PasswordPassword1!", "tout le monde essaie"),
        ("aaaaaaaaaaaaaaaaaa", "tout le monde essaie"),
        ("je suis Amel.K ici", "l'identifiant du compte"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password: str, why: str) -> None:
    with pytest.raises(AccessRefused, match=why):
        passwords.check(password, "amel.k")


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(AccessRefused, match=r"5 caractères.* ; .*tout le monde"):
        passwords.check("12345", "amel.k")


def test_a_refusal_never_repeats_the_password() -> None:
    with pytest.raises(AccessRefused) as refused:
        passwords.check("motdepasse2026", "amel.k")
    assert "motdepasse" not in str(refused.value)


def test_what_is_kept_is_argon2id_with_the_settings_of_rfc_9106() -> None:
    kept = extract_parameters(passwords.HASHER.hash("x"))
    assert (kept.type, kept.memory_cost, kept.time_cost) == (Type.ID, 64 * 1024, 3)


def test_a_password_matches_itself_alone_however_the_keyboard_writes_its_accents() -> None:
    kept = passwords.kept("café au bord du quai", CHEAP)
    assert passwords.matches("cafe\u0301 au bord du quai", kept, CHEAP)
    assert not passwords.matches("cafe au bord du quai", kept, CHEAP)


def test_nothing_matches_an_account_without_password_not_even_nothing() -> None:
    assert not passwords.matches("", None, CHEAP)
    assert not passwords.matches(PHRASE, None, CHEAP)
    assert not passwords.matches("n" * 1_000_000, passwords.kept(PHRASE, CHEAP), CHEAP)
