"""The speech models of an archive by their use: the best one for what is asked for, a quick one while recording."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.transcript import Draft, WindowResult
from oralhistory.errors import NotFound
from oralhistory.services.desk import Desk
from oralhistory.services.review.models import used_for
from oralhistory.services.review.prepared import Prepared
from tests.helpers.archives import consent, quick_desk
from tests.helpers.shelf import shelve
from tests.ui.material import taped

NOTHING = WindowResult((), "ko", 0.0, 0.0, 1.0, ())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    shelve(tmp_path / "models", "large", "small")
    with quick_desk(tmp_path) as desk:
        yield desk


def test_one_model_writes_what_is_asked_for_and_another_one_while_recording(desk: Desk, tmp_path: Path) -> None:
    shelf = desk.models
    with pytest.raises(NotFound):
        shelf.use_for_quick_drafts(str(tmp_path / "models" / "small.pt"))
    shelf.use_by_default("large")
    assert (shelf.default(), shelf.quick()) == ("large", None)
    shelf.use_for_quick_drafts("small")
    assert (shelf.default(), shelf.quick()) == ("large", "small")
    assert used_for("large", "small") == "small writes the draft while you record; large writes those you ask for."
    shelf.use_for_quick_drafts("large")
    assert shelf.quick() is None, "it writes every draft"
    shelf.use_for_quick_drafts("small")
    shelf.remove("small")
    assert (shelf.default(), shelf.quick()) == ("large", None)


def test_what_was_heard_while_recording_is_gone_on_with_by_the_model_that_heard_it(desk: Desk) -> None:
    """The next draft that is asked for is the best one's."""
    desk.models.use_by_default("large")
    desk.models.use_for_quick_drafts("small")
    code = desk.interviews.create(["ko"]).code
    desk.consenting.record(code, consent(Stage.BEFORE, "record_audio", "machine_transcribe"))
    [recording] = taped(desk, code, 2)
    interview, transcribing = desk.interviews.card(code).interview, desk.transcribing
    assert transcribing.order(interview).model.name == "large"
    quick = transcribing.order(interview, desk.models.quick())
    with desk.archive.store.transaction() as records:
        transcribing.prepared.keep(records, interview, recording.id, quick, Prepared(0, 1_000, NOTHING))
    assert transcribing.order(interview) == quick
    with desk.archive.store.transaction() as records:
        engine, sha256, languages = quick.makings
        records.transcripts.start_draft(Draft("d1", interview.id, engine, "small", sha256, languages, False))
        transcribing.prepared.forget(records, interview, recording.id)
    assert transcribing.order(interview) == quick
    with desk.archive.store.transaction() as records:
        records.transcripts.finish_draft("d1")
    assert transcribing.order(interview).model.name == "large"
