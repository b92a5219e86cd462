"""A copy for the narrator: what was read and answered, in its language, with codes unless a name is asked for."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from oralhistory.domain.consent import CHECKLIST, Act, Stage
from oralhistory.errors import NotFound
from oralhistory.services.consent.consent_words import SENSITIVE_QUESTION
from oralhistory.services.desk import Desk
from tests.helpers.archives import consent, quick_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with quick_desk(tmp_path_factory.mktemp("copies")) as made:
        yield made


@pytest.mark.parametrize("language", ["ko", "en", "zh"])
def test_a_copy_says_what_was_read_and_answered(desk: Desk, language: str) -> None:
    code = desk.interviews.create(pseudonym="카나리아").code
    desk.interviews.set_field(code, "names", "김복순")
    form = f"sample-after-{language}-1"
    given = consent(Stage.AFTER, "media", form_text=form, language=language, embargo_until="2030-01-02")
    desk.consenting.record(code, given)
    text, words = desk.consent_copies.text(code), desk.form_texts.known(form)
    assert all(f"[x] {words.checklist[item]}" in text for item in CHECKLIST)
    asked = [line for line in text.split("\n\n") if line.startswith(words.questions["media"])]
    assert len(asked) == 1
    assert all(question in text for question in words.questions.values())
    assert "2030-01-02" in text
    assert words.sha256 in text
    person = desk.interviews.card(code).narrators[0].code
    assert code in text
    assert person in text
    assert not [word for word in ("김복순", "카나리아") if word in text]
    assert desk.consenting.on_file(code).events == ()
    named = desk.consent_copies.text(code, with_names=True)
    assert "김복순" in named
    assert person not in named
    assert [one.act for one in desk.consenting.on_file(code).events] == [Act.IDENTITY_SHOWN]


@pytest.mark.usefixtures("in_seoul")
def test_where_nobody_said_when_it_was_given_the_copy_names_the_local_day_on_which_it_was_written_down(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = desk.interviews.create().code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", obtained_on=None))
    file = desk.consenting.on_file(code)
    late = replace(file.versions[0], recorded_at=datetime(2026, 5, 1, 16, tzinfo=UTC))
    monkeypatch.setattr(desk.consenting, "on_file", lambda _code: replace(file, versions=(late,)))
    assert "2026-05-02" in desk.consent_copies.text(code).splitlines()[2]


def test_each_version_has_its_copy_and_what_is_not_there_has_none(desk: Desk) -> None:
    code = desk.interviews.create().code
    with pytest.raises(NotFound):
        desk.consent_copies.text(code)
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio"))
    desk.consenting.record(code, consent(Stage.AFTER))
    before, after = (desk.form_texts.known(f"sample-{stage}-en-1") for stage in ("before", "after"))
    assert after.title in desk.consent_copies.text(code)
    assert before.title in desk.consent_copies.text(code, 1)
    with pytest.raises(NotFound):
        desk.consent_copies.text(code, 3)


def test_the_copy_says_how_far_each_yes_goes_what_is_sensitive_and_what_is_closed(desk: Desk) -> None:
    code = desk.interviews.create().code
    before = consent(Stage.BEFORE, "record_audio", "publish_text", sensitive_data=False)
    desk.consenting.record(code, before)
    first = desk.consent_copies.text(code)
    assert "Version of the consent: 1  (before the interview)" in first
    assert f"{SENSITIVE_QUESTION}\n   → no\n" in first
    assert "Under which name: under the chosen name\n      In which form: in full" in first
    assert first.count("Under which name") == 1  # our own work has none
    assert "Closed" not in first
    desk.consenting.record(code, consent(Stage.AFTER))
    desk.interviews.seal(code, 61_000, 62_000, "what the neighbour did", "2040-01-02")
    second = desk.consent_copies.text(code)
    assert "Version of the consent: 2  (after the interview)" in second
    assert f"{SENSITIVE_QUESTION}\n   → yes\n" in second
    assert "00:01:01 – 00:01:02    Until: 2040-01-02" in second
    assert "neighbour" not in second


def test_the_copy_of_who_was_not_recorded_speaks_of_no_recording(desk: Desk) -> None:
    code = desk.interviews.create().code
    before = consent(Stage.BEFORE, form_text="sample-before-en-2", language="en")
    before["permissions"] = [{"purpose": "record_audio", "decision": "refused"}, *before["permissions"][1:]]
    for document in (before, consent(Stage.AFTER, form_text="sample-after-en-2"), consent(Stage.AFTER)):
        desk.consenting.record(code, document)
    first, second, third = (desk.consent_copies.text(code, number) for number in (1, 2, 3))
    assert "Nothing is recorded: a person writes down what you say" in first
    assert "The recording" not in first and "May a computer" not in first
    assert "May we record your voice?\n   → no" in first
    assert "The recording" not in second and "publish your voice" not in second
    assert "The recording is turned into text" in third, "a text that was signed stays as it was"
