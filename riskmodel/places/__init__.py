"""Partners' places: what is left of every limit, who is served under all of them at once, bookings that never exceed one.

In: the register's session, checked schemes, what a landlord writes about its partners, referrals that wait with their facts.
Out: offers (`stock`); an exact allocation with what each unserved request lacked (`allocation`), in the declared order of
`turns`; booked measures (`booking`).
"""
