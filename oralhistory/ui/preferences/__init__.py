"""The person's own settings, and the speech models."""
