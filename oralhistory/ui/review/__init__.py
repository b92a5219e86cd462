"""Step 3: the draft and its correction against the sound."""
