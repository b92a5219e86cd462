"""Model files: the good one is read whole, everything else is refused before anything of it is built or run."""

import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from oralhistory.errors import MalformedInput
from oralhistory.transcription import checkpoint

Changed = Callable[[Callable[[dict[str, Any]], object]], Path]


class Bomb:
    """A pickle that creates a file when it is loaded carelessly."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.mark,))


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    from tests.conftest import ROOT

    loaded: dict[str, Any] = torch.load(ROOT / "resources" / "demo" / "tiny-interview.pt", weights_only=True)
    return loaded


@pytest.fixture
def changed(content: dict[str, Any], tmp_path: Path) -> Changed:
    """A copy of the fixture model's file with a change made to what it holds."""

    def save(change: Callable[[dict[str, Any]], object]) -> Path:
        copy = {"dims": dict(content["dims"]), "model_state_dict": dict(content["model_state_dict"])}
        change(copy)
        torch.save(copy, tmp_path / "changed.pt")
        return tmp_path / "changed.pt"

    return save


def read(path: Path) -> checkpoint.Checkpoint:
    with path.open("rb") as file:
        return checkpoint.read(file)


def refused(path: Path) -> None:
    with pytest.raises(MalformedInput):
        read(path)


def test_the_fixture_model_is_read(fixture_model: Path, content: dict[str, Any]) -> None:
    found = read(fixture_model)
    assert found.dimensions == content["dims"]
    assert all(torch.equal(found.tensors[name], tensor) for name, tensor in content["model_state_dict"].items())


def test_the_expected_shapes_are_whispers_own() -> None:
    from whisper.model import ModelDimensions, Whisper

    dimensions = {"n_mels": 128, "n_audio_ctx": 1500, "n_audio_state": 32, "n_audio_head": 4, "n_audio_layer": 3,
                  "n_vocab": 51866, "n_text_ctx": 448, "n_text_state": 32, "n_text_head": 2, "n_text_layer": 1}  # fmt: skip
    built = Whisper(ModelDimensions(**dimensions)).state_dict()
    assert checkpoint.expected_shapes(dimensions) == {name: tuple(tensor.shape) for name, tensor in built.items()}


def test_a_name_that_now_leads_elsewhere_changes_nothing(changed: Changed, tmp_path: Path) -> None:
    path = changed(lambda copy: copy.update(more=1))
    with path.open("rb") as file:
        path.rename(tmp_path / "away.pt")
        path.write_bytes(b"something else")
        assert checkpoint.read(file).dimensions["n_audio_state"] == 64


@pytest.mark.parametrize(
    "change",
    [
        lambda copy: copy.pop("dims"),
        lambda copy: copy.update(dims=[80]),
        lambda copy: copy["dims"].pop("n_mels"),
        lambda copy: copy["dims"].update(extra=1),
        lambda copy: copy["dims"].update(n_audio_layer=10**9),
        lambda copy: copy["dims"].update(n_text_layer=True),
        lambda copy: copy["dims"].update(n_audio_state=2**40, n_text_state=2**40),
        lambda copy: copy["dims"].update(n_audio_head=0),
        lambda copy: copy["dims"].update(n_text_head=3),
        lambda copy: copy["dims"].update(n_mels=80.0),
        lambda copy: copy["dims"].update(n_vocab=1000),
        lambda copy: copy["dims"].update(n_text_layer=3),
        lambda copy: copy["model_state_dict"].pop("decoder.ln.bias"),
        lambda copy: copy["model_state_dict"].update(surplus=torch.zeros(1)),
        lambda copy: copy["model_state_dict"].update({"decoder.ln.bias": torch.zeros(65)}),
        lambda copy: copy["model_state_dict"].update({"decoder.ln.bias": torch.zeros(64, dtype=torch.int64)}),
        lambda copy: copy["model_state_dict"].update({"decoder.ln.bias": torch.zeros(64).to_sparse()}),
        lambda copy: copy["model_state_dict"].update({"decoder.ln.bias": [0.0] * 64}),
        lambda copy: copy["model_state_dict"].update(
            {"decoder.token_embedding.weight": torch.zeros(1, 1).expand(51865, 64).to(torch.float32)}
        ),
        lambda copy: copy.update(model_state_dict=None),
    ],
    ids=range(20),
)
def test_what_does_not_fit_its_dimensions_is_refused(
    changed: Changed, change: Callable[[dict[str, Any]], object]
) -> None:
    refused(changed(change))


def test_code_in_a_pickle_is_not_run(changed: Changed, tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    path = changed(lambda copy: copy.update(more=Bomb(mark)))
    refused(path)
    assert not mark.exists()
    with pytest.raises(FileNotFoundError):
        mark.stat()
    torch.load(path, weights_only=False)
    assert mark.exists(), "the bomb is a real one"


def test_a_bare_pickle_is_refused_unread(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    (tmp_path / "bare.pt").write_bytes(pickle.dumps(Bomb(mark)))
    refused(tmp_path / "bare.pt")
    assert not mark.exists()


@pytest.mark.parametrize("kept", [0, 3, 100, 5_000_000, -1])
def test_a_truncated_file_is_refused(fixture_model: Path, tmp_path: Path, kept: int) -> None:
    (tmp_path / "short.pt").write_bytes(fixture_model.read_bytes()[:kept])
    refused(tmp_path / "short.pt")


def test_a_file_that_swells_is_refused(fixture_model: Path, tmp_path: Path) -> None:
    with (
        zipfile.ZipFile(fixture_model) as whole,
        zipfile.ZipFile(tmp_path / "x.pt", "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for entry in whole.infolist():
            packed.writestr(entry.filename, whole.read(entry))
    refused(tmp_path / "x.pt")


@pytest.mark.parametrize("wrong", [b"", b"RIFF....WAVE", b"PK\x03\x04", b"PK\x03\x04" + bytes(4000)])
def test_other_files_are_refused(tmp_path: Path, wrong: bytes) -> None:
    (tmp_path / "wrong.pt").write_bytes(wrong)
    refused(tmp_path / "wrong.pt")


def test_a_document_in_a_zip_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "document.pt", "w") as archive:
        archive.writestr("word/document.xml", "<xml/>")
    refused(tmp_path / "document.pt")
