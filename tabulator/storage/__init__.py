"""What is kept, and how it is read back. SQLAlchemy Core; no Flask."""
