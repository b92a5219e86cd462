"""Erasing an interview from the database: everything that leads to it, and nothing else."""

from oralhistory.domain.consent import Withdrawal
from oralhistory.domain.interview import Mark, Route
from oralhistory.domain.person import Identity, Narrator
from oralhistory.domain.transcript import Layer
from oralhistory.storage.erasure import overlooked
from oralhistory.storage.store import Database
from oralhistory.storage.tables import metadata
from tests.unit.storage.conftest import BEGAN, INTERVIEW, add_interview, result, review, segment

OTHER = "f" * 32


def test_every_table_has_its_place_when_an_interview_is_destroyed() -> None:
    """A new table leads to `interviews` by a foreign key, or is named in `erasing` as one that stays or goes by id."""
    assert overlooked(metadata.tables) == set()


def test_rows_words_and_names_of_one_interview_go(store: Database) -> None:
    add_interview(store, OTHER, "I-7KQ2")
    for interview in (INTERVIEW, OTHER):
        review(store, ["두만강을 건넜다", "옌지에서"], interview)
        with store.transaction() as records:
            person = Narrator(f"p-{interview}", interview, "P-1", "카나리아", Route.STRAIGHT)
            records.people.add_narrator(person)
            records.people.set_identity(Identity(person.id, ("김복순",)))
            records.recordings.put_mark(Mark(interview, 5, "말"))
            records.consents.withdraw(interview, Withdrawal(BEGAN.date(), frozenset()))
            heard = result(segment("m1", "기계가 들은 말", interview_id=interview))
            records.transcripts.add_window(f"d1-{interview}", f"r1-{interview}", 0, 100, heard)
            records.notes.set(f"take:t1-{interview}", "{}")
            records.notes.set(f"draft:{interview}:left", "0")
    with store.transaction() as records:
        erased = records.erasure.erase(INTERVIEW)
    assert {"interviews", "narrators", "identities", "recordings", "reviewed_segments", "machine_segments"} <= set(
        erased
    )
    assert erased["notes"] == 2
    assert [one.interview_id for one in store.search("두만강")] == [OTHER]
    with store.transaction() as records:
        assert [one.id for one in records.interviews.all()] == [OTHER]
        assert [one.person_id for one in records.people.identities()] == [f"p-{OTHER}"]
        assert records.transcripts.segments(INTERVIEW, Layer.REVIEWED) == []
        assert len(records.transcripts.segments(OTHER, Layer.REVIEWED)) == 2
        assert len(records.transcripts.segments(OTHER, Layer.MACHINE)) == 1
        assert records.notes.get(f"take:t1-{OTHER}") == "{}"
        assert records.erasure.erase(INTERVIEW) == {}
    store.verify()
