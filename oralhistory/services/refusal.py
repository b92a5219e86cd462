"""Refusals in plain words: for every reason a sentence that says what stands on file and what would change it."""

from collections.abc import Mapping, Sequence

from oralhistory.domain.consent import Reason
from oralhistory.domain.timecode import clock
from oralhistory.domain.transcript import Segment
from oralhistory.i18n import listed, mark, tr

PROFILE = {
    "public": mark("for the public"),
    "partner": mark("for a partner"),
    "court": mark("for a court"),
}

PURPOSES = {
    "record_audio": mark("recording the voice"),
    "notes": mark("taking notes"),
    "edit": mark("work on the text"),
    "machine_transcribe": mark("transcription by machine"),
    "translate": mark("translation"),
    "internal_research": mark("research inside the organisation"),
    "deposit_archive": mark("deposit in an archive"),
    "external_researchers": mark("use by outside researchers"),
    "publish_text": mark("publishing text"),
    "publish_quotation": mark("publishing quotations"),
    "publish_audio": mark("publishing sound"),
    "media": mark("press and broadcasting"),
    "advocacy": mark("advocacy"),
    "un_mechanism": mark("a United Nations mechanism"),
    "court_domestic": mark("a court in this country"),
    "court_international": mark("an international court"),
    "government": mark("government authorities"),
    "training": mark("training and teaching"),
    "overseas_transfer": mark("transfer abroad"),
}

CHECKLIST = {
    "who_we_are": mark("who we are"),
    "purpose": mark("the purpose of the interview"),
    "procedure": mark("how the interview is done"),
    "who_will_see": mark("who will see it"),
    "storage": mark("how and how long it is kept"),
    "risks": mark("the risks"),
    "may_stop": mark("that one may stop, skip or refuse"),
    "disclosure": mark("that courts can order disclosure"),
}

CONCERNS = {
    "minor": mark("the narrator is a minor"),
    "distress": mark("distress"),
    "cognitive": mark("doubt whether the narrator can understand"),
    "coercion": mark("signs of coercion"),
}

READERS = {"public": mark("the public"), "partner": mark("a partner"), "court": mark("a court")}
"""For whom a text is made: its profile."""

LEAK_PARTS = {
    "(content)": mark("in the text"),
    "(pages)": mark("on the pages"),
    "(cells)": mark("in the cells"),
    "(file name)": mark("in the name of the file"),
    "(part names)": mark("in the names of its parts"),
    "(zip comment)": mark("in a comment of the file"),
    "(strings)": mark("in words that no page shows"),
    "(forms)": mark("in its forms"),
    "(bytes)": mark("in its bytes"),
}
"""Parts of a finished file that have a name in words; the others are told by their own."""

LEAK_RULES = {
    "text": mark("as it is written"),
    "spelling": mark("in another spelling"),
    "number": mark("as a number, in digits or words"),
    "romanised": mark("in Latin letters"),
    "bytes": mark("in the raw bytes"),
    "unreadable": mark("a part that cannot be read"),
    "kept_missing": mark("a place that was kept is not where it should be"),
}

IDENTITY = {
    "named": mark("with the real name"),
    "first_name": mark("with the first name"),
    "chosen_pseudonym": mark("under the chosen name"),
    "anonymous": mark("without any name"),
}

PART = {
    "narrator": mark("narrator"),
    "further_narrator": mark("further narrator"),
    "interviewer": mark("interviewer"),
    "interpreter": mark("interpreter"),
    "sound": mark("sound"),
    "transcriber": mark("transcriber"),
    "translator": mark("translator"),
    "reviewer": mark("reviewer"),
    "other": mark("another part"),
}

STAGES = {"before": mark("before the interview"), "after": mark("after the interview"), "renewal": mark("renewal")}

_SENTENCES = {
    "no_consent": mark("No consent is on file ({stage}), so this is not allowed: {purpose}. Take consent first."),
    "not_a_release_purpose": mark("Say for which purpose it is released; “{purpose}” is not a purpose of release."),
    "not_asked": mark("The narrator was not asked about {purpose}. Ask, and record the answer in a new consent."),
    "refused": mark("The narrator refused {purpose}. Only the narrator can change that, in a new consent."),
    "conditional": mark(
        "The narrator allows {purpose} only case by case. Ask about this one today, and record the answer beforehand."
    ),
    "withdrawn": mark(
        "The narrator withdrew consent to {purpose}. It binds everything that is on file, for good: nothing here changes that."
    ),
    "withdrawn_from": mark(
        "The narrator withdrew consent to {purpose} from {recipient}. It binds everything that is on file for this recipient, for"
        " good: nothing here changes that."
    ),
    "other_recipient": mark("{purpose}: allowed, but not for this recipient. Ask the narrator about this recipient."),
    "not_yet_valid": mark("{purpose}: the permission begins on {date}."),
    "expired": mark("{purpose}: the permission ended on {date}. Ask for a renewal."),
    "not_informed": mark("The narrator was not told about this: {item}. Explain it and tick it in a new consent."),
    "capacity_concern": mark("A concern is on file ({concern}). A second person must clear it first."),
    "no_guardian": mark("The narrator is a minor: a parent or guardian must consent too, and none is named."),
    "no_assent": mark("The narrator is a minor: their own yes is needed beside that of the guardian."),
    "no_sensitive_data": mark(
        "The question “May sensitive information be recorded?” is not answered with yes. Without it nothing may be recorded;"
        " written notes only. Ask it: it is a card of its own in the consent form."
    ),
    "no_witness": mark("This way of giving consent needs a witness, and none is named."),
    "no_clip": mark("Consent was spoken, and its recording is not on file. Record it, or attach it, and name it."),
    "no_evidence": mark(
        "Still missing: a signed form, photo or recording of the consent. Nothing has to wait for it; attach one,"
        " in a new version."
    ),
    "no_undertaking": mark("The interpreter {interpreter} has not undertaken in writing to keep everything confidential."),
    "legal_hold": mark("{by} and {second} set a legal hold. When its reason is over, two people lift it."),
    "high_risk": mark("The risk is high. A second person must approve the release."),
    "embargo": mark("Nothing may be released before {date}: the narrator set an embargo."),
    "embargo_condition": mark("The narrator set a condition for release. A person must confirm that it is met."),
    "narrator_review": mark("The narrator wants to review it first, and has not approved yet."),
    "risk_review_due": mark("The risk to relatives was to be looked at again by {date}. Do that first."),
    "third_party_open": mark("For a third person who is named, it is not decided yet how to treat them."),
    "summary_only": mark("{purpose}: only a summary may be given out, not the text."),
    "extracts": mark("{purpose}: only extracts may be given out, not the whole."),
    "voice_identifies": mark("The narrator wants to stay anonymous; a voice identifies its speaker."),
    "kept_name": mark(
        "Kept places that hold more of the narrator's own name than was allowed for this: {count} ({times}). Allowed for"
        " {purpose}: {identity}. Replace the name there, say of a word that is none that it is no name, or ask the narrator."
    ),
    "text_only": mark("{purpose}: only text may be given out, no sound."),
    "clock_in_doubt": mark("The clock of this machine went back or leapt ahead. Confirm that it is right now."),
    "brought_back": mark(
        "The archive was brought back in its state of {date}. Enter again what was withdrawn, removed or destroyed since, and"
        " confirm it in the settings (“archive restored --confirm”)."
    ),
    "no_transcript": mark("There is no transcript yet."),
    "no_summary": mark("There is no summary yet. Write one in the description of the interview."),
    "mask_nobody": mark("Nobody is known as this, so no words of theirs can be withheld: {role}. Say who took part."),
    "mask_not_found": mark(
        "The words of {who} ({role}) are not to be given out, and no passage bears their speaker's label. Correct the label, or"
        " name the speaker in the transcript."
    ),
    "mask_speaker_unknown": mark(
        "Somebody's words are not to be given out, and of passages nobody said who speaks there: {count}. Name the speakers."
    ),
    "closed_whole": mark("The narrator sealed the whole interview: its summary stays sealed, too."),
    "not_heard": mark("Nobody has listened to this interview yet. Listen, then sign off."),
    "not_read": mark("Nobody has said yet that they read all of this text. Read it, then sign off."),
    "doubtful_not_heard": mark("Doubtful passages that nobody has heard: {count}. Listen to them first."),
    "not_signed_off": mark("No reviewer has signed off this transcript yet."),
    "edited_since_sign_off": mark("The text was edited after it was signed off. It must be signed off again."),
    "opened_since_sign_off": mark(
        "A passage that the narrator had sealed was opened again after the text was signed off. It must be signed off again."
    ),
    "closed_passage": mark("The narrator sealed this passage. Only somebody who means to opens it, and never an undo."),
    "undecided": mark("Open decisions on possible names and places: {count}."),
    "text_changed": mark("Decisions whose text was edited since: {count}. Decide them again."),
    "ambiguous": mark("Mentions that may be a name or a plain word, to be decided one by one: {count}."),
    "similar": mark("Words that look or sound like a decided name, to be decided one by one: {count}."),
    "inside_word": mark("Names found inside longer words, to be decided one by one: {count}."),
    "no_replacement": mark("Entities without a replacement for this profile: {count}."),
    "profile_too_fine": mark(
        "The text as made for “{profile}” tells more than {purpose} needs. Allowed for it: {profiles}."
        " Choose one of these: a finer text does not leave for this purpose, and the purpose stated has to be the real one."
    ),
    "bag_not_public": mark(
        "A bag holds the voice and the words of one interview for keeping: it never goes to the public. Choose who is bound by an"
        " agreement (partner), or who finds facts (court)."
    ),
    "bag_unknown": mark(
        "It is on record of no interview that is here: the interview was destroyed, or the archive was brought back in a state of"
        " before."
    ),
    "bag_outlived": mark("Since it was made a passage was closed, or minutes were removed; both are still in it."),
    "changed_meanwhile": mark("Consent, text, decisions or sound were changed while it was written."),
    "second_reader": mark(
        "A second reader has not read this text yet: a tenth of it, and every place that was kept ({count})."
        " Somebody who did not decide must read it, and say so."
    ),
    "leak": mark("The finished file holds a known name or number, or cannot be read ({rule}, {part})."),
    "times_guessed": mark(
        "Nobody knows when these passages of the text were said, as they have no times or guessed ones: {count} (at {at})."
        " They may lie where nothing may leave. Listen to them in the transcript, put their times right, and confirm them there."
    ),
    "sealed_sound": mark("The narrator sealed all of this sound, or a passage of it just now."),
}  # fmt: skip

_TOLD = 3
"""So many places are named; the page of the transcript marks them all."""

_DETAILS: Mapping[str, Mapping[str, str]] = {
    "purpose": PURPOSES,
    "identity": IDENTITY,
    "item": CHECKLIST,
    "concern": CONCERNS,
    "stage": STAGES,
    "rule": LEAK_RULES,
    "part": LEAK_PARTS,
    "profile": READERS,
    "profiles": READERS,
    "role": PART,
}


def times_guessed(adrift: Sequence[Segment]) -> tuple[Reason, ...]:
    """Refuses because nobody knows when these segments were said; nothing when there are none."""
    if not adrift:
        return ()
    return (Reason("times_guessed", "transcript.times", {"count": str(len(adrift)), "at": some_clocks(adrift)}),)


def some_clocks(segments: Sequence[Segment]) -> str:
    """Where the first of them stand in the transcript, as its page shows the time."""
    told = listed(clock(one.start_ms) for one in segments[:_TOLD])
    return told if len(segments) <= _TOLD else f"{told} …"


def sentence(reason: Reason) -> str:
    """The reason in the language in use; whose it is, where several people tell."""
    of_one = reason.code == "withdrawn" and "recipient" in reason.details
    code = "withdrawn_from" if of_one else reason.code
    said = tr(_SENTENCES[code], **{name: _told(name, value) for name, value in reason.details.items()})
    narrator = reason.details.get("narrator")
    return tr("{narrator}: {reason}", narrator=narrator, reason=said) if narrator else said


def _told(name: str, value: str) -> str:
    words = _DETAILS.get(name, {})
    if name == "profiles":
        return listed(tr(words.get(one, one)) for one in value.split(", "))
    return tr(words[value]) if value in words else value


def field(reason: Reason) -> str:
    """The field of the consent document that decides, with the permission it is about: ``permissions[media].decision``."""
    head, dot, rest = reason.field.partition(".")
    about = reason.details.get("purpose", "") if head in ("permissions", "withdrawal") else ""
    return f"{head}[{about}]{dot}{rest}" if about else reason.field


def as_json(reason: Reason) -> dict[str, str]:
    """The reason for machines: stable code, the field that decides, the sentence."""
    return {"code": reason.code, "field": field(reason), "text": sentence(reason)}
