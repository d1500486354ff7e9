"""Partners' places: what is left of every limit, who is served under all of them at once, bookings that never exceed one.

In: the register's session, checked schemes, and requests with their priorities.
Out: offers (what each partner can still take), an exact allocation with what each unserved request lacked, booked measures.
"""
