"""What a canonical table is: columns with type, unit, codes and meaning. Everything else derives from it.

Inside the service money is integer cents and the column says so (`amount` of the contract is stored as `amount_cents`).
"""

from dataclasses import dataclass
from typing import Literal

import pandera.pandas as pa

Type = Literal["str", "code", "date", "datetime", "month", "int", "bool", "decimal", "money"]

STORED: dict[Type, str] = {
    "str": "VARCHAR",
    "code": "VARCHAR",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "month": "VARCHAR",
    "int": "BIGINT",
    "bool": "BOOLEAN",
    "decimal": "DOUBLE",
    "money": "BIGINT",
}
"""DuckDB type of each contract type as stored in the lake; money is cents."""

FRENCH: dict[Type, str] = {
    "str": "un texte",
    "code": "un code de la liste",
    "date": "une date AAAA-MM-JJ",
    "datetime": "une date et heure AAAA-MM-JJTHH:MM:SS",
    "month": "un mois AAAA-MM",
    "int": "un nombre entier",
    "bool": "true ou false",
    "decimal": "un nombre décimal",
    "money": "un montant en euros à deux décimales au plus",
}


@dataclass(frozen=True)
class Column:
    """One column. `codes` maps a code to its French label; `masked` columns say themselves when they became known:
    read as of a date, a masked date in the future is unknown. `audit_only` columns can never be read by features."""

    name: str
    type: Type
    meaning: str
    required: bool = False
    codes: dict[str, str] | None = None
    minimum: int | None = None
    maximum: int | None = None
    masked: bool = False
    masked_with: str | None = None
    audit_only: bool = False
    stored_as: str | None = None

    @property
    def stored(self) -> str:
        """Name inside the service: money carries its unit; `stored_as` avoids a word reserved in SQL."""
        return self.stored_as or (f"{self.name}_cents" if self.type == "money" else self.name)

    @property
    def expected(self) -> str:
        """What a correct value looks like, in French, for fault reports."""
        if self.codes:
            return "l'un des codes : " + ", ".join(self.codes)
        bounds = [f"≥ {self.minimum}"] * (self.minimum is not None) + [f"≤ {self.maximum}"] * (self.maximum is not None)
        return " ".join([FRENCH[self.type], *bounds])

    def checks(self) -> list[pa.Check]:
        """Pandera checks of this column's codes and bounds; type and presence are judged apart."""
        found = []
        if self.codes:
            found.append(pa.Check.isin(list(self.codes), error="code inconnu"))
        if self.minimum is not None:
            found.append(pa.Check.ge(self.minimum, error=f"inférieur à {self.minimum}"))
        if self.maximum is not None:
            found.append(pa.Check.le(self.maximum, error=f"supérieur à {self.maximum}"))
        return found


@dataclass(frozen=True)
class Table:
    """One canonical table.

    `known_on` is the SQL expression of the day a row became known, from its own columns (the lake adds the day the row
    was delivered). `orders` are pairs of date columns that must not decrease; `signs` maps a kind to the sign its
    amount must have. `retention_months` counts from the end of the lease.
    """

    name: str
    french: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    known_on: str
    is_required: bool = False
    is_personal: bool = False
    orders: tuple[tuple[str, str], ...] = ()
    signs: dict[str, int] | None = None
    parent: tuple[str, str] | None = ("lease_id", "leases")
    retention_months: int = 36

    def column(self, name: str) -> Column:
        """The column called `name` in the contract."""
        return next(column for column in self.columns if column.name == name)

    @property
    def stored_columns(self) -> list[str]:
        """Column names inside the service, in contract order."""
        return [column.stored for column in self.columns]

    def schema(self) -> pa.DataFrameSchema:
        """Pandera schema of the stored form of one batch: presence, codes, bounds. Values are already parsed."""
        return pa.DataFrameSchema(
            {c.stored: pa.Column(None, c.checks(), nullable=not c.required, required=True) for c in self.columns},
            name=self.name,
        )
