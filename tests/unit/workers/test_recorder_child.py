"""What the recorder child is made of: nothing that costs memory while somebody speaks."""

import json
import subprocess
import sys

from tests.unit.test_house import HEAVY


def test_the_recorder_loads_nothing_heavy() -> None:
    code = (
        "import json, sys\nimport oralhistory.workers.recorder\n"
        "from oralhistory.audio.system import SoundSystem\nSoundSystem()._library()\n"
        f"print(json.dumps(sorted({HEAVY!r} & set(sys.modules))))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(ran.stdout) == []
