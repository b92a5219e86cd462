"""Interviews and people: what is known of them, and finding them again."""
