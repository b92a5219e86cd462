"""The way out: what is replaced, by whom it was decided, and what leaves."""
