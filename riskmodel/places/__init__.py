"""Partners' places: what is left of every limit on a day, who is served under all of them at once, and bookings that never exceed them."""
