"""Step 2: before and during a take."""
