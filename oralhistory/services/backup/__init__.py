"""Backups: made, read again, proved and brought back."""
