"""The review application: thin views over frozen lists, casework, access and people."""
