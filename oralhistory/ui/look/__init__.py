"""How the window looks and speaks: tokens, icons, small pieces, words for values."""
