"""Who works here: accounts, organisations, roles with start and end, and what each role may do."""
