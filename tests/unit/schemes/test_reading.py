"""Files of schemes: refused with every fault at once, and a landlord's own beside the shipped ones."""

from collections.abc import Callable
from pathlib import Path

import pytest

from riskmodel.errors import SchemeRefused
from riskmodel.schemes import ladder, load
from riskmodel.schemes.reading import FOLDER

OWN = """
name = "Permanence budget"
source = "Convention locale."
purpose = "maintien"
rung = 35
rung_why = "Un rendez-vous, sans dossier."
public = "Locataire qui souhaite une aide."
uses_place = false

[[condition]]
fact = "wants_help"
test = "is"
value = true
text = "Le ménage n'a pas demandé d'aide."

[[step]]
code = "meeting"
label = "Rendez-vous"
by = "bailleur"
within_days = 15

[ends]
met = "ménage reçu"
"""
SAUVEGARDE = (FOLDER / "bail_de_sauvegarde.toml").read_text(encoding="utf-8")
Refused = Callable[..., str]


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """What is said of a folder with the given files."""

    def read(**files: str) -> str:
        for name, text in files.items():
            (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        with pytest.raises(SchemeRefused) as found:
            load(tmp_path)
        return str(found.value)

    return read


def test_a_landlord_adds_a_scheme_with_a_file_and_it_takes_its_rung(tmp_path: Path) -> None:
    (tmp_path / "permanence.toml").write_text(OWN, encoding="utf-8")
    schemes = load(tmp_path)
    codes = list(schemes)
    assert codes.index("plan_apurement") < codes.index("permanence") < codes.index("fsl")
    rungs = {rung.scheme.code: rung for rung in ladder(schemes, {"lease_status": "tenant", "wants_help": True})}
    assert rungs["permanence"].outcome == "fits"


def test_a_landlord_replaces_delays_and_lines_of_a_shipped_scheme(tmp_path: Path) -> None:
    text = SAUVEGARDE.replace("households_per_worker = 16", "households_per_worker = 12")
    (tmp_path / "bail_de_sauvegarde.toml").write_text(text, encoding="utf-8")
    assert load(tmp_path)["bail_de_sauvegarde"].capacity.households_per_worker == 12
    assert load()["bail_de_sauvegarde"].capacity.households_per_worker == 16


def test_a_landlord_cannot_change_what_a_shipped_scheme_is(refused: Refused) -> None:
    told = refused(bail_de_sauvegarde=SAUVEGARDE.replace('purpose = "maintien"', 'purpose = "acces"'))
    assert "« purpose » : lu 'acces', attendu 'maintien' comme dans le dispositif fourni" in told
    assert "choisissez un autre nom de fichier" in told


def test_a_landlords_own_sub_lease_waits_for_a_termination_whatever_its_file_says(tmp_path: Path) -> None:
    text = OWN.replace("uses_place = false", "uses_place = false\nis_sublease = true\ndocuments = {contrat_sous_location = []}")
    (tmp_path / "sous_location.toml").write_text(text, encoding="utf-8")
    rungs = {r.scheme.code: r for r in ladder(load(tmp_path), {"lease_status": "tenant", "stage": "hearing", "wants_help": True})}
    assert [unmet.fact for unmet in rungs["sous_location"].unmet] == ["stage", "lease_status"]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('name = "Permanence budget"', "", "en-tête : la clé « name » manque ; ajoutez un texte non vide"),
        ('purpose = "maintien"', 'purpose = "aide"', "« purpose » : lu 'aide', attendu l'un de : maintien, acces"),
        ("rung = 35", "rung = 0", "« rung » : lu 0, attendu un nombre entier de 1 à 999"),
        ("rung = 35", "rung = true", "« rung » : lu True, attendu un nombre entier"),
        ("rung = 35", "rung = 35\npriorite = 1", "clé inconnue « priorite » ; retirez-la, ou choisissez parmi : name, source"),
        ("uses_place = false", "uses_place = true", "[capacity] : un dispositif à places dit ce qui les limite"),
        ('fact = "wants_help"', 'fact = "age"', "[[condition]] n° 1, « fact » : lu « age », attendu l'un de : lease_status"),
        (
            'test = "is"',
            'test = "at_least"',
            "« test » : lu « at_least », attendu pour le ménage souhaite une aide l'un de : is, is_not",
        ),
        ("value = true", 'value = "oui"', "« value » : lu 'oui', attendu true ou false"),
        ('by = "bailleur"', 'by = "huissier"', "[[step]] n° 1, « by » : lu 'huissier', attendu l'un de : bailleur"),
        ("within_days = 15", "within_days = -1", "« within_days » : lu -1, attendu un nombre entier de 0 à 400"),
        (
            "within_days = 15",
            'within_days = 15\nafter = "visit"',
            "« after » : lu « visit », attendu une étape écrite plus haut (aucune)",
        ),
        ("within_days = 15", 'within_days = 15\ndocument = "fiche_liaison"', "« fiche_liaison » n'est pas sous [documents]"),
        ('met = "ménage reçu"', "", "« ends » : lu {}, attendu au moins une ligne"),
        ('met = "ménage reçu"', 'Met = "ménage reçu"', "« ends » : lu {'Met': 'ménage reçu'}"),
        ("[ends]", "[duration]\nmonths = 12\nmax_months = 6\n[ends]", "« months » vaut 12, attendu au plus « max_months » (6)"),
        ("[ends]", "[slide]\nnotice_months = 2\n[ends]", "[slide] : un bail ne glisse qu'après une sous-location"),
        ("[ends]", "[documents]\ncontrat_sous_location = []\n[ends]", "« is_sublease » : lu false, attendu true"),
        ("[ends]", "[documents]\nplan_apurement = []\n[ends]", "« claims_arrears » : lu false, attendu true"),
        ("[ends]", "[documents]\nacte = []\n[ends]", "« documents » : lu {'acte': []}, attendu document = [signataires]"),
        ("uses_place = false", "uses_place = false\nis_sublease = true", "[documents] : une sous-location a son contrat"),
        ("[ends]", "[capacity]\nhouseholds_per_worker = 16\n[ends]", "« uses_place » : lu false, attendu true puisque"),
        (
            "[ends]",
            '[[meeting]]\ncode = "m"\nlabel = "M"\n[ends]',
            "[[meeting]] n° 1 : rythme lu aucun, attendu exactement un de",
        ),
        (
            "[ends]",
            '[[meeting]]\ncode = "m"\nlabel = "M"\nyearly_before = "02-30"\n[ends]',
            "lu '02-30', attendu un jour de l'année",
        ),
        (
            "[ends]",
            '[[report]]\ncode = "r"\nlabel = "R"\nby = "association"\nevery_months = 3\nat_end = true\n[ends]',
            "[[report]] n° 1 : rythme lu every_months, at_end",
        ),
        (
            "[ends]",
            OWN[OWN.index("[[step]]") : OWN.index("[ends]")] + "[ends]",
            "[[step]] : le code « meeting » est écrit 2 fois",
        ),
    ],
)
def test_a_fault_says_where_what_was_seen_what_is_expected(refused: Refused, was: str, now: str, said: str) -> None:
    assert was in OWN
    assert said in refused(permanence=OWN.replace(was, now, 1))


def test_an_alternative_is_checked_like_the_condition_it_stands_beside(refused: Refused) -> None:
    alternative = 'value = true\nor = [{ fact = "stage", test = "in", value = ["cdp", "appel"] }]'
    assert "« value » : lu ['cdp', 'appel'], attendu une liste de valeurs" in refused(
        permanence=OWN.replace("value = true", alternative)
    )
    assert "« or » n° 1 : la clé « test » manque" in refused(
        permanence=OWN.replace("value = true", alternative.replace('test = "in", ', ""))
    )


def test_every_fault_of_every_file_is_told_at_once(refused: Refused) -> None:
    faulty = OWN.replace("rung = 35", "rung = 1000").replace('by = "bailleur"', 'by = "maire"')
    told = refused(permanence=faulty, autre="name = ", **{"Été": OWN})
    assert "4 défaut(s)" in told
    for part in (
        "permanence.toml : en-tête, « rung »",
        "permanence.toml : [[step]] n° 1, « by »",
        "autre.toml : illisible",
        "Été.toml",
    ):
        assert part in told


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SchemeRefused, match="dossier introuvable"):
        load(tmp_path / "absent")
