"""What the machine proposes, one kind of detector a file; each sees one segment and decides nothing."""
