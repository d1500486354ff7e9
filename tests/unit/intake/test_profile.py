"""A source profile is checked whole before it reads anything."""

from pathlib import Path

import pytest

from riskmodel.contracts import TABLES
from riskmodel.errors import ProfileError
from riskmodel.intake import profile

BROKEN = """
nom = "essai"

[format]
encoding = "windows-12520"
separator = ";;"

[tables.habitants]
files = ["H.TXT"]

[tables.balances]
files = []
absent = ["balance"]

[tables.balances.columns]
lease_id = { debit = "A", date = "B" }
solde = "SOLDE"

[tables.overindebtedness]
files = ["S.TXT"]
absent = ["debt_included"]

[tables.overindebtedness.columns]
lease_id = "NO_CPTE"
step = { from = "CD", codes = "CD" }
dated = { from = "DT", codes = "XX" }
debt_included = "MT"

[codes.CD]
DEP = "depot"
"""


@pytest.mark.parametrize("name", profile.known())
def test_our_profiles_bring_every_table_of_the_contract(name: str) -> None:
    assert set(profile.load(name).tables) == set(TABLES)


def test_every_fault_of_a_profile_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "essai.toml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        profile.load(str(path))
    for part in (
        "clé inconnue « nom »",
        "« windows-12520 » n'est pas un encodage connu",
        "un seul caractère",
        "[tables.habitants] : table inconnue",
        "[tables.balances] files",
        "[tables.balances] balance : colonne obligatoire",
        "[tables.balances] as_of : ni décrite",
        "[tables.balances] solde : colonne inconnue",
        "une seule de ces formes",
        "debt_included : à la fois",
        "[codes.CD] DEP = « depot »",
        "la liste [codes.XX] n'existe pas",
    ):
        assert part in str(refused.value)


def test_a_landlord_s_own_profile_comes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "canonique.toml").write_text('same_names = true\n[tables.balances]\nfiles = ["soldes.csv"]\n', encoding="utf-8")
    assert list(profile.load("canonique", tmp_path).tables) == ["balances"]


def test_an_unknown_profile_names_those_that_exist() -> None:
    with pytest.raises(ProfileError, match="canonique, ulysse"):
        profile.load("inconnu")
