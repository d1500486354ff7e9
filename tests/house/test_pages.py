"""README, glossary and docs keep up with the code: commands, targets, files and words they name exist."""

import importlib
import pkgutil
import re
from pathlib import Path

import click
import pytest
import typer

import riskmodel.cli
from riskmodel import REPOSITORY
from tests.house import tree

PAGES = [path for path in tree.pages() if not {"tests"} & set(path.parts)]
TOP_LEVEL = ("riskmodel/", "dags/", "sql/", "tests/", "reports/", "docs/", "benchmarks/", ".ci/")
TRADE_WORDS = {
    word
    for line in (
        "aide au logement, AL, ALF, ALS, APL, apurement, aller-vers, ASLL, assignation, audience, AVDL, bail, bailleur, CAF",
        "CCAPEX, CCAS, CDP, CESF, CFP, chargé de contentieux, commandement de payer, contentieux, CQL, décrochage",
        "délais du juge, dépôt de garantie, dérive, écriture, effacement, entrant, FSL, impayé, indemnité d'occupation",
        "indu, ménage, mise en demeure, MSA, NPAI, occupant sans titre, OPS, PCS, plan d'apurement, prélèvement",
        "provision pour charges, QPV, quittance, rappel, recevabilité, régularisation de charges, rejet, relance",
        "reprise de solde, reste à charge, résiliation, rétablissement personnel, RLS, SLS, SLS provisoire, solde courant",
        "solde exigible, surendettement, terme, terme à échoir, terme échu, terme net, tiers payant, titulaire, tutelle",
        "unité de gestion",
    )
    for word in line.split(", ")
}


def commands() -> set[str]:
    """Every command a person can type, without the leading `riskmodel`."""
    for module in pkgutil.iter_modules(riskmodel.cli.__path__, "riskmodel.cli."):
        importlib.import_module(module.name)
    return set(_walk(typer.main.get_command(riskmodel.cli.app), ()))


def _walk(command: click.Command, path: tuple[str, ...]) -> list[str]:
    children = getattr(command, "commands", None)
    if children is None:
        return [" ".join(path)]
    return [found for name, child in children.items() for found in _walk(child, (*path, name))]


def targets() -> set[str]:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*)\s*:(?!=)", makefile, re.MULTILINE))


def named(pattern: str) -> dict[str, set[str]]:
    """What pages and French messages name, by the file that names it."""
    messages = {
        tree.name(path): "\n".join(text for _, text in tree.sentences(path)) for path in tree.sources("riskmodel", "dags")
    }
    written = {tree.name(path): path.read_text(encoding="utf-8") for path in PAGES} | messages
    return {where: set(found) for where, text in written.items() if (found := re.findall(pattern, text))}


def test_every_make_target_that_is_named_exists() -> None:
    for where, seen in named(r"[`«$] ?make ([a-z][a-z-]*)").items():
        assert seen <= targets(), f"{where} nomme make {sorted(seen - targets())}"


def test_every_command_that_is_named_exists() -> None:
    known = commands()
    for where, seen in named(r"[`«$] ?riskmodel ([a-z][a-z-]*(?: [a-z][a-z-]*)*)").items():
        unknown = {line for line in seen if not _is_command(line, known)}
        assert not unknown, f"{where} nomme riskmodel {sorted(unknown)} ; il existe : {sorted(known)}"


def test_every_command_is_explained_somewhere() -> None:
    prose = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    silent = sorted(command for command in commands() if f"riskmodel {command}" not in prose)
    assert not silent, f"Ni README ni docs/ ne parlent de : {silent}"


def test_every_make_target_is_explained_by_make_help() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    offered = re.findall(r"^\.PHONY: (.+)", makefile, re.MULTILINE)[0].split()
    silent = [target for target in sorted(offered) if not re.search(rf"^{target}\s*:.*##", makefile, re.MULTILINE)]
    assert not silent, f"Sans « ## explication » dans le Makefile : {silent}"


@pytest.mark.parametrize("path", PAGES, ids=tree.name)
def test_links_and_paths_of_a_page_lead_somewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = [path.parent / link.split("#")[0] for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)\s]+)\)", text)]
    quoted = [REPOSITORY / name for name in re.findall(r"`([\w./-]+)`", text) if name.startswith(TOP_LEVEL)]
    lost = sorted({str(target) for target in [*links, *quoted] if not target.exists()})
    assert not lost, f"{tree.name(path)} mène à des fichiers absents : {lost}"


def test_the_glossary_explains_the_words_of_the_trade() -> None:
    glossary = (REPOSITORY / "GLOSSARY.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (\*\*.+?) \|", glossary, re.MULTILINE)
    explained = {word.strip() for cell in cells for word in re.split(r"[,()]", cell.replace("**", ""))}
    assert explained >= TRADE_WORDS, f"Mots sans explication : {sorted(TRADE_WORDS - explained)}"


def test_acronyms_that_people_read_are_in_the_glossary() -> None:
    glossary = (REPOSITORY / "GLOSSARY.md").read_text(encoding="utf-8")
    known = set(re.findall(r"\b[A-Z]{3,}\b", glossary)) | COMPUTING
    for path in tree.sources("riskmodel", "dags"):
        said = {
            word
            for _, text in tree.sentences(path)
            if _is_french_prose(text)
            for word in re.findall(r"(?<![\w.])[A-Z]{3,6}(?![\w.:])", text)
        }
        assert said <= known, f"{tree.name(path)} : sigles absents de GLOSSARY.md {sorted(said - known)}"


FRENCH = re.compile(r"[éèêàçùîô’]|\b(?:le|la|les|du|des|une|dans|pour)\b")
SQL = re.compile(r"\b(?:SELECT|FROM|JOIN|CASE|WHEN|WHERE|CAST|NULL|CREATE|COPY|PRAGMA|OVER|ORDER BY)\b|DATE '")
COMPUTING = {
    *("AAAA", "BAIL", "BOM", "CSV", "DAG", "ERP", "HTML", "JSON", "PDF"),
    *("PKCE", "SFTP", "SHA", "SQL", "TOML", "TSV", "URL", "UTF", "VIGIE", "XLSX", "ZIP"),
}
"""Words of computing, and placeholders in the commands that messages show."""


def _is_french_prose(text: str) -> bool:
    return bool(FRENCH.search(text)) and not SQL.search(text)


def _is_command(line: str, known: set[str]) -> bool:
    words = line.split()
    return any(" ".join(words[: n + 1]) in known for n in range(len(words))) or any(name.startswith(line + " ") for name in known)
