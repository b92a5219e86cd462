"""What turns sound into the features a decoder reads: two ways to compute the same encoder, and which is the faster one here.

In 8 bits it is the faster one wherever the processor multiplies bytes well, and costs no sentence (tests/unit/transcription/
test_eight_bits.py); elsewhere float32 is. So a moment's trial on the machine itself decides, once for each model, processor,
library and number of threads; its answer is kept beside the converted model. CTranslate2's own in 8 bits was the slower one.
"""

import json
import platform
import secrets
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

INT8, FLOAT32 = "torch-int8", "torch-float32"

Encode = Callable[[Any], Any]
"""A spectrogram (torch, float32, bands x 3000) to features (CTranslate2's view of 1 x 1500 x width)."""
Make = Callable[[int | None], Encode]
"""An encoder of so many layers of the model's (None: all): one is enough to tell which kind is the faster."""

_FRAMES = 3000
_TRIALS = 2
_FILE = "encoder.json"


def by_torch(
    dimensions: Mapping[str, int], tensors: Mapping[str, Any], kind: str = INT8, layers: int | None = None
) -> Encode:
    """Whisper's own encoder; its linear layers, when they shall be in 8 bits, are never there in full."""
    import torch

    torch.backends.quantized.engine = _kernels(torch.backends.quantized.supported_engines)
    module = _built(dimensions, layers or dimensions["n_audio_layer"])
    _fill(module, tensors, "encoder.", in_8_bits=kind == INT8)

    def encode(mel: Any) -> Any:
        with torch.inference_mode():
            return view_of(module(mel.unsqueeze(0)))

    return encode


def view_of(tensor: Any) -> Any:
    """A torch tensor as CTranslate2 takes it; both look at the same numbers."""
    from ctranslate2 import StorageView

    return StorageView.from_array(tensor.contiguous().numpy())


def fastest(makers: Mapping[str, Make], bands: int, folder: Path, threads: int) -> tuple[str, Encode]:
    """The fastest encoder's name and itself: as it was found before, or tried out now on one layer."""
    here = _circumstances(threads)
    known = _remembered(folder, here)
    if known not in makers:
        times = {name: _seconds(make(1), bands) for name, make in makers.items()}
        known = min(times, key=lambda name: times[name])
        _remember(folder, {"encoder": known, "here": here, "seconds": times})
    return known, makers[known](None)


def _kernels(supported: Sequence[str]) -> str:
    return next(one for one in ("x86", "onednn", "qnnpack", *supported) if one in supported)


def _built(dimensions: Mapping[str, int], layers: int) -> Any:
    """Whisper's encoder, its layers without any numbers.

    Only they are made on the meta device: what comes before them counts positions, and to count there torch loads its compiler,
    which takes 150 MB and three seconds and is never asked for anything.
    """
    import torch
    from whisper.model import AudioEncoder, ResidualAttentionBlock

    bands, context, width, heads = (dimensions[f"n_{one}"] for one in ("mels", "audio_ctx", "audio_state", "audio_head"))
    module = AudioEncoder(bands, context, width, heads, 0)
    with torch.device("meta"):
        module.blocks = torch.nn.ModuleList(ResidualAttentionBlock(width, heads) for _ in range(layers))
    return module.eval()


def _fill(module: Any, tensors: Mapping[str, Any], prefix: str, *, in_8_bits: bool) -> None:
    """Give a module built of nothing its numbers."""
    import torch

    own = {name for name, _ in (*module.named_parameters(recurse=False), *module.named_buffers(recurse=False))}
    if own:
        module.load_state_dict({name: tensors[prefix + name].float() for name in own}, strict=False, assign=True)
    for name, child in module.named_children():
        if in_8_bits and isinstance(child, torch.nn.Linear):
            setattr(module, name, _in_8_bits(tensors[f"{prefix}{name}.weight"], tensors.get(f"{prefix}{name}.bias")))
        else:
            _fill(child, tensors, f"{prefix}{name}.", in_8_bits=in_8_bits)


def _in_8_bits(weight: Any, bias: Any) -> Any:
    """A linear layer with 8 bits for each weight; what flows through it is brought to 8 bits in each call.

    https://docs.pytorch.org/docs/stable/generated/torch.ao.nn.quantized.dynamic.Linear.html
    """
    import torch
    from torch.ao.nn.quantized.dynamic import Linear
    from torch.ao.quantization import default_dynamic_qconfig

    with torch.device("meta"):
        plain = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None)
    plain.weight = torch.nn.Parameter(weight.float(), requires_grad=False)
    if bias is not None:
        plain.bias = torch.nn.Parameter(bias.float(), requires_grad=False)
    plain.qconfig = default_dynamic_qconfig
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its successor, torchao, is slower on plain processors, and one more dependency
        return Linear.from_float(plain)


def _seconds(encode: Encode, bands: int) -> float:
    """Of the quickest of a few runs, after one that warms up."""
    import torch

    sound = torch.randn(bands, _FRAMES, generator=torch.Generator().manual_seed(0))
    encode(sound)
    took = []
    for _ in range(_TRIALS):
        began = time.process_time()
        encode(sound)
        took.append(time.process_time() - began)
    return min(took)


def _circumstances(threads: int) -> str:
    import ctranslate2
    import torch

    processor = torch.backends.cpu.get_cpu_capability()
    return f"{platform.machine()} {processor} torch {torch.__version__} ctranslate2 {ctranslate2.__version__} {threads}"


def _remembered(folder: Path, here: str) -> str:
    try:
        kept = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return str(kept["encoder"]) if kept["here"] == here else ""
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def _remember(folder: Path, found: dict[str, Any]) -> None:
    """What cannot be written down is tried out again the next time."""
    fresh = folder / f".{secrets.token_hex(8)}.unfinished"
    with suppress(OSError):
        fresh.write_text(json.dumps(found), encoding="utf-8")
        fresh.replace(folder / _FILE)
