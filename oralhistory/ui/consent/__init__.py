"""Step 1: reading aloud, answering, what is on file."""
