"""docs/acces.md says what the code does."""

from riskmodel import REPOSITORY
from riskmodel.access import page


def test_the_page_in_docs_is_the_one_the_code_writes() -> None:
    written = (REPOSITORY / "docs" / "acces.md").read_text(encoding="utf-8")
    assert written == page.page(), "docs/acces.md n'est plus à jour : lancez « riskmodel docs access »"


def test_the_page_tells_every_role_and_action_and_every_number_with_its_unit() -> None:
    written = page.page()
    for said in ("| produire le dossier complet d'une personne |", "Délégué à la protection des données", "12 à 256 caractères"):
        assert said in written
    for said in ("10 essais de connexion sur un même compte", "en 5 minutes", "le 5ᵉ d'affilée ferme le compte 15 minutes"):
        assert said in " ".join(written.split())
