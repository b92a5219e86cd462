"""The published Whisper models, known by their checksum alone: the library's table of addresses holds every SHA-256.

Nothing here opens a connection. Refused: taking a name for proof; only the file's own bytes say what it is.
"""


def official_name(sha256: str) -> str | None:
    """The published name of the model with this checksum, or None."""
    import whisper

    # "large" and "turbo" are second names of the same files; the first one given is the exact one.
    return next((name for name, url in whisper._MODELS.items() if url.split("/")[-2] == sha256), None)


def alignment_heads(sha256: str) -> bytes | None:
    """Which attention heads follow the words in time, as `set_alignment_heads` takes them; None for unknown models."""
    import whisper

    name = official_name(sha256)
    return None if name is None else whisper._ALIGNMENT_HEADS[name]
