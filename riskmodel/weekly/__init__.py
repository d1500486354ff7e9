"""Who is on Monday's list and why: suppression, capacity, changes, freeze.

In: scores and features. Out: frozen list rows in the register.
"""
