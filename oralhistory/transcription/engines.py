"""The engines by name; each is one file behind the same protocol, imported when it is asked for."""

from pathlib import Path

from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr
from oralhistory.transcription.transcriber import Transcriber


def engine(name: str, converted: Path) -> Transcriber:
    """A new engine of that name, nothing loaded yet. MalformedInput when there is none.

    `converted` is the folder where an engine may keep models in a form of its own.
    """
    if name == "whisper":
        from oralhistory.transcription.whisper_engine import WhisperEngine

        return WhisperEngine()
    if name in ("fast", "light"):
        from oralhistory.transcription.conversions import Conversions
        from oralhistory.transcription.fast_engine import FastEngine

        return FastEngine(Conversions(converted), name)
    raise MalformedInput(
        tr("There is no transcription engine called {name}.", name=name),
        todo=tr("The engines that are there: whisper, fast, light."),
    )
