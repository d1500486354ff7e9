"""The files of sql/ and the order in which they run."""

import re

import pytest

from riskmodel import REPOSITORY
from riskmodel.contracts import TABLES
from riskmodel.explain import household
from riskmodel.features import blocks, claims
from riskmodel.features.blocks import table_name

SQL = REPOSITORY / "sql"
BLOCKS = tuple(dict.fromkeys((*blocks.BLOCKS, *household.BLOCKS, *claims.BLOCKS)))
"""Those of the night, then those of the files of households and of claims, which run after them."""
TEXTS = {block: (SQL / f"{block}.sql").read_text(encoding="utf-8") for block in BLOCKS}


def _code(block: str) -> str:
    return "\n".join(line.split("--")[0] for line in TEXTS[block].splitlines())


def _read(block: str) -> set[str]:
    """Tables that a block reads: what follows FROM or JOIN, less its own WITH names, dates and functions."""
    code = re.sub(r"EXTRACT\([^)]*\)", "", _code(block))
    own = set(re.findall(r"(\w+) AS \(\s*SELECT", code))
    return set(re.findall(r"\b(?:FROM|JOIN) (\w+)\b(?!\()", code)) - own


def test_every_file_of_the_rooms_is_run_once() -> None:
    files = {
        f"{path.parent.name}/{path.stem}"
        for room in ("ledger", "contact", "features", "households", "statements")
        for path in (SQL / room).glob("*.sql")
    }
    assert files == set(BLOCKS)
    assert len(BLOCKS) == len(set(map(table_name, BLOCKS)))


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_reads_only_the_contract_and_blocks_before_it(block: str) -> None:
    before = {table_name(earlier) for earlier in BLOCKS[: BLOCKS.index(block)]}
    assert _read(block) <= before | set(TABLES)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_of_contract_rows_is_pruned_by_bucket(block: str) -> None:
    """A big landlord is read slice by slice; dwellings alone have buckets of their own."""
    sliced = _read(block) & set(TABLES) - {"dwellings"}
    assert len(re.findall(r"bucket BETWEEN :first_bucket AND :last_bucket", TEXTS[block])) == len(sliced)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_is_one_statement_that_says_what_it_is_for(block: str) -> None:
    assert TEXTS[block].startswith("-- ")
    assert ";" not in _code(block)


@pytest.mark.parametrize("block", BLOCKS)
def test_no_block_reads_the_clock_or_an_outcome(block: str) -> None:
    assert not re.search(r"current_date|now\(|today\(|outcomes", _code(block), re.IGNORECASE)
