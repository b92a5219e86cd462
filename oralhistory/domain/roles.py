"""Who had which part in an interview. Their words are theirs: each role says whether they are shown in exports."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


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


SPEAKING = (Part.NARRATOR, Part.FURTHER_NARRATOR, Part.INTERVIEWER, Part.INTERPRETER, Part.OTHER)
"""The parts whose words stand in a transcript."""

WITHHELD = MappingProxyType(
    {
        Part.INTERVIEWER: "[the interviewer's words, not given out]",
        Part.INTERPRETER: "[the interpreter's words, not given out]",
        **dict.fromkeys((Part.NARRATOR, Part.FURTHER_NARRATOR), "[a narrator's words, not given out]"),
    }
)
"""What stands in the place of somebody's words that are not given out; of every other part `WITHHELD_OTHERS`."""
WITHHELD_OTHERS = "[another person's words, not given out]"


def withheld(part: Part) -> str:
    """The notice for words of this part, in the language of the domain."""
    return WITHHELD.get(part, WITHHELD_OTHERS)


@dataclass(frozen=True, slots=True)
class Participant:
    """`who` is the code of a person or of a member of the staff, never a name; `label` is the speaker in the transcript."""

    interview_id: str
    part: Part
    who: str
    label: str = ""
    shown: bool = True
