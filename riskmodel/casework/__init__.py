"""What people do with a list: read, decide, take back, approve, and follow the cases that this opens."""
