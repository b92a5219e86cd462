"""Oral history: records survivors' testimony, keeps it sealed, and publishes only what each narrator allowed."""

__version__ = "0.1.0"
