"""Partners' places: what is left of every limit, who is served under all of them at once, bookings that never exceed one."""
