"""The trail: what records a change, and what finds one that was not recorded."""

from tabulator.audit.chain import MAIN, Break, Entry, chain_of, first_break, record

__all__ = ["MAIN", "Break", "Entry", "chain_of", "first_break", "record"]
