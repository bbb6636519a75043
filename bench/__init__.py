"""Measurements: each prints a ratio against a named rival or limit, taken in the same run."""
