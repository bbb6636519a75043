"""Election packages and protocols as files: read with every problem at once, and written."""

from tabulator.package.problems import MESSAGES, problem_as_dict, say
from tabulator.package.protocols import protocol_row, read_protocols, write_protocols
from tabulator.package.register import read_package
from tabulator.package.table import header_of, write_csv

__all__ = [
    "MESSAGES",
    "header_of",
    "problem_as_dict",
    "protocol_row",
    "read_package",
    "read_protocols",
    "say",
    "write_csv",
    "write_protocols",
]
