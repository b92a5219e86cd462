"""A Whisper checkpoint as CTranslate2 wants it: the same numbers under other names, all of it or the decoder alone.

Which tensor becomes which was found by comparing whisper/model.py with ctranslate2/specs/whisper_spec.py, and is proven by the
tests: in float32 both compute the same tokens. Only what `checkpoint.read` has checked comes here.
"""

import base64
import gzip
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from oralhistory.transcription.checkpoint import Checkpoint

FLOAT32 = "float32"
DECODER = "decoder"
"""The decoder alone, its numbers as exact as in the checkpoint; computed with in float32."""
DECODER_IN_8_BITS = "decoder-int8"
"""The decoder alone, 8 bits for each number of its matrices."""
KINDS = (DECODER, DECODER_IN_8_BITS)
"""Every kind that an engine has its model in."""

_CONVOLUTIONS = ("conv1", "conv2")
_LEAST = 4
"""Numbers in a row that every way of computing takes."""

Heads = list[tuple[int, int]]
"""Decoder layer and head, each pair one whose attention follows the words in time."""


def write(checkpoint: Checkpoint, folder: Path, kind: str, heads: Heads) -> None:
    """Write the model into the existing `folder` as `kind`. OSError: a full disk.

    One of the decoders, or all of it in numbers of a kind that CTranslate2 knows, such as FLOAT32.
    """
    from ctranslate2.specs import whisper_spec

    dimensions, weights = checkpoint.dimensions, kind
    alone = kind in KINDS
    if alone:
        exact = "float16" if _is_half(checkpoint) else FLOAT32
        weights = exact if kind == DECODER else "int8_float32"
        dimensions = {**dimensions, "n_audio_layer": 1}
    spec = whisper_spec.WhisperSpec(*(
        dimensions[name] for name in ("n_audio_layer", "n_audio_head", "n_text_layer", "n_text_head")
    ))  # fmt: skip
    tensors = _Tensors(checkpoint.tensors)
    if alone:
        _set_stand_in(spec.encoder, dimensions)
    else:
        _set_encoder(spec.encoder, tensors)
    _set_decoder(spec.decoder, tensors)
    _configure(spec, dimensions, heads)
    spec.validate()
    convolutions = {name: np.array(getattr(spec.encoder, name).weight.numpy(), np.float32) for name in _CONVOLUTIONS}
    spec.optimize(weights)
    for name, weight in convolutions.items():
        _keep_whole(getattr(spec.encoder, name), weight)
    spec.save(str(folder))


def _is_half(checkpoint: Checkpoint) -> bool:
    """Whether 16 bits hold every number exactly."""
    import torch

    return all(tensor.dtype == torch.float16 for tensor in checkpoint.tensors.values())


def default_heads(dimensions: Mapping[str, int]) -> Heads:
    """All heads of the upper half of the decoder: whisper/model.py, for models it does not know."""
    layers = range(dimensions["n_text_layer"] // 2, dimensions["n_text_layer"])
    return [(layer, head) for layer in layers for head in range(dimensions["n_text_head"])]


def published_heads(dump: bytes, dimensions: Mapping[str, int]) -> Heads:
    """The heads in the form `official.alignment_heads` has them: whisper/model.py, `set_alignment_heads`."""
    known = np.frombuffer(gzip.decompress(base64.b85decode(dump)), dtype=bool)
    table = known.reshape(dimensions["n_text_layer"], dimensions["n_text_head"])
    return [(int(layer), int(head)) for layer, head in np.argwhere(table)]


class _Tensors:
    """A checkpoint's tensors as arrays; nothing is copied that need not be."""

    def __init__(self, tensors: Mapping[str, Any]) -> None:
        self._tensors = tensors

    def __call__(self, name: str) -> NDArray[Any]:
        import torch

        tensor = self._tensors[name]
        if tensor.dtype == torch.bfloat16:
            tensor = tensor.float()
        array: NDArray[Any] = tensor.contiguous().numpy()
        # What is in float32 already would be scaled where it lies when it is made 8 bits: in the person's own file.
        return array.copy() if array.dtype == np.float32 else array

    def joined(self, *names: str) -> NDArray[Any]:
        return np.concatenate([self(name) for name in names])


def _set_encoder(spec: Any, tensors: _Tensors) -> None:
    for name in _CONVOLUTIONS:
        convolution = getattr(spec, name)
        convolution.weight, convolution.bias = tensors(f"encoder.{name}.weight"), tensors(f"encoder.{name}.bias")
    spec.position_encodings.encodings = tensors("encoder.positional_embedding")
    _set_norm(spec.layer_norm, tensors, "encoder.ln_post")
    for number, layer in enumerate(spec.layer):
        _set_block(layer, tensors, f"encoder.blocks.{number}")


def _set_stand_in(spec: Any, dimensions: Mapping[str, int]) -> None:
    """CTranslate2 opens no model without an encoder. This one is of zeros and next to nothing in size; nobody asks it.

    Only its last norm has the model's own width: by that CTranslate2 knows what was encoded already.
    """

    def zeros(*shape: int) -> NDArray[np.float32]:
        return np.zeros(shape, np.float32)

    (layer,) = spec.layer
    linears = (*layer.self_attention.linear, layer.ffn.linear_0, layer.ffn.linear_1)
    for linear, out in zip(linears, (3 * _LEAST, _LEAST, _LEAST, _LEAST), strict=True):
        linear.weight, linear.bias = zeros(out, _LEAST), zeros(out)
    for norm in (layer.self_attention.layer_norm, layer.ffn.layer_norm):
        norm.gamma, norm.beta = zeros(_LEAST), zeros(_LEAST)
    for name, into in zip(_CONVOLUTIONS, (dimensions["n_mels"], _LEAST), strict=True):
        convolution = getattr(spec, name)
        convolution.weight, convolution.bias = zeros(_LEAST, into, 3), zeros(_LEAST)
    spec.position_encodings.encodings = zeros(_LEAST, _LEAST)
    spec.layer_norm.gamma, spec.layer_norm.beta = (zeros(dimensions["n_audio_state"]) for _ in range(2))


def _set_decoder(spec: Any, tensors: _Tensors) -> None:
    spec.embeddings.weight = tensors("decoder.token_embedding.weight")
    spec.projection.weight = spec.embeddings.weight
    spec.position_encodings.encodings = tensors("decoder.positional_embedding")
    _set_norm(spec.layer_norm, tensors, "decoder.ln")
    for number, layer in enumerate(spec.layer):
        name = f"decoder.blocks.{number}"
        _set_block(layer, tensors, name)
        _set_norm(layer.attention.layer_norm, tensors, f"{name}.cross_attn_ln")
        asking, heard, out = layer.attention.linear
        _set_linear(asking, tensors, f"{name}.cross_attn.query")
        _set_attended(heard, tensors, f"{name}.cross_attn", "key", "value")
        _set_linear(out, tensors, f"{name}.cross_attn.out")


def _set_block(spec: Any, tensors: _Tensors, name: str) -> None:
    _set_norm(spec.self_attention.layer_norm, tensors, f"{name}.attn_ln")
    _set_attended(spec.self_attention.linear[0], tensors, f"{name}.attn", "query", "key", "value")
    _set_linear(spec.self_attention.linear[1], tensors, f"{name}.attn.out")
    _set_norm(spec.ffn.layer_norm, tensors, f"{name}.mlp_ln")
    _set_linear(spec.ffn.linear_0, tensors, f"{name}.mlp.0")
    _set_linear(spec.ffn.linear_1, tensors, f"{name}.mlp.2")


def _set_attended(spec: Any, tensors: _Tensors, name: str, *parts: str) -> None:
    """Several projections as one, row under row. Whisper's keys have no bias: theirs is zero."""
    spec.weight = tensors.joined(*(f"{name}.{part}.weight" for part in parts))
    some = tensors(f"{name}.value.bias")
    spec.bias = np.concatenate([
        np.zeros_like(some) if part == "key" else tensors(f"{name}.{part}.bias") for part in parts
    ])  # fmt: skip


def _set_linear(spec: Any, tensors: _Tensors, name: str) -> None:
    spec.weight, spec.bias = tensors(f"{name}.weight"), tensors(f"{name}.bias")


def _set_norm(spec: Any, tensors: _Tensors, name: str) -> None:
    spec.gamma, spec.beta = tensors(f"{name}.weight"), tensors(f"{name}.bias")


def _keep_whole(spec: Any, weight: NDArray[np.float32]) -> None:
    """CTranslate2 computes convolutions in float32 always; 8 bits would cost accuracy and gain nothing."""
    from ctranslate2.specs.model_spec import OPTIONAL, NumpyVariable

    spec.weight, spec.weight_scale = NumpyVariable(weight), OPTIONAL


def _configure(spec: Any, dimensions: Mapping[str, int], heads: Heads) -> None:
    tokenizer = tokenizer_of(dimensions, None)
    spec.register_vocabulary(_vocabulary(tokenizer, dimensions["n_vocab"]))
    spec.config.suppress_ids = list(silenced(tokenizer))
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = list(tokenizer.all_language_tokens)
    spec.config.alignment_heads = heads


def languages_of(dimensions: Mapping[str, int]) -> tuple[bool, int]:
    """Whether it knows more than English, and how many languages: whisper/model.py, `is_multilingual`, `num_languages`."""
    multilingual = dimensions["n_vocab"] >= 51_865
    return multilingual, dimensions["n_vocab"] - 51_765 - int(multilingual)


def tokenizer_of(dimensions: Mapping[str, int], language: str | None) -> Any:
    """Whisper's own tokenizer for a model of these dimensions; `language` None is English."""
    from whisper.tokenizer import get_tokenizer

    multilingual, count = languages_of(dimensions)
    return get_tokenizer(multilingual, num_languages=count, language=language or "en", task="transcribe")


def silenced(tokenizer: Any) -> tuple[int, ...]:
    """Tokens that are never written: whisper/decoding.py, `_get_suppress_tokens`."""
    special = ("transcribe", "translate", "sot", "sot_prev", "sot_lm", "no_speech")
    return tuple(sorted({*tokenizer.non_speech_tokens, *(getattr(tokenizer, name) for name in special)}))


def _vocabulary(tokenizer: Any, size: int) -> list[str]:
    """Every token as a text of its own: bytes in the letters GPT-2 writes them with, special tokens by their names."""
    letters = _gpt2_letters()
    special = {number: name for name, number in tokenizer.special_tokens.items()}
    plain = tokenizer.encoding.n_vocab - len(special)
    ordinary = (tokenizer.encoding.decode_single_token_bytes(number) for number in range(plain))
    tokens = ["".join(letters[byte] for byte in token) for token in ordinary]
    return [*tokens, *(special[number] for number in range(plain, size))]


def _gpt2_letters() -> dict[int, str]:
    """A printable letter for each byte: openai/gpt-2, encoder.py, `bytes_to_unicode`."""
    printable = [*range(ord("!"), ord("~") + 1), *range(ord("¡"), ord("¬") + 1), *range(ord("®"), ord("ÿ") + 1)]
    others = [byte for byte in range(256) if byte not in printable]
    return {byte: chr(byte) for byte in printable} | {byte: chr(256 + place) for place, byte in enumerate(others)}
