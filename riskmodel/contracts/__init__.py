"""The input contract, version 1: eleven canonical tables, one module each.

In: nothing. Out: `TABLES`, in the order in which a delivery is read (parents before children).
Docs (`docs/contract.md`), pandera schemas, storage types and fault messages all derive from here.
"""

from riskmodel.contracts.balances import BALANCES
from riskmodel.contracts.benefits import BENEFITS
from riskmodel.contracts.contacts import CONTACTS
from riskmodel.contracts.dwellings import DWELLINGS
from riskmodel.contracts.entries import ENTRIES
from riskmodel.contracts.leases import LEASES
from riskmodel.contracts.obligations import OBLIGATIONS
from riskmodel.contracts.overindebtedness import OVERINDEBTEDNESS
from riskmodel.contracts.plans import PLANS
from riskmodel.contracts.procedures import PROCEDURES
from riskmodel.contracts.table import Column, Table
from riskmodel.contracts.tenants import TENANTS

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DWELLINGS,
        LEASES,
        ENTRIES,
        BENEFITS,
        CONTACTS,
        OBLIGATIONS,
        PLANS,
        PROCEDURES,
        OVERINDEBTEDNESS,
        TENANTS,
        BALANCES,
    )
}

__all__ = ["TABLES", "Column", "Table"]
