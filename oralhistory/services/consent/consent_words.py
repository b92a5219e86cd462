"""What an answer in a consent is called: by the form in the window, by the copy for the narrator."""

from collections.abc import Sequence

from oralhistory.i18n import listed, mark, tr

DECISION = {
    "not_asked": mark("not asked"),
    "granted": mark("yes"),
    "refused": mark("no"),
    "conditional": mark("case by case"),
    "withdrawn": mark("withdrawn"),
}

FORM = {
    "full": mark("in full"),
    "extracts": mark("extracts only"),
    "redacted_text_only": mark("redacted text only"),
    "summary_only": mark("a summary only"),
}

SENSITIVE_QUESTION = mark("May sensitive information be recorded: health, beliefs, opinions, what was suffered?")
"""A question of its own in every consent: without a yes nothing is recorded."""

ASKED_BEFORE_SOUND = mark(
    "Sound came in after the narrator last said what may leave. Ask about that part too, and record the answer as a new consent."
)


def told_perhaps_meant(names: Sequence[str]) -> str:
    """A recipient who is written otherwise than in a withdrawal may be the same one: only a person knows."""
    if len(names) > 1:
        return tr(
            "Consent was refused or withdrawn for recipients with names like this: {names}. Is one of them the same?",
            names=listed(names),
        )
    return tr("Consent was refused or withdrawn for “{name}”. Is this the same?", name=names[0]) if names else ""
