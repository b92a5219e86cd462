"""What happened to an interview, and taking consent back."""
