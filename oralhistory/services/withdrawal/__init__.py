"""What a narrator takes back: what follows from it, up to destruction beyond recovery."""
