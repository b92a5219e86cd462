"""How the tests' small Whisper checkpoint was made: speech synthesis, training, held-out speech, measuring.

Run the modules from `tests/tools`, for instance `python -m fixture_model.train corpus`.
"""
