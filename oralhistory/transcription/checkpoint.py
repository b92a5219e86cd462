"""A Whisper checkpoint as a file: what it must hold before a model is built from it.

Refused: a file that is no uncompressed archive of tensors, a pickle that wants more than tensors (nothing of it is run),
dimensions Whisper never had, and tensors that do not fit those dimensions or are larger than the file.
"""

import pickle
import sys
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

_WINDOW_CONTEXT = 1500
_TEXT_CONTEXT = 448
_MEL_BANDS = {80, 128}
_VOCABULARIES = {51864, 51865, 51866}
"""English only, multilingual, multilingual with Cantonese: whisper/model.py, `is_multilingual` and `num_languages`."""
_WIDEST, _MOST_HEADS, _DEEPEST = 4096, 64, 64
_DIMENSIONS = (
    "n_mels", "n_audio_ctx", "n_audio_state", "n_audio_head", "n_audio_layer",
    "n_vocab", "n_text_ctx", "n_text_state", "n_text_head", "n_text_layer",
)  # fmt: skip
_MOST_ENTRIES = 10_000
_LONGEST_PICKLE = 8 << 20

_FAULTS_OF_THE_FILE = (
    RuntimeError, ValueError, TypeError, LookupError, AttributeError, EOFError, OverflowError, AssertionError,
    MemoryError, pickle.UnpicklingError, zipfile.BadZipFile,
)  # fmt: skip
"""What zipfile and torch raise over bytes they cannot make sense of."""

Shape = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Checked: building a model of `dimensions` and loading `tensors` into it works. Tensors are torch's, on the CPU."""

    dimensions: dict[str, int]
    tensors: dict[str, Any]


def read(file: IO[bytes]) -> Checkpoint:
    """The checkpoint in the open `file`, its tensors mapped where the system can. MalformedInput when it is none."""
    try:
        size = _check_archive(file)
        content = _loaded(file)
        dimensions, tensors = content["dims"], content["model_state_dict"]
        fits = _are_whispers(dimensions) and _fit(tensors, dimensions, size)
    except _FAULTS_OF_THE_FILE:
        raise _no_model() from None
    if not fits:
        raise _no_model()
    return Checkpoint(dict(dimensions), dict(tensors))


def expected_shapes(dimensions: Mapping[str, int]) -> dict[str, Shape]:
    """The name and shape of every tensor in a checkpoint of these dimensions, as whisper/model.py builds it."""
    audio, text = dimensions["n_audio_state"], dimensions["n_text_state"]
    shapes: dict[str, Shape] = {
        "encoder.positional_embedding": (dimensions["n_audio_ctx"], audio),
        "encoder.conv1.weight": (audio, dimensions["n_mels"], 3),
        "encoder.conv1.bias": (audio,),
        "encoder.conv2.weight": (audio, audio, 3),
        "encoder.conv2.bias": (audio,),
        "decoder.positional_embedding": (dimensions["n_text_ctx"], text),
        "decoder.token_embedding.weight": (dimensions["n_vocab"], text),
    }
    shapes |= _norm("encoder.ln_post", audio) | _norm("decoder.ln", text)
    for layer in range(dimensions["n_audio_layer"]):
        shapes |= _block(f"encoder.blocks.{layer}", audio, ("attn",))
    for layer in range(dimensions["n_text_layer"]):
        shapes |= _block(f"decoder.blocks.{layer}", text, ("attn", "cross_attn"))
    return shapes


def _block(name: str, width: int, attentions: tuple[str, ...]) -> dict[str, Shape]:
    shapes = _norm(f"{name}.mlp_ln", width)
    shapes |= _linear(f"{name}.mlp.0", 4 * width, width) | _linear(f"{name}.mlp.2", width, 4 * width)
    for attention in attentions:
        shapes |= _norm(f"{name}.{attention}_ln", width)
        shapes[f"{name}.{attention}.key.weight"] = (width, width)  # Whisper's keys have no bias
        for part in ("query", "value", "out"):
            shapes |= _linear(f"{name}.{attention}.{part}", width, width)
    return shapes


def _norm(name: str, width: int) -> dict[str, Shape]:
    return {f"{name}.weight": (width,), f"{name}.bias": (width,)}


def _linear(name: str, out: int, into: int) -> dict[str, Shape]:
    return {f"{name}.weight": (out, into), f"{name}.bias": (out,)}


def _check_archive(file: IO[bytes]) -> int:
    """The file's size. ValueError unless it is a plain archive that cannot swell when it is opened."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        raise ValueError("no archive")
    size = file.seek(0, 2)
    with zipfile.ZipFile(file) as archive:
        entries = archive.infolist()
    pickles = [entry for entry in entries if entry.filename.endswith(".pkl")]
    plain = all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
    if not plain or len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > size:
        raise ValueError("swells")
    if any(entry.file_size > _LONGEST_PICKLE for entry in pickles):
        raise ValueError("more than names and shapes")
    return size


def _loaded(file: IO[bytes]) -> Any:
    import torch

    file.seek(0)
    mapped = sys.platform == "linux"
    # torch maps only what it opens by name; this name is the file that is open already, whatever became of its path
    source = f"/proc/self/fd/{file.fileno()}" if mapped else file
    return torch.load(source, map_location="cpu", weights_only=True, mmap=mapped)


def _are_whispers(dimensions: Any) -> bool:
    if not isinstance(dimensions, dict) or set(dimensions) != set(_DIMENSIONS):
        return False
    if any(type(value) is not int for value in dimensions.values()):
        return False
    return (
        dimensions["n_mels"] in _MEL_BANDS
        and dimensions["n_audio_ctx"] == _WINDOW_CONTEXT
        and dimensions["n_text_ctx"] == _TEXT_CONTEXT
        and dimensions["n_vocab"] in _VOCABULARIES
        and dimensions["n_audio_state"] == dimensions["n_text_state"]
        and all(_is_stack(dimensions, part) for part in ("audio", "text"))
    )


def _is_stack(dimensions: Mapping[str, int], part: str) -> bool:
    width, heads, layers = (dimensions[f"n_{part}_{what}"] for what in ("state", "head", "layer"))
    if not (0 < width <= _WIDEST and 0 < heads <= _MOST_HEADS and 0 < layers <= _DEEPEST):
        return False
    return width % heads == 0 and width % 4 == 0


def _fit(tensors: Any, dimensions: Mapping[str, int], size: int) -> bool:
    import torch

    expected = expected_shapes(dimensions)
    if not isinstance(tensors, dict) or set(tensors) != set(expected):
        return False
    numbers = {torch.float16, torch.bfloat16, torch.float32}
    for name, shape in expected.items():
        tensor = tensors[name]
        if not isinstance(tensor, torch.Tensor) or tuple(tensor.shape) != shape or tensor.dtype not in numbers:
            return False
        if tensor.layout != torch.strided or tensor.device.type != "cpu":
            return False
    return sum(_bytes_of(tensors.values())) <= size  # a tensor that repeats a few stored numbers would exceed it


def _bytes_of(tensors: Any) -> Iterator[int]:
    return (tensor.nelement() * tensor.element_size() for tensor in tensors)


def _no_model() -> MalformedInput:
    return MalformedInput(
        tr("This file is not a Whisper model this program can use, or it is incomplete."),
        safe=tr("Nothing of it was run, and nothing was changed."),
        todo=tr("Get an official Whisper model file (.pt) and compare its checksum."),
    )
