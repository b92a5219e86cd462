"""The encrypted database: one SQLCipher file that holds everything of an archive but the sound and its keys."""

from oralhistory.storage.store import Database, open_store

__all__ = ["Database", "open_store"]
