import re
import time
from dataclasses import replace
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from riskmodel import REPOSITORY
from riskmodel.documents.orientation import FILLED_IN, MAY, NEEDS, accepted, needed, render, render_docx, signing
from riskmodel.documents.orientation.composing import compose
from riskmodel.documents.orientation.facts import LABELS
from riskmodel.documents.orientation.parts import PARTS
from riskmodel.documents.orientation.samples import facts_of, samples
from riskmodel.documents.orientation.texts import lines, told
from riskmodel.errors import DocumentRefused
from riskmodel.referrals.fields import FIELDS
from riskmodel.schemes import DOCUMENTS, load

SCHEMES = load()
FOLDER = REPOSITORY / "reports" / "exemples" / "orientation"
TODAY = samples()
EVERYTHING = {name: value for kind in NEEDS for name, value in facts_of(kind).items()}
FORBIDDEN = re.compile(
    r"(?i)\b(?:scores?|points?|barème|expuls\w*|huissier\w*|saisies?|poursuites?|sanction\w*|tribunal|obligatoire|"
    r"santé|malad\w*|handicap\w*|psych\w*|addict\w*|médica\w*|nationalité|religion|origine|sexe|âge|moral\w*)\b"
)
"""A scored household, a threat, a health matter or a protected trait: none of them may be read in any document."""


@cache
def read(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def words(content: bytes) -> list[str]:
    """Every paragraph and cell of a DOCX in order, boxes included."""
    return [node.text or "" for node in Document(BytesIO(content)).element.body.iter(qn("w:t"))]


def plain(said: str) -> str:
    return " ".join(said.replace("\u00a0", " ").replace("\u202f", " ").split())


@pytest.mark.parametrize("kind", NEEDS)
def test_every_document_says_it_is_synthetic_whom_it_concerns_and_its_pages(kind: str) -> None:
    pages = PdfReader(BytesIO(TODAY[f"{kind}.pdf"])).pages
    for number, page in enumerate(pages, 1):
        said = plain(page.extract_text())
        assert "Données synthétiques" in said
        assert "orientation n° 27" in said
        assert f"page {number} / {len(pages)}" in said


@pytest.mark.parametrize("kind", NEEDS)
def test_every_document_is_tagged_and_in_french(kind: str) -> None:
    root: Any = PdfReader(BytesIO(TODAY[f"{kind}.pdf"])).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


@pytest.mark.parametrize("kind", NEEDS)
def test_no_document_scores_threatens_or_speaks_of_health(kind: str) -> None:
    said = read(TODAY[f"{kind}.pdf"])
    assert not FORBIDDEN.findall(said)


@pytest.mark.parametrize("kind", ["lettre_information", "courrier_simple", "courrier_recommande"])
def test_a_letter_that_somebody_else_may_open_tells_no_debt(kind: str) -> None:
    assert not re.findall(r"(?i)dette|impayé|procédure|audience|€|assignation|résili", read(TODAY[f"{kind}.pdf"]))


@pytest.mark.parametrize("kind", NEEDS)
def test_real_data_are_not_called_synthetic(kind: str) -> None:
    sheet = compose(kind, {**facts_of(kind), "is_synthetic": False})
    assert not sheet.is_synthetic


def test_a_real_document_carries_no_mark() -> None:
    assert "synthétique" not in read(render("avenant", {**facts_of("avenant"), "is_synthetic": False}))


@pytest.mark.parametrize("kind", NEEDS)
def test_a_document_without_facts_is_refused_naming_all_that_it_needs(kind: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        render(kind, {})
    assert all(LABELS[name] in str(refused.value) for name in NEEDS[kind])


@pytest.mark.parametrize("kind", NEEDS)
@settings(max_examples=15)
@given(st.data())
def test_every_missing_fact_is_named_and_no_other(kind: str, data: st.DataObject) -> None:
    facts = facts_of(kind)
    names = [name for name in needed(kind, facts) if name != "scheme"]
    gone = data.draw(st.sets(st.sampled_from(names), min_size=1))
    with pytest.raises(DocumentRefused) as refused:
        compose(kind, {name: value for name, value in facts.items() if name not in gone})
    told = str(refused.value).split("il manque ")[1].split(" ; ")[0].split(". Complétez")[0].split(", ")
    assert {LABELS[name] for name in gone} == set(told) - {"information et accord du ménage"}


def test_parts_of_facts_are_named_too() -> None:
    facts = facts_of("convention_tripartite")
    nameless = type(facts["household"])(names=(), address=())
    with pytest.raises(DocumentRefused, match=r"ménage \(noms\), ménage \(adresse\)"):
        compose("convention_tripartite", {**facts, "household": nameless})


def test_a_referral_without_the_households_answer_is_refused() -> None:
    facts = facts_of("fiche_orientation")
    silent = tuple(one for one in facts["told"] if one.field != "agreement")
    with pytest.raises(DocumentRefused, match="information et accord du ménage"):
        compose("fiche_orientation", {**facts, "told": silent})


@pytest.mark.parametrize("extra", ["score", "goals", "birthday"])
def test_nothing_more_than_a_referral_needs_can_be_handed_to_it(extra: str) -> None:
    with pytest.raises(DocumentRefused, match="ce document ne dit pas"):
        compose("fiche_orientation", {**facts_of("fiche_orientation"), extra: ("settle",)})


def test_a_code_that_is_not_of_the_scheme_is_refused_with_those_that_are() -> None:
    wrong = {"goals": ("settle", "free words"), "goal_states": {"settle": "cured"}, "end": "evicted"}
    with pytest.raises(DocumentRefused) as refused:
        compose("bilan_final", {**facts_of("bilan_final"), **wrong})
    told = str(refused.value)
    assert "objectifs : free words hors de la liste" in told
    assert "état des objectifs : cured hors de la liste (reached, going, review)" in told
    assert "fin de la mesure : evicted" in told


def test_an_unknown_document_is_refused_with_those_that_exist() -> None:
    with pytest.raises(DocumentRefused, match=r"« lettre » : inconnu.*avenant"):
        render("lettre", {})


def test_a_letter_has_no_docx() -> None:
    with pytest.raises(DocumentRefused, match=r"n'existe qu'en PDF.*grille d'évaluation"):
        render_docx("courrier_simple", facts_of("courrier_simple"))


@pytest.mark.parametrize("kind", FILLED_IN)
def test_both_forms_say_the_same(kind: str) -> None:
    paged, typed = plain(read(TODAY[f"{kind}.pdf"])), plain(" ".join(words(TODAY[f"{kind}.docx"])))
    lost = [word for word in set(re.findall(r"\w{4,}|[☐☒]", typed)) if word not in paged]
    assert not lost
    assert paged.count("☐") == typed.count("☐")
    assert paged.count("☒") == typed.count("☒")


@pytest.mark.parametrize("kind", FILLED_IN)
def test_boxes_can_be_clicked_and_signatures_do_not_break(kind: str) -> None:
    body = Document(BytesIO(TODAY[f"{kind}.docx"])).element.body
    shown = "".join(words(TODAY[f"{kind}.docx"]))
    assert len(list(body.iter(qn("w:sdt")))) == shown.count("☐") + shown.count("☒")
    assert all(row.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in body.iter(qn("w:tr")))


@pytest.mark.parametrize("kind", [kind for kind in NEEDS if kind != "lettre_information"])
def test_signatures_are_never_alone_on_their_page(kind: str) -> None:
    """The last page holds at least one heading beside the places to sign."""
    last = PdfReader(BytesIO(TODAY[f"{kind}.pdf"])).pages[-1].extract_text()
    titles = [one.title for one in compose(kind, facts_of(kind)).chapters if one.title]
    assert any(plain(title).replace("'", "’") in plain(last) for title in titles)


@pytest.mark.parametrize("code", SCHEMES)
def test_every_scheme_can_have_each_of_its_documents(code: str) -> None:
    """Whoever signs, whatever the scheme has of goals and actions: its documents are written with a place for each signatory."""
    scheme = SCHEMES[code]
    goals, actions = tuple(scheme.goals)[:2], tuple(scheme.actions)[:2]
    fresh = {
        "scheme": scheme,
        "goals": goals,
        "actions": actions,
        "goal_states": {},
        "action_states": {},
        "end": next(iter(scheme.ends)),
    }
    everything = EVERYTHING | fresh
    for kind in set(scheme.documents) & set(NEEDS):
        told = {"told": facts_of(kind)["told"]} if "told" in NEEDS[kind] else {}
        said = everything | told
        sheet = compose(kind, {name: said[name] for name in accepted(kind, said)})
        assert len(sheet.signatures.signatories) >= max(1, len(signing(kind, scheme)))
        assert "{" not in repr(sheet.chapters)


def test_documents_and_fields_are_those_of_the_vocabularies() -> None:
    assert set(NEEDS) <= set(DOCUMENTS)
    assert {name for names in (*NEEDS.values(), *MAY.values()) for name in names} <= set(LABELS)
    called = {line[1:].split()[0] for kind in NEEDS for line in lines(kind) if line.startswith("@")}
    assert called == set(PARTS)
    shown_otherwise = {"identity", "management_unit", "attempts", "stage_on", "oldest_unpaid_on", "hearing_on"}
    assert told("fiche_orientation") | shown_otherwise == set(FIELDS)


def test_a_fact_of_no_known_field_is_refused() -> None:
    facts = facts_of("fiche_orientation")
    strange = type(facts["told"][0])("remark", "remarque", "à surveiller")
    with pytest.raises(DocumentRefused, match=r"faits autorisés par la convention : remark hors de la liste"):
        compose("fiche_orientation", {**facts, "told": (*facts["told"], strange)})


@pytest.mark.parametrize("name", TODAY)
def test_the_samples_in_the_repository_are_what_the_code_makes_today(name: str) -> None:
    """`riskmodel docs orientation` makes them again."""
    kept = (FOLDER / name).read_bytes()
    assert (read(kept) == read(TODAY[name])) if name.endswith(".pdf") else (words(kept) == words(TODAY[name]))


def test_no_other_sample_is_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*TODAY}


def test_the_same_facts_give_the_same_bytes_at_another_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    now = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: now)
    assert render("bilan_etape", facts_of("bilan_etape")) == TODAY["bilan_etape.pdf"]
    assert render_docx("bilan_etape", facts_of("bilan_etape")) == TODAY["bilan_etape.docx"]


@pytest.mark.parametrize("kind", ["convention_tripartite", "lettre_information", "fiche_orientation"])
def test_names_that_look_like_code_or_take_many_lines_are_written_as_they_are(kind: str) -> None:
    strange = tuple(f"Titulaire {{x}} #let & <b> *é* {number} au nom composé très long d'exemple" for number in range(4))
    facts = facts_of(kind)
    who = replace(facts["household"], names=strange, address=("1, allée {d} #pagebreak() & <i>", "00000 Ville_d_Exemple"))
    said = plain(read(render(kind, {**facts, "household": who})))
    assert all(plain(name).replace("'", "’") in said for name in strange)
    assert "#pagebreak() & <i>" in said
    if kind in FILLED_IN:
        assert strange[0].replace("'", "’") in " ".join(words(render_docx(kind, {**facts, "household": who})))
