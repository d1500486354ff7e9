"""What files say: no trace of a machine, no loose ends, and French written as French."""

import re
from pathlib import Path

import pytest

from tests.house import tree

MACHINE_PATH = re.compile(r"(?<![\w.}~$/-])/(?:" + "|".join(("work", "root", "home", "tmp", "mnt", "Users")) + r")(?:/|\b)(?!\w)")
HOSTS = re.compile(
    "|".join((r"pypi\." + "org", "pythonhosted" + r"\.org", "npmjs" + r"\.", "proxy" + r"\.golang", "(?<!emit-)index" + "-url"))
)
LOOSE = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")) + r")\b")
WORKSHOP = re.compile(
    r"(?i)\b(?:" + "|".join(("L" + "LM", "sub" + "agent", "anthro" + "pic", "chat" + "gpt", "co" + "pilot")) + r")\b"
)
SHARED = "../" + "shared"
MOJIBAKE = re.compile("Ã[©¨ª ¢´»§]|â€|Å“|\ufffd")
WITHOUT_ACCENT = re.compile(
    r"\b(?:donnees|impayes?|deja|echeances?|resiliation|resilies?|menages?|apres|aupres|tres|etre|decrochage|derive|meme|reglee?s?|"
    r"ecritures?|penalites?|prelevements?|encaissee?s?|cloture[es]?|qualite|cree[es]?|annee|journee|interet|delais?|probleme|numero|"
    r"remuneration|comptabilisee?s?|execution|requete|schema|decisions?)\b"
)
"""Frequent words that, written so, have lost an accent. Identifiers are not looked at: only sentences are."""


def found(pattern: re.Pattern[str], *, besides: tuple[str, ...] = ()) -> list[str]:
    return [
        f"{tree.name(path)}:{number}: {line.strip()[:80]}"
        for path in tree.texts()
        if not tree.name(path).startswith(besides)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if pattern.search(line)
    ]


def test_every_text_file_is_utf8_and_only_csv_files_carry_a_mark() -> None:
    """A spreadsheet opens a CSV as UTF-8 only with the byte order mark; anything else does without."""
    for path in tree.texts():
        is_marked = path.read_text(encoding="utf-8").startswith("\ufeff")
        assert not is_marked or path.suffix == ".csv", f"{tree.name(path)} : marque d'ordre des octets"


def test_no_file_knows_the_machine_it_was_written_on() -> None:
    assert not (seen := found(MACHINE_PATH)), "Chemins d'une machine :\n" + "\n".join(seen)


def test_no_file_names_a_package_registry() -> None:
    assert not (seen := found(HOSTS)), "Adresses de registres :\n" + "\n".join(seen)


def test_nothing_is_left_for_later() -> None:
    assert not (seen := found(LOOSE)), "Restes :\n" + "\n".join(seen)


def test_no_file_speaks_of_the_workshop() -> None:
    assert not (seen := found(WORKSHOP)), "Hors sujet :\n" + "\n".join(seen)
    assert not (seen := found(re.compile(re.escape(SHARED)), besides=("tests/extracts/", ".ci/"))), "\n".join(seen)


def test_no_text_was_read_in_the_wrong_encoding() -> None:
    assert not (seen := found(MOJIBAKE, besides=("tests/house/", "tests/unit/intake/"))), "Encodage :\n" + "\n".join(seen)


@pytest.mark.parametrize("path", [path for path in tree.pages() if "tests" not in path.parts], ids=tree.name)
def test_pages_keep_their_accents(path: Path) -> None:
    prose = re.sub(
        r"```.*?```|`[^`\n]*`|\]\([^)]*\)", lambda m: "\n" * m.group().count("\n"), path.read_text(encoding="utf-8"), flags=re.S
    )
    lines = enumerate(prose.splitlines(), 1)
    bare = [f"{number}: {seen.group()}" for number, line in lines for seen in WITHOUT_ACCENT.finditer(line)]
    assert not bare, f"{tree.name(path)} : accents perdus {bare}"


def test_sentences_in_code_keep_their_accents() -> None:
    bare = [
        f"{tree.name(path)}:{line}: {seen.group()}"
        for path in tree.sources("riskmodel", "dags")
        for line, text in tree.sentences(path)
        if not re.search(r"\b(?:SELECT|FROM|JOIN|CASE)\b", text)
        for seen in WITHOUT_ACCENT.finditer(re.sub(r"`[^`]*`", "", text))
    ]
    assert not bare, "Accents perdus :\n" + "\n".join(bare)
