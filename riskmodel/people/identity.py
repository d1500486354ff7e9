"""Who lives behind a lease: the names, telephone and address of one household, read when somebody asks and kept nowhere."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb

from riskmodel.contracts import TABLES
from riskmodel.contracts.tenants import ROLES
from riskmodel.lake import Source
from riskmodel.lake.read import visible

HOLDERS = ("holder", "co_holder")

_HERE = """
SELECT DISTINCT role, last_name, first_names, birth_date, phone, email, address_line, postcode, city, representative
FROM ({tenants})
WHERE lease_id = ? AND role IN ('holder', 'co_holder') AND deceased_on IS NULL AND left_on IS NULL
ORDER BY role DESC, last_name, first_names
"""
_ALL = "SELECT * EXCLUDE (bucket) FROM ({tenants}) WHERE lease_id = ? ORDER BY role, tenant_id"


@dataclass(frozen=True)
class Identity:
    """Holders of a lease who still live there: `names` in full and, in the same order, their `births` where delivered; `phones`
    and `emails` as delivered, `address` in lines."""

    names: tuple[str, ...]
    phones: tuple[str, ...]
    emails: tuple[str, ...]
    address: tuple[str, ...]
    is_represented: bool
    births: tuple[date | None, ...] = ()


def identity(source: Source, lease_id: str, as_of: date) -> Identity:
    """The holders of a lease as known at the end of `as_of`; everything empty when the landlord delivers no tenants."""
    people = _rows(source, _HERE, lease_id, as_of)
    return Identity(
        names=tuple(" ".join(filter(None, (one["first_names"], one["last_name"]))) for one in people),
        phones=_distinct(one["phone"] for one in people),
        emails=_distinct(one["email"] for one in people),
        address=_address(people[0]) if people else (),
        is_represented=any(one["representative"] for one in people),
        births=tuple(one["birth_date"] for one in people),
    )


def holders(source: Source, lease_id: str, as_of: date) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """All that is held about the holders of a lease, past ones included, and how many others there are by role.

    Occupants and guarantors have a right of access of their own: what is held about them is given to nobody else.
    """
    people = _rows(source, _ALL, lease_id, as_of)
    others = [ROLES[one["role"]] for one in people if one["role"] not in HOLDERS]
    return [one for one in people if one["role"] in HOLDERS], {role: others.count(role) for role in dict.fromkeys(others)}


def _rows(source: Source, sql: str, lease_id: str, as_of: date) -> list[dict[str, Any]]:
    with duckdb.connect() as con:
        found = con.execute(sql.format(tenants=visible(source, TABLES["tenants"], as_of)), [lease_id])
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _distinct(values: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _address(person: dict[str, Any]) -> tuple[str, ...]:
    town = " ".join(filter(None, (person["postcode"], person["city"])))
    return tuple(line for line in (person["address_line"], town) if line)
