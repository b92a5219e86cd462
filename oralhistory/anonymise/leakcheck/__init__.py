"""The leak check: an independent reader of finished files that looks for what may not leave."""
