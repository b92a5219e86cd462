"""The inspector child on good and bad model files, and the folder of models that relies on it."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import torch
from whisper import _MODELS

from oralhistory.errors import MalformedInput, NotFound
from oralhistory.transcription import official
from oralhistory.transcription.models import ModelStore
from oralhistory.workers.inspecting import inspect_model


class Bomb:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.mark,))


def test_the_fixture_model_is_added_and_is_no_official_one(fixture_model: Path, tmp_path: Path) -> None:
    added = ModelStore(tmp_path / "models", inspect_model).add(fixture_model, "tiny-interview")
    assert added.sha256 == hashlib.sha256(fixture_model.read_bytes()).hexdigest()
    assert (added.official, added.size) == (None, fixture_model.stat().st_size)
    assert added.path.read_bytes() == fixture_model.read_bytes()


def test_a_hostile_file_runs_nothing_and_leaves_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    torch.save({"dims": {}, "model_state_dict": {}, "bomb": Bomb(mark)}, tmp_path / "bomb.pt")
    with pytest.raises(MalformedInput) as caught:
        ModelStore(tmp_path / "models", inspect_model).add(tmp_path / "bomb.pt", "bomb")
    assert caught.value.happened and caught.value.safe
    assert not mark.exists() and not (tmp_path / "models").exists()


def test_an_absent_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        inspect_model(tmp_path / "absent.pt")


def test_official_models_are_known_by_checksum() -> None:
    tiny = _MODELS["tiny"].split("/")[-2]
    assert official.official_name(tiny) == "tiny"
    assert official.official_name(_MODELS["turbo"].split("/")[-2]) == "large-v3-turbo"
    assert official.official_name("0" * 64) is None
    assert official.alignment_heads("0" * 64) is None


@pytest.mark.parametrize("name", ["tiny", "small.en", "large-v3-turbo"])
def test_alignment_heads_fit_their_model(name: str) -> None:
    from whisper.model import ModelDimensions, Whisper

    layers, heads = {"tiny": (4, 6), "small.en": (12, 12), "large-v3-turbo": (4, 20)}[name]
    model = Whisper(ModelDimensions(80, 1500, 4 * heads, heads, 1, 51865, 448, 4 * heads, heads, layers))
    found = official.alignment_heads(_MODELS[name].split("/")[-2])
    assert found is not None
    model.set_alignment_heads(found)
    assert tuple(model.alignment_heads.shape) == (layers, heads)
    assert model.alignment_heads._nnz() > 0
