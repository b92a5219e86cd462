"""Sound that came without any text: it is named, counted among what there is to hear, and told of beside a signature."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.transcript import Draft, Segment, WindowResult
from oralhistory.services.desk import Desk
from oralhistory.services.review.transcribing import begin_review
from tests.helpers.archives import new_desk
from tests.ui.material import taped, written


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as desk:
        yield desk


@pytest.fixture
def code(desk: Desk) -> str:
    """Ten seconds with five lines of text."""
    code = desk.interviews.create(("ko",)).code
    taped(desk, code, 10)
    written(desk, code)
    return code


def test_a_recording_that_got_no_draft_is_named_as_a_whole(desk: Desk, code: str) -> None:
    assert desk.transcribing.coverage(code).unwritten == ()
    taped(desk, code, 36)
    assert desk.transcribing.coverage(code).unwritten == ((10_000, 46_000),)
    assert (10_000, 46_000) in desk.transcribing.coverage(code).to_hear


def test_text_that_ends_long_before_the_sound_is_named_and_one_that_came_without_sound_is_not(desk: Desk) -> None:
    half, noted = (desk.interviews.create(("ko",)).code for _ in range(2))
    taped(desk, half, 60)
    written(desk, half)
    assert desk.transcribing.coverage(half).unwritten == ((10_000, 60_000),)
    desk.transcripts.import_file(noted, "talk.txt", "N1: 연길에서 체포되었습니다.")
    taped(desk, noted, 60)
    assert desk.transcribing.coverage(noted).unwritten == (), "it may be the text of any sound"


def test_the_share_that_was_heard_is_of_the_sound_there_is(desk: Desk, code: str) -> None:
    assert desk.attesting.heard(code).heard == 1.0
    taped(desk, code, 30)
    assert desk.attesting.state(code).heard == 0.25
    assert desk.attesting.heard(code, 10_000, 20_000).heard == 0.5


def test_a_signature_says_how_much_sound_came_after_it(desk: Desk, code: str) -> None:
    desk.attesting.heard(code)
    assert desk.attesting.sign_off(code).came_ms == 0
    taped(desk, code, 36)
    state = desk.attesting.state(code)
    assert (state.signed_off, state.unwritten, state.came_ms) == (True, ((10_000, 46_000),), 36_000)
    state = desk.attesting.sign_off(code)
    assert (state.unwritten, state.came_ms) == (((10_000, 46_000),), 0), "whoever signs now knew of it"


def test_a_draft_puts_what_it_hears_in_such_sound_behind_the_text_and_says_before_for_how_much(desk: Desk, code: str) -> None:
    assert desk.transcribing.growing(code) == 0
    desk.attesting.heard(code)
    desk.attesting.sign_off(code)
    [late] = taped(desk, code, 36)
    assert desk.transcribing.growing(code) == 36_000
    interview = desk.interviews.card(code).interview
    said = Segment(desk.archive.new_id(), late.id, 0, 4_000, "지금은 혼자 살고 있습니다.")
    with desk.archive.store.transaction() as records:
        draft = Draft("d1", interview.id, "whisper", "small", "0" * 64, "ko", False)
        records.transcripts.start_draft(draft)
        records.transcripts.add_window("d1", late.id, 10_000, 46_000, WindowResult((said,), "ko", 0, 0, 1, ((0, 4_000),)))
        records.transcripts.finish_draft("d1")
        begin_review(records, interview)
    assert desk.transcripts.segments(code)[-1].text == said.text
    assert desk.transcribing.coverage(code).unwritten == () and desk.transcribing.growing(code) == 0
    state = desk.attesting.state(code)
    assert (state.signed_off, state.signed_before) == (False, True)
