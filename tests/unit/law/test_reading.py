"""Files of dated values: refused with every fault of every file at once, each said so that a jurist can put it right."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from riskmodel.errors import LawUnknown
from riskmodel.law import dated

HEAD = 'title = "Délais"\ntext = "Des délais."\nrank = 1\n'
VALUE = """
[[value]]
code = "delay"
label = "Délai"
until_on = 2026-12-31
value = 2
unit = "months"
asked_by = "jour de l'évaluation"
reference = "Art. 1"
certainty = "sure"
note = ""
"""
NEXT = VALUE.replace("until_on = 2026-12-31", "from_on = 2027-01-01").replace("value = 2\n", "").replace("sure", "to_confirm")
Refused = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """What is said of a folder with the given files."""

    def read(**files: str) -> str:
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        with pytest.raises(LawUnknown) as found:
            dated.load(tmp_path)
        return str(found.value)

    return read


def test_a_jurist_adds_a_value_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "delais.toml").write_text(HEAD + VALUE + NEXT, encoding="utf-8")
    (topic,) = dated.load(tmp_path)
    before, after = topic.values
    assert (before.from_on, before.until_on, before.value) == (date.min, date(2026, 12, 31), 2)
    assert (after.from_on, after.until_on, after.value, after.to_confirm) == (date(2027, 1, 1), None, None, True)


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('title = "Délais"\n', "", "en-tête : la clé « title » manque"),
        ("rank = 1", "rank = 0", "« rank » : lu 0, attendu un nombre entier de 1 à 99"),
        ('label = "Délai"\n', "", "[[value]] n° 1 : la clé « label » manque ; ajoutez un texte non vide"),
        ('code = "delay"', 'code = "Délai"', "« code » : lu 'Délai', attendu un code en minuscules"),
        ("until_on = 2026-12-31", 'until_on = "2026-12-31"', "lu '2026-12-31', attendu une date AAAA-MM-JJ, sans guillemets"),
        ('unit = "months"', 'unit = "mois"', "« unit » : lu 'mois', attendu l'un de : days, weeks, months"),
        ("value = 2", "value = true", "« value » : lu True, attendu un nombre entier de 1 à 120 puisque l'unité est months"),
        ("value = 2", 'value = "deux"', "« value » : lu 'deux', attendu un nombre entier"),
        ('unit = "months"', 'unit = "month_day"', "lu 2, attendu un jour de l'année"),
        ("value = 2\n", "", "sans « value », la certitude est « to_confirm » ; lu « sure »"),
        ('certainty = "sure"', 'certainty = "sûr"', "« certainty » : lu 'sûr', attendu l'un de : sure, probable, to_confirm"),
        ("note = ", "remarque = ", "clé inconnue « remarque » ; retirez-la, ou choisissez parmi : code, label"),
        ("until_on = 2026-12-31", "from_on = 2027-01-01\nuntil_on = 2026-12-31", "« until_on » 2026-12-31 précède « from_on »"),
    ],
)
def test_a_fault_says_where_what_was_seen_what_is_expected(refused: Refused, was: str, now: str, said: str) -> None:
    assert was in HEAD + VALUE
    assert said in refused(delais=(HEAD + VALUE).replace(was, now, 1))


def test_periods_of_a_code_neither_overlap_nor_forget_a_day_even_across_files(refused: Refused) -> None:
    early, late = NEXT.replace("2027-01-01", "2026-12-31"), NEXT.replace("2027-01-01", "2027-01-03")
    assert "« delay » : deux valeurs le 2026-12-31 ; la première doit finir la veille" in refused(a=HEAD + VALUE, b=HEAD + early)
    assert "« delay » : aucune valeur du 2027-01-01 au 2027-01-02 ; comblez ces jours" in refused(a=HEAD + VALUE, b=HEAD + late)


def test_a_delay_does_not_change_its_sense_from_one_period_to_the_next(refused: Refused) -> None:
    assert "« is_before » doit être le même" in refused(a=HEAD + VALUE + NEXT.replace("note", "is_before = true\nnote"))


def test_every_fault_of_every_file_is_told_at_once(refused: Refused) -> None:
    told = refused(a=HEAD + VALUE.replace("sure", "certain").replace("value = 2", "valeur = 2"), b="title = ", c=HEAD)
    assert "4 défaut(s)" in told
    for part in ("a.toml : [[value]] n° 1", "clé inconnue « valeur »", "b.toml : illisible", "c.toml : en-tête"):
        assert part in told
