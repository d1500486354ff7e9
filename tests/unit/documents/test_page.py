"""A page written twice, as HTML and as PDF: the same bytes for the same parts, nothing to load, everything named."""

import base64
import hashlib
import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from riskmodel.documents import hypertext, paper
from riskmodel.documents.page import SYNTHETIC, Bullets, Page, Plot, Section, Table, Terms

SVG = (
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    '<path id="m1" d="M 0 0 L 9 9" stroke="#000"/></svg>'
)


def page(*, is_synthetic: bool = True) -> Page:
    table = Table("Deux lignes", ("Qui", "Combien"), "lr", (("l'une", "12,5\n10,0 à 15,0"), ("l'autre", "3")), frozenset({0}))
    blocks = ("Une phrase : oui ?", Bullets(("une ligne",)), table, Plot(SVG, "Titre du dessin", "Ce qu'il montre"))
    sections = (
        Section("Premier", blocks, is_chapter=True),
        Section("Suite", blocks),
        Section("Mots", (Terms((("a", "b"),)),), True),
    )
    return Page("Titre", "Bailleur <essai> & fils", (("Le", "jour"),), sections, date(2026, 6, 30), is_synthetic, "Pied")


def test_html_is_one_file_that_loads_and_runs_nothing() -> None:
    made = hypertext.html(page())
    assert made == hypertext.html(page())
    assert not re.search(r"<script|<link|<img|\sstyle=|\son\w+=|https?://(?!www\.w3\.org)", made)
    style = re.search(r"<style>(.*?)</style>", made, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in made


def test_names_from_outside_are_written_and_never_read_as_html() -> None:
    made = hypertext.html(page())
    assert "Bailleur &lt;essai&gt; &amp; fils" in made
    assert "<essai>" not in made


def test_tables_and_pictures_are_named_for_whoever_does_not_see_them() -> None:
    made = hypertext.html(page())
    assert '<th scope="col" class="figure">Combien</th>' in made
    assert '<tr class="strong"><th scope="row">l’une</th><td class="figure">12,5<br><small>10,0 à 15,0</small></td></tr>' in made
    assert '<desc id="s0b3-desc">Ce qu’il montre</desc>' in made
    ids = re.findall(r'\sid="([^"]+)"', made)
    assert len(ids) == len(set(ids)), "un identifiant sert deux fois"
    for named in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', made):
        assert named in ids


@pytest.mark.parametrize("is_synthetic", [True, False])
def test_invented_data_say_so_at_the_head_of_each_chapter_and_on_each_sheet(is_synthetic: bool) -> None:
    made = hypertext.html(page(is_synthetic=is_synthetic))
    assert made.count('<p class="synthetic">') == (3 if is_synthetic else 0)
    assert (f'content: "{SYNTHETIC}"'.replace(" :", "\u00a0:") in made) is is_synthetic
    for sheet in PdfReader(BytesIO(paper.pdf(page(is_synthetic=is_synthetic)))).pages:
        assert ("Données synthétiques" in sheet.extract_text()) is is_synthetic


def test_the_pdf_is_tagged_in_french_and_the_same_when_made_again() -> None:
    made = paper.pdf(page())
    assert made == paper.pdf(page())
    root = PdfReader(BytesIO(made)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("fr")
