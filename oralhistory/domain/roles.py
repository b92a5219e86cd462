"""Who had which part in an interview. Their words are theirs: each role says whether they are shown in exports."""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    NARRATOR = "narrator"
    FURTHER_NARRATOR = "further_narrator"
    INTERVIEWER = "interviewer"
    INTERPRETER = "interpreter"
    SOUND = "sound"
    TRANSCRIBER = "transcriber"
    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Participant:
    """`who` is the code of a person or of a member of the staff, never a name; `label` is the speaker in the transcript."""

    interview_id: str
    part: Part
    who: str
    label: str = ""
    shown: bool = True
