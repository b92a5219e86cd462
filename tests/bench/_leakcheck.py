"""How long the leak check takes over a three-hour interview in three formats, with two hundred known strings.

`measure()` gives the figures as a dict; run as a program it prints them as JSON. Target: at most 10 seconds for the three.
"""

import json
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from oralhistory.anonymise.leakcheck.check import FileLeakCheck  # noqa: E402
from oralhistory.domain.leaks import KnownString  # noqa: E402
from oralhistory.export.formats import formats  # noqa: E402
from tests.helpers.released import long_interview, spoken_sentences  # noqa: E402

WORDS = 30_000
STRINGS = 200
FORMATS = ("txt", "docx", "pdf")
SURNAMES, SYLLABLES = "김박최리정한강오윤장임류노양백허신권서황", "영희철수명호순옥설경은주미란향춘금복남실혜"
TOWNS = ("Mudanjiang", "Jiamusi", "Shenyang", "Longjing", "Helong", "Hunchun", "Dandong", "Kunming", "Nanning", "Vientiane")


def known_strings() -> list[KnownString]:
    """Names of three syllables, places in Latin and Chinese letters, years, ages and telephone numbers; 200 of them."""
    names = [f"{SURNAMES[n % 20]}{SYLLABLES[n * 8 % 21]}{SYLLABLES[(n * 5 + 3) % 21]}" for n in range(140)]
    numbers = [f"{1960 + n}년" for n in range(15)] + [f"010-{2000 + n}-{7000 - n}" for n in range(15)]
    places = [*TOWNS, "牡丹江", "佳木斯", "沈阳", "龙井", "和龙", "솔", "별", "봄", "Kim Yong Hui", "M12345678"]
    texts = [*dict.fromkeys((*names, *numbers, *places))]
    texts += [f"{one[1:]}{n}" for n, one in enumerate(names[: STRINGS - len(texts)])]
    return [KnownString(text, f"e{n}") for n, text in enumerate(texts[:STRINGS])]


def measure() -> dict[str, Any]:
    """Seconds for each format and for all three, the number of words and strings, and of unexplained findings."""
    sentences = [one for pair in zip(spoken_sentences("ko"), spoken_sentences("en"), strict=False) for one in pair]
    transcript, known = long_interview(sentences, WORDS), known_strings()
    seconds, processor, findings = {}, 0.0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name in FORMATS:
            path = Path(folder) / f"E-4MX9{formats()[name].suffix}"
            path.write_bytes(formats()[name].document(transcript))
            started, used = perf_counter(), process_time()
            findings += len(FileLeakCheck()(path, known))
            seconds[name] = round(perf_counter() - started, 2)
            processor += process_time() - used
    words = sum(len(one.text.split()) for one in transcript.segments)
    return {
        "words": words, "strings": len(known), "seconds": seconds, "seconds_in_all": round(sum(seconds.values()), 2),
        "processor_seconds_in_all": round(processor, 2), "target_seconds": 10, "findings": findings,
    }  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
