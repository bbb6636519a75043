"""People and doors: accounts, passwords, second steps, sessions, tokens, and guessing."""
