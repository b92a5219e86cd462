"""The two logs of the leak check: what was found, and what people explained."""

from datetime import UTC, datetime

from oralhistory.domain.leaks import LeakExplanation, LeakFinding, LeakPlace
from oralhistory.storage.store import Database
from tests.unit.storage.conftest import INTERVIEW

OTHER = "e" * 32
AT = datetime(2031, 5, 1, 9, tzinfo=UTC)


def finding(text: str, number: int = 1, part: str = "(content)") -> LeakFinding:
    place = LeakPlace(text, part, "text", (("말했습니다", "라고"), ("", "라고")))
    return LeakFinding("E-1.txt", part, "e1", "text", place=place, number=number)


def test_a_finding_is_kept_once_and_without_its_file(store: Database) -> None:
    with store.transaction() as records:
        records.leaks.found(INTERVIEW, [finding("김영희"), finding("김영희", 2)])
        records.leaks.found(INTERVIEW, [finding("김영희"), LeakFinding("E-1.txt", "", "e1", "kept_missing")])
    with store.transaction() as records:
        kept = records.leaks.findings(INTERVIEW)
        assert records.leaks.findings(OTHER) == {}
    assert list(kept) == [finding("김영희").mark, finding("김영희", 2).mark]
    assert [(one.file, one.place, one.explained) for one in kept.values()] == [("", finding("김영희").place, False)] * 2


def test_an_explanation_stays_beside_what_it_explains(store: Database) -> None:
    one = finding("유선")
    said = LeakExplanation(one.mark, "the telephone line", "KIM", AT)
    with store.transaction() as records:
        records.leaks.found(INTERVIEW, [one, finding("유선", 2)])
        records.leaks.explain(INTERVIEW, said)
    with store.transaction() as records:
        assert records.leaks.explanations(INTERVIEW) == [said]
        assert records.leaks.explanations(OTHER) == []
        assert [found.explained for found in records.leaks.findings(INTERVIEW).values()] == [True, False]


def test_the_mark_names_one_place_in_one_part() -> None:
    marks = {finding("김영희").mark, finding("김영희", 2).mark, finding("김영").mark, finding("김영희", part="(head)").mark}
    assert len(marks) == 4
    assert finding("김영희").mark == finding("김영희").mark
    assert LeakFinding("E-1.txt", "", "e1", "kept_missing").mark == ""
