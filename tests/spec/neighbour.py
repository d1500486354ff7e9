"""The lease that is drawn, and a neighbour with a line in every table: so each table was delivered."""

from datetime import date, datetime

from tests.lakes import Rows

LEASE = {
    "lease_id": "B1",
    "dwelling_id": "L1",
    "household_id": "M1",
    "signed_on": date(2020, 1, 2),
    "start_date": date(2020, 1, 5),
    "occupancy": "tenant",
    "rent_term": "in_advance",
    "due_day": 5,
    "payment_method": "direct_debit",
}
NEIGHBOUR: Rows = {
    "dwellings": [{"dwelling_id": "L1", "management_unit": "UG1"}, {"dwelling_id": "L2", "management_unit": "UG2"}],
    "leases": [LEASE | {"lease_id": "B2", "dwelling_id": "L2", "household_id": "M2"}],
    "entries": [
        {
            "entry_id": "V1",
            "lease_id": "B2",
            "booked_on": date(2020, 2, 5),
            "value_on": date(2020, 2, 5),
            "period": "2020-02",
            "kind": "rent",
            "amount_cents": 400_00,
        }
    ],
    "benefits": [
        {
            "lease_id": "B2",
            "month": "2020-02",
            "kind": "apl",
            "amount_cents": 100_00,
            "paid_to": "landlord",
            "state": "open",
            "known_on": date(2020, 2, 20),
        }
    ],
    "contacts": [
        {
            "contact_id": "VC1",
            "lease_id": "B2",
            "contacted_at": datetime(2020, 2, 3, 10),
            "channel": "phone",
            "direction": "inbound",
            "outcome": "reached",
            "topic": "other",
        }
    ],
    "obligations": [
        {
            "obligation_id": "VO1",
            "lease_id": "B2",
            "kind": "ops_survey",
            "requested_on": date(2020, 2, 3),
            "due_on": date(2020, 3, 3),
        }
    ],
    "plans": [
        {
            "plan_id": "VP1",
            "lease_id": "B2",
            "framework": "amicable",
            "signed_on": date(2020, 2, 3),
            "first_due_on": date(2020, 3, 5),
            "instalment_cents": 10_00,
            "instalments": 10,
            "debt_included_cents": 100_00,
            "ended_on": date(2021, 1, 5),
            "end_reason": "completed",
        }
    ],
    "procedures": [{"step_id": "VS1", "lease_id": "B2", "step": "reminder", "dated": date(2020, 2, 20)}],
    "overindebtedness": [{"lease_id": "B2", "step": "closed", "dated": date(2020, 2, 3)}],
    "balances": [{"lease_id": "B2", "as_of": date(2020, 2, 28), "balance_cents": 400_00}],
}
