"""The encrypted database: one SQLCipher file that holds everything of an archive but the sound and its keys."""
