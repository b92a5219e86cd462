"""What a transcriber never loads: compilers that nobody asks for, 200 MB and four seconds at the start of each draft."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MODEL = ROOT / "resources" / "demo" / "tiny-interview.pt"
HEARD = """
import hashlib, sys
from pathlib import Path
from oralhistory.transcription import alignment, engines
from tests.helpers import speech

model, converted = Path(sys.argv[1]), Path(sys.argv[2])
alignment.spare_the_compiler()
for name in ("whisper", "fast"):
    engine = engines.engine(name, converted)
    engine.open(model, hashlib.sha256(model.read_bytes()).hexdigest())
    heard = engine.window(speech.pcm("ko_clean_short"), ("ko",), "")
    assert len(heard.segments) == 6 and all(one.words for one in heard.segments), heard
print([one for one in ("llvmlite", "sympy", "torch._dynamo", "torch._inductor") if one in sys.modules])
"""


@pytest.mark.full
def test_both_engines_hear_words_and_their_times_without_a_compiler(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "ignore", "-c", HEARD, str(MODEL), str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert told.stdout == "[]\n"
