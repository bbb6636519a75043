"""A sample election: an invented register, invented votes, and faults whose findings are known."""

from tabulator.sample.register import FEWEST, PRECINCTS
from tabulator.sample.write import write_sample

__all__ = ["FEWEST", "PRECINCTS", "write_sample"]
