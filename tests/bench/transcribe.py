"""Transcribing in figures: the fast engines against the reference and against CTranslate2 alone, at the same fixed work.

Checkpoints have the true dimensions of tiny, base and small and numbers drawn by chance. The engines take turns window by
window on one core, each in a process of its own, limited to AVX2 (a plain laptop) and, where the machine has more, natively.
Processor seconds are told, the least of the rounds; an idle machine needs some eight minutes for all of it. faster-whisper itself
is not here: it brings another runtime for networks along, and what it computes is "ct2-int8". Where a target is missed, the
figures say by how much and why. `python3 dev.py bench transcribe`; with sizes behind the file's own name, only those.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # run by its path, like every benchmark

SIZES = {"tiny": (384, 6, 4, 4), "base": (512, 8, 6, 6), "small": (768, 12, 12, 12), "turbo": (1280, 20, 32, 4)}
"""Width, heads, layers of encoder and of decoder: whisper's model card."""
MEMORY_ALONE = "turbo"
"""Only how much memory it takes is measured, and only when it is named: its windows take minutes."""
ROUNDS = {"tiny": 2, "base": 2, "small": 1}
"""Each engine has encoded a window before the first, and decoded a few tokens."""
OURS = ("fast", "light")
"""With a decoder in float32, which errs no more than the reference, and in 8 bits, which does (test_eight_bits.py)."""
OTHERS = ("reference", "ct2-int8")
ENGINES = (*OURS, *OTHERS)
HOW = ("greedy", "beam", "words")
AVX2 = {"ATEN_CPU_CAPABILITY": "avx2", "MKL_ENABLE_INSTRUCTIONS": "AVX2", "ONEDNN_MAX_CPU_ISA": "AVX2",
        "CT2_FORCE_CPU_ISA": "AVX2", "FBGEMM_ENABLE_INSTRUCTIONS": "AVX2"}  # fmt: skip
ONE_CORE = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
TARGETS = {
    "small avx2 greedy: reference": 2.0,
    "small avx2 beam: reference": 4.5,
    "small avx2 greedy: ct2-int8": 1.1,
    "small native greedy: ct2-int8": 1.3,
}
"""So many times the processor seconds of ours."""
WITH_AVX512 = {"small native greedy: ct2-int8": 1.5}
NEVER_UNDER = 0.97
"""Of CTranslate2's own time in 8 bits, with every size, greedily or not."""
MOST_MB = {"small": 800, "turbo": 2000}
MOST_MB_CONVERTING = {"small": 800, "turbo": 3000}
WHY = {
    "fast": "its decoder reads 612 MB in float32 for every token it writes, 110 of them a window; in 8 bits it would read a "
            "quarter, and write more sentences wrong than the bound allows: whoever wants that takes the light one",
    "light": "its encoder multiplies bytes with torch's kernels, which is most of its time; plain AVX2 has no instruction that "
             "makes 8 bits much faster than float32 there",
    "memory fast": "with small, 590 MB are the decoder in float32, 120 MB what it remembers of a window, 230 MB the libraries, "
                   "110 MB the encoder in 8 bits",
    "memory light": "with small, 230 MB are the libraries, 120 MB what the decoder remembers of a window in float32, 110 MB the "
                    "encoder in 8 bits",
}  # fmt: skip


def main() -> int:
    wanted = [name for name in sys.argv[1:] if name in SIZES] or [name for name in SIZES if name != MEMORY_ALONE]
    sets = {"avx2": AVX2}
    if _instructions() != "avx2":
        sets["native"] = {}
    figures: dict[str, Any] = {
        "benchmark": "transcribe",
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "peak_float32_gflops_one_core": round(_peak(), 1),
        "instructions": _instructions(),
        "seconds_a_window": {},
        "peak_mb": {},
        "ratios": {},
    }
    with tempfile.TemporaryDirectory(prefix="oh-bench-") as folder:
        for size in wanted:
            model = _checkpoint(Path(folder), size)
            for name, limits in sets.items():
                _weigh(figures, size, name, model, limits)
                if size != MEMORY_ALONE:
                    _measure(figures, size, name, model, limits)
            model.unlink()
    figures["targets"] = [*_speeds_judged(figures["ratios"]), *_memory_judged(figures["peak_mb"])]
    print(json.dumps(figures, indent=1))
    return 0


def _measure(figures: dict[str, Any], size: str, instructions: str, model: Path, limits: dict[str, str]) -> None:
    converted = model.with_name(f"{size}-{instructions}")
    times: dict[str, dict[str, float]] = {engine: {} for engine in ENGINES}
    with Engines(model, converted, limits) as engines:
        for _ in range(ROUNDS[size]):
            for how in HOW:
                for engine in ENGINES:
                    told = engines.ask(engine, how)
                    print(f"{size} {instructions} {how} {engine}: {told['seconds']:.1f} s", file=sys.stderr, flush=True)
                    assert told["tokens"] == 110, (engine, how, told)
                    times[engine][how] = min(times[engine].get(how, float("inf")), told["seconds"])
                    figures["peak_mb"][f"{size} {instructions} {engine}"] = round(told["peak_mb"])
    for engine, seconds in times.items():
        figures["seconds_a_window"][f"{size} {instructions} {engine}"] = {k: round(v, 2) for k, v in seconds.items()}
    for how in HOW:
        for other in OTHERS:
            ratios = {one: round(times[other][how] / times[one][how], 2) for one in OURS}
            figures["ratios"][f"{size} {instructions} {how}: {other}"] = ratios
    chosen = next(converted.glob("*/encoder.json"))
    figures[f"encoder {size} {instructions}"] = json.loads(chosen.read_text())


def _weigh(figures: dict[str, Any], size: str, instructions: str, model: Path, limits: dict[str, str]) -> None:
    """Convert the model, each engine in a process of its own; its peak of memory in MB. Where nothing else is measured, hear a
    moment with it in another one."""
    converted, peaks = model.with_name(f"{size}-{instructions}"), figures["peak_mb"]
    for engine in OURS:
        for how, told in (("nothing", ", converting"), ("warm", ""))[: 2 if size == MEMORY_ALONE else 1]:
            with Engines(model, converted, limits, (engine,)) as engines:
                peaks[f"{size} {instructions} {engine}{told}"] = round(engines.ask(engine, how)["peak_mb"])


class Engines:
    """A process for each engine, all at work on the same model; one is asked at a time."""

    def __init__(
        self, model: Path, converted: Path, limits: dict[str, str], names: Sequence[str] = ENGINES
    ) -> None:
        here = Path(__file__).resolve()
        surroundings = {**os.environ, **ONE_CORE, **limits, "PYTHONPATH": str(here.parents[2])}
        self._running: dict[str, subprocess.Popen[str]] = {}
        for engine in names:
            command = [sys.executable, "-W", "ignore", str(here.with_name("_hearing.py")), engine, str(model), str(converted)]
            one = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings)
            self._running[engine] = one
        if len(names) > 1:
            for engine in names:
                self.ask(engine, "warm")

    def ask(self, engine: str, how: str) -> dict[str, Any]:
        one = self._running[engine]
        assert one.stdin is not None and one.stdout is not None
        print(how, file=one.stdin, flush=True)
        answer: dict[str, Any] = json.loads(one.stdout.readline())
        return answer

    def __enter__(self) -> "Engines":
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._running.values():
            one.communicate()


def _checkpoint(folder: Path, size: str) -> Path:
    import torch

    from oralhistory.transcription import checkpoint

    width, heads, *layers = SIZES[size]
    stacks = {f"n_{part}_{what}": value for part, depth in zip(("audio", "text"), layers, strict=True)
              for what, value in (("state", width), ("head", heads), ("layer", depth))}  # fmt: skip
    bands, words = (128, 51_866) if size == "turbo" else (80, 51_865)
    dimensions = {"n_mels": bands, "n_audio_ctx": 1500, "n_vocab": words, "n_text_ctx": 448, **stacks}
    chance = torch.Generator().manual_seed(width)
    tensors = {
        name: (torch.randn(shape, generator=chance) * 0.02 + ("ln" in name and name.endswith("weight"))).half()
        for name, shape in checkpoint.expected_shapes(dimensions).items()
    }
    path = folder / f"{size}.pt"
    torch.save({"dims": dimensions, "model_state_dict": tensors}, path)
    return path


def _speeds_judged(ratios: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    wanted_here = {**TARGETS, **(WITH_AVX512 if _instructions() == "avx512" else {})}
    return [
        _judged(f"{name} / {one}", reached, wanted, reached >= wanted, WHY[one])
        for name, wanted in wanted_here.items()
        for one, reached in ratios.get(name, {}).items()
    ] + [
        _judged(f"{name} / {one}, never under", reached, NEVER_UNDER, reached >= NEVER_UNDER, WHY[one])
        for name, ours in ratios.items()
        if name.endswith("ct2-int8") and name not in wanted_here
        for one, reached in ours.items()
    ]


def _memory_judged(peaks: dict[str, int]) -> list[dict[str, Any]]:
    return [
        _judged(f"MB of {name}", peak, wanted, peak <= wanted, WHY[f"memory {name.split()[2].rstrip(',')}"])
        for name, peak in peaks.items()
        for wanted in [(MOST_MB_CONVERTING if name.endswith("converting") else MOST_MB).get(name.split()[0])]
        if wanted is not None and name.split()[2].rstrip(",") in OURS
    ]


def _judged(what: str, reached: float, wanted: float, met: bool, why: str) -> dict[str, Any]:
    told = {"what": what, "reached": reached, "wanted": wanted, "met": met}
    return told if met else {**told, "missed_by_percent": round(abs(1 - reached / wanted) * 100), "why": why}


def _peak() -> float:
    """Billions of float32 operations a second in a large product of matrices."""
    import time

    import torch

    torch.set_num_threads(1)
    side = 2048
    one = torch.ones(side, side)
    best = float("inf")
    for _ in range(4):
        began = time.process_time()
        one @ one
        best = min(best, time.process_time() - began)
    return 2 * side**3 / best / 1e9


def _instructions() -> str:
    """The widest that this machine multiplies with, of those that make a difference here."""
    import torch

    flags = Path("/proc/cpuinfo").read_text() if sys.platform == "linux" else ""
    if "AVX512" in torch.backends.cpu.get_cpu_capability():
        return "avx512"
    return "avx2-vnni" if "avx_vnni" in flags else "avx2"


if __name__ == "__main__":
    sys.exit(main())
