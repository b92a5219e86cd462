"""The engines by name; each is one file behind the same protocol, imported when it is asked for."""

from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.transcription.transcriber import Transcriber


def engine(name: str) -> Transcriber:
    """A new engine of that name, nothing loaded yet. MalformedInput when there is none."""
    if name == "whisper":
        from oralhistory.transcription.whisper_engine import WhisperEngine

        return WhisperEngine()
    raise MalformedInput(
        tr("There is no transcription engine called {name}.", name=name), todo=tr("The engine that is there: whisper.")
    )
