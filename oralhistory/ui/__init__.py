"""The window: the only room that knows Qt. Pages ask services and show what they answer; no rule is decided here."""
