"""Step 4: decisions, the text as it would leave, the export."""
