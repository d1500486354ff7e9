"""Who is on the list of a unit for a week, and why: rules of law first, then scores up to capacity, timing-only debts set aside.

In: features, scores and rights of one landlord as of a Sunday, last week's lists. Out: frozen lists. Pure but for `freezing`,
which keeps lists in the register.
"""
