"""What people do with a list: read, decide, take back, approve, and follow the cases that this opens.

In: the register's session, frozen lists, acts of accounts at an instant. Out: decisions, reviews, cases and capacities kept in
the register; what the next lists leave out and bring forward; edited workbooks compared.
"""
