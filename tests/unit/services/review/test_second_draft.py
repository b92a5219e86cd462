"""Another draft beside a text: what is under way hides nothing of what was made, and no gap of the text goes unseen."""

from pathlib import Path

from oralhistory.domain.transcript import Draft, Layer, Segment, WindowResult
from tests.helpers.archives import new_desk
from tests.ui.material import taped

SPEECH = ((0, 2_000), (4_000, 8_000))


def test_one_under_way_hides_nothing_and_one_that_is_finished_fills_no_gap_of_the_text(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        code = desk.interviews.create(("ko",)).code
        [recording] = taped(desk, code, 10)
        interview = desk.interviews.card(code).interview
        first, second = (Draft(name, interview.id, "whisper", name, "0" * 64, "ko", False) for name in ("d1", "d2"))

        def heard(draft: Draft, *texts: tuple[str, int, int]) -> None:
            said = tuple(Segment(f"{draft.id} {start}", recording.id, start, end, text) for text, start, end in texts)
            with desk.archive.store.transaction() as records:
                records.transcripts.start_draft(draft)
                records.transcripts.add_window(draft.id, recording.id, 0, 10_000, WindowResult(said, "ko", 0, 0, 1, SPEECH))

        def finish(draft: Draft) -> None:
            with desk.archive.store.transaction() as records:
                records.transcripts.finish_draft(draft.id)

        def machine() -> list[str]:
            return [one.text for one in desk.transcripts.segments(code, Layer.MACHINE)]

        heard(first, ("하나", 0, 2_000))
        finish(first)
        with desk.archive.store.transaction() as records:
            records.transcripts.replace_reviewed(interview.id, records.transcripts.segments(interview.id, Layer.MACHINE))
        assert desk.transcribing.coverage(code).missing == ((4_000, 8_000),)

        heard(second, ("하나", 0, 2_000), ("둘", 4_000, 8_000))
        assert machine() == ["하나"]
        with desk.archive.store.transaction() as records:
            assert records.transcripts.latest_draft(interview.id) == second, "it goes on from there"
        finish(second)
        assert machine() == ["하나", "둘"]
        assert [one.text for one in desk.transcripts.segments(code)] == ["하나"]
        assert desk.transcribing.coverage(code).missing == ((4_000, 8_000),), "the text people work on has nothing there"
