"""tabulator: from the protocols of precinct election commissions to the national result."""
