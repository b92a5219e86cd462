"""An archive as large as an organisation's: two thousand interviews with consents, three hundred of them with a transcript.

Everything is made up from short lists of words, the same for the same numbers. It is built with the program's own parts
in one transaction, so that it is there in minutes.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from oralhistory.domain import fingerprints
from oralhistory.domain.consent import CHECKLIST, ConsentVersion, Decision, Form, Identity, Permission, Purpose, Stage
from oralhistory.domain.interview import Interview, Route, Status, TakePurpose
from oralhistory.domain.person import Narrator
from oralhistory.domain.ports import Records
from oralhistory.domain.transcript import Segment
from oralhistory.services.desk import Desk
from oralhistory.services.recording.filing import as_recording, file_recording
from tests.helpers.interviews import SOUND, pcm

INTERVIEWS, TRANSCRIPTS, SEGMENTS = 2_000, 300, 200
WORDS = {
    "ko": """우리 어머니 시어머니가 그때 강을 건너서 연길에 갔어요 배급이 끊기고 사람이 많이 굶었지요 브로커 아저씨 말이
        내일 떠난다고 했는데 공안이 와서 집을 뒤졌고 무서워서 밤새 산에 숨었습니다 딸은 두고 왔어요 보위부에서 조사를 받았다""",
    "zh": """我们 在 延吉市 住了 三年 那个 时候 没有 户口 不敢 出门 公安 来 查 我 就 躲 到 山上 女儿 还 小 后来 被 遣返""",
    "en": """we crossed the river at night and stayed with a family near Yanji until the police came I never saw my daughter
        again nobody asked me before why I left""",
}
SELDOM = {"ko": "이천 십오년", "zh": "图们江", "en": "Vientiane"}
"""Said once in a hundred segments; the other words stand in every tenth or so, far more often than in life."""
LANGUAGE = ("ko", "ko", "ko", "zh", "en")
"""Three in five segments are Korean."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The codes of all interviews, of those with a transcript, and every text that is in one."""

    codes: tuple[str, ...]
    with_text: tuple[str, ...]
    texts: tuple[str, ...]


def build(desk: Desk, interviews: int = INTERVIEWS, transcripts: int = TRANSCRIPTS, segments: int = SEGMENTS) -> Bench:
    dice = random.Random(20)  # the same archive every time
    every = interviews // transcripts
    texts: list[str] = []
    with desk.archive.store.transaction() as records:
        for number in range(interviews):
            one = _interview(desk, records, number, dice)
            if number % every == 0 and number // every < transcripts:
                texts += _transcribed(desk, records, one, segments, dice)
    codes = tuple(_code(number) for number in range(interviews))
    return Bench(codes, codes[: every * transcripts : every], tuple(texts))


def _code(number: int) -> str:
    return f"I-{number:05}"


def _interview(desk: Desk, records: Records, number: int, dice: random.Random) -> Interview:
    archive = desk.archive
    status = dice.choice(list(Status))
    one = Interview(archive.new_id(), _code(number), ("ko", "zh")[: 1 + number % 2], status, archive.clock())
    records.interviews.add(one, archive.vault.create_interview_key(one.id))
    narrator = Narrator(archive.new_id(), one.id, f"P-{number:05}", f"Bird {number}", dice.choice(list(Route)))
    records.people.add_narrator(narrator)
    asked = [(1, Stage.BEFORE)] * bool(number % 10) + [(2, Stage.AFTER)] * bool(number % 3)
    for version in (_consent(place, stage, dice) for place, stage in asked):
        records.consents.add(one.id, version)
        said = fingerprints.of_consent(version)
        archive.record_custody(records, one, f"consent {version.stage.value} recorded", "done", said)
    return one


def _consent(number: int, stage: Stage, dice: random.Random) -> ConsentVersion:
    decisions = (Decision.GRANTED, Decision.GRANTED, Decision.REFUSED, Decision.NOT_ASKED)
    return ConsentVersion(
        number,
        stage,
        datetime(2026, 1, 5, tzinfo=UTC),
        checklist=dict.fromkeys(CHECKLIST, True),
        sensitive_data=True,
        obtained_by="mk",
        embargo_until=date(2040, 1, 1) if dice.random() < 0.1 else None,
        permissions=tuple(
            Permission(purpose, dice.choice(decisions), Identity.CHOSEN_PSEUDONYM, Form.FULL) for purpose in Purpose
        ),
    )


def _transcribed(desk: Desk, records: Records, one: Interview, segments: int, dice: random.Random) -> Sequence[str]:
    """A part of sound and a reviewed transcript; its texts."""
    archive = desk.archive
    [keys] = archive.vault.part_keys(one.id, 1)
    path = archive.folder / "audio" / one.id / archive.new_id() / f"{keys.file_id}.oha"
    path.parent.mkdir(parents=True)
    writer = archive.vault.create_part(path, keys, SOUND)
    writer.append(pcm(dice.randrange(1000), SOUND.frames_per_record))
    filed = as_recording(archive, one, path, writer.finish(), purpose=TakePurpose.TESTIMONY, recorded_at=archive.clock())
    file_recording(archive, records, one, filed)
    said = []
    for number in range(segments):
        language = dice.choice(LANGUAGE)
        between = "" if language == "zh" else " "
        words = dice.choices(WORDS[language].split(), k=dice.randint(6, 18))
        text = between.join([*words, SELDOM[language]] if dice.random() < 0.01 else words)
        said.append(Segment(f"s{number}", filed.id, 100 * number, 100 * number + 90, text, "", language, (), frozenset()))
    records.transcripts.replace_reviewed(one.id, said)
    return [segment.text for segment in said]
