"""The archive itself: opening and locking, ways in, days, staff, what stands in it."""
