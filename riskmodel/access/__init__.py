"""Who may enter, what each may do, and what they did: accounts, sessions, one policy, one chained log."""
