"""Official documents: facts come in, the bytes of a PDF go out. No database, no clock."""
