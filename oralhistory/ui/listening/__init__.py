"""Listening to find a passage: where it begins, where it ends."""
