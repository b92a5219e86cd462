"""CTranslate2's own encoder: what the program's encoders are compared with."""

from typing import Any

from oralhistory.transcription.encoders import Encode, view_of


def by_ct2(model: Any) -> Encode:
    """The encoder inside an open `ctranslate2.models.Whisper`."""

    def encode(mel: Any) -> Any:
        return model.encode(view_of(mel.unsqueeze(0)))

    return encode
