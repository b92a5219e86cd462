"""Hearing an interview's sound, and finding a passage in it: where it begins, where it ends."""
