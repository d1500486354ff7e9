from riskmodel import REPOSITORY
from riskmodel.contracts import TABLES
from riskmodel.contracts.pages import contract


def test_the_committed_page_is_what_the_tables_say() -> None:
    committed = (REPOSITORY / "docs" / "contract.md").read_text(encoding="utf-8")
    assert committed == contract(), "docs/contract.md n'est plus à jour : lancez « riskmodel docs contract »."


def test_every_table_and_column_is_on_the_page() -> None:
    page = contract()
    for table in TABLES.values():
        section = page.split(f"## {table.name} ")[1].split("\n## ")[0]
        missing = [column.name for column in table.columns if f"| `{column.name}` |" not in section]
        assert not missing, f"{table.name} : {missing}"


def test_every_code_has_its_french_meaning_on_the_page() -> None:
    page = contract()
    for table in TABLES.values():
        for column in table.columns:
            for code, label in (column.codes or {}).items():
                assert f"- `{code}` : {label}" in page, f"{table.name}.{column.name} : {code}"
