"""A points table's file is refused with all its faults at once."""

from pathlib import Path

import pytest

from riskmodel.errors import TableFileError
from riskmodel.score import load, published

GOOD = """
name = "derive"
version = "essai"
title = "Essai"
outcome = "Une suite."
cohort = "Des ménages."
approval = "Posée à la main."
minimum = 5
total = 12

[[input]]
feature = "rejects_120d"
label = "Rejets"
topic = "Paiements"
sign = "up"
effect_days = 120
rows = [
  { points = 0 },
  { from = 1, points = 6, text = "1 rejet" },
  { from = 2, points = 12, text = "{rejects_120d} rejets" },
]
unknown = { points = 0, text = "Rejets inconnus" }
"""


def write(folder: Path, *changes: tuple[str, str]) -> Path:
    content = GOOD
    for before, after in changes:
        assert before in content
        content = content.replace(before, after)
    path = folder / "table.toml"
    path.write_text(content, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    with pytest.raises(TableFileError) as refused:
        load(path)
    return str(refused.value)


def test_a_good_file_is_read_with_its_bounds_points_and_total(tmp_path: Path) -> None:
    table = load(write(tmp_path))
    assert [(row.low, row.points) for row in table.inputs[0].rows] == [(None, 0), (1.0, 6), (2.0, 12)]
    assert table.total == 12


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("total = 12", "total = 13", "13 déclaré, les lignes donnent 12"),
        ("points = 12", "points = 112", "ne peut dépasser 100"),
        ("from = 2, points = 12", "from = 2, points = 3", "contraires au signe « up »"),
        ("from = 2,", "from = 1,", "lignes qui se recouvrent"),
        ('"rejects_120d"\n', '"rejets"\n', "absent du dictionnaire"),
        ('"rejects_120d"\n', '"household_type"\n', "interdit dans un score, attribut de la personne"),
        ('"rejects_120d"\n', '"attempts_180d"\n', "interdit dans un score, acte du bailleur seul"),
        ('"rejects_120d"\n', '"has_known_right"\n', "interdit dans un score, niveau d'aide au logement"),
        ("effect_days = 120", "effect_days = 90", "le dictionnaire dit 120"),
        ('sign = "up"', 'sign = "both"', "signe « both », attendu « up »"),
        ("from = 2,", "from = nan,", "porte un nombre ou true"),
        ("unknown = { points = 0", "unknown = { points = 3", "Ne pas savoir n'est pas un risque"),
        ('"rejects_120d"\n', '"obligations_unmet"\n', "n'entre pas dans le score « derive »"),
        ('"rejects_120d"\n', '"days_since_payment"\n', "interdit dans un score, ne s'éteint pas"),
        ("{ points = 0 },", "{ from = 0, points = 0 },", "la première ligne ne porte pas de « from »"),
        ("{ points = 0 },", "{ points = 2, text = 'x' },", "la ligne la plus basse vaut 0 point"),
        (', text = "1 rejet"', "", "une ligne de 6 points n'a pas de texte"),
        ("{rejects_120d} rejets", "{rejets} rejets", "le texte cite « rejets »"),
        ("unknown = { points = 0, text", "# unknown = { points = 0, text", "la clé « unknown » manque"),
        ("minimum = 5", "minimum = 50", "hors de 1 à 12"),
        ("minimum = 5", 'minimum = 5\nseuil = "x"', "la clé « seuil » est inconnue"),
        ('name = "derive"', 'name = "risque"', "attendu l'un de : derive, decrochage"),
        ("points = 6", "points = 6.5", "attendu un nombre entier"),
    ],
)
def test_a_fault_is_refused_in_words_that_tell_what_to_mend(tmp_path: Path, before: str, after: str, said: str) -> None:
    assert said in refusal(write(tmp_path, (before, after)))


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    said = refusal(write(tmp_path, ("total = 12", "total = 13"), ("effect_days = 120", "effect_days = 90"), ('"up"', '"down"')))
    assert "4 défaut(s)" in said


def test_the_same_feature_cannot_count_twice(tmp_path: Path) -> None:
    path = write(tmp_path, ("total = 12", "total = 24"))
    content = path.read_text(encoding="utf-8")
    path.write_text(content + content[content.index("[[input]]") :], encoding="utf-8")
    assert "présent 2 fois" in refusal(path)


def test_the_hash_follows_the_content_and_not_its_layout(tmp_path: Path) -> None:
    first = load(write(tmp_path)).digest
    assert load(write(tmp_path, ("total = 12", "# un commentaire\ntotal    = 12"))).digest == first
    assert load(write(tmp_path, ("1 rejet", "un rejet"))).digest != first


def test_a_file_that_is_not_toml_and_a_name_nobody_published_are_refused(tmp_path: Path) -> None:
    assert "illisible" in refusal(write(tmp_path, ('name = "derive"', "name = derive")))
    with pytest.raises(TableFileError, match="aucune table publiée"):
        published("risque")
