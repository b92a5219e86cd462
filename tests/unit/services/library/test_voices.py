"""Whose voices are there: counted by group, found by filter, masked in files."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.consent import Stage
from oralhistory.domain.interview import Route
from oralhistory.domain.query import Query, query
from oralhistory.domain.voices import By, Group
from oralhistory.errors import MalformedInput, StorageFailed
from oralhistory.services.desk import Desk
from tests.helpers.archives import consent, quick_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Seven voices: five through a third country, of whom one may not be published; one straight; one not asked."""
    folder: Path = tmp_path_factory.mktemp("voices")
    with quick_desk(folder) as desk:
        for number in range(7):
            route = (Route.STRAIGHT, Route.UNKNOWN)[number] if number < 2 else Route.THIRD_COUNTRY
            code = desk.interviews.create(pseudonym=f"Bird {number}", route=route).code
            person = desk.describing.of(code).people[0].narrator.code
            desk.describing.state_of_person(person, "gender", "woman" if number else "man")
            if number > 1:
                desk.describing.state_of_person(person, "left", "2004, 1998~" if number % 2 else "2009")
                desk.topics.assign(code, "healing" if number == 3 else "famine")
            if number > 2:
                desk.consenting.record(code, consent(Stage.AFTER, "publish_text"))
        yield desk


def test_voices_are_counted_by_every_group(desk: Desk) -> None:
    voiced = desk.voices.voiced()
    assert voiced.everyone == Group("", 7, 4)
    assert voiced.by[By.ROUTE] == [Group("straight", 1, 0), Group("third_country", 5, 4), Group("unknown", 1, 0)]
    assert voiced.by[By.DECADE] == [Group("1990", 2, 2), Group("2000", 3, 2), Group("unknown", 2, 0)]
    assert voiced.by[By.GENDER] == [Group("man", 1, 0), Group("woman", 6, 4)]
    assert voiced.by[By.TOPIC] == [Group("famine", 4, 3), Group("healing", 1, 1), Group("unknown", 2, 0)]
    assert voiced.by[By.REGION] == [Group("unknown", 7, 4)]
    assert voiced.names[By.TOPIC]["healing"] == "Healing"


def test_a_filter_finds_what_the_chart_counts(desk: Desk) -> None:
    glances, voiced = desk.library.glances(), desk.voices.voiced()
    for by in By:
        for group in voiced.by[by]:
            assert len([one for one in glances if Query(groups={by: group.key}).matches(one)]) == group.voices
    women = Query(groups={By.GENDER: "woman", By.ROUTE: "third_country"}, consent="not_publish")
    assert [one.pseudonyms for one in glances if women.matches(one)] == ["Bird 2"]
    assert [one.pseudonyms for one in glances if Query("bird 4", consent="publish").matches(one)] == ["Bird 4"]


def test_a_table_for_a_file_is_masked_and_on_record(desk: Desk, tmp_path: Path) -> None:
    voiced = desk.voices.voiced()
    for by in By:
        rows = list(csv.reader(desk.voices.table(voiced, by).decode("utf-8-sig").splitlines()))
        counts = [cell for row in rows[1:-1] for cell in row[1:]]
        assert all(cell == "*" or int(cell) >= 3 for cell in counts)
    desk.voices.write(By.ROUTE, tmp_path / "route.csv", desk.voices.table(voiced, By.ROUTE))
    assert (tmp_path / "route.csv").read_text("utf-8-sig").splitlines()[1:5] == [
        "another way,*,*,*", "directly to South Korea,*,*,*", "through a third country,5,*,*", "route not asked,*,*,*",
    ]  # fmt: skip
    with desk.archive.store.reading() as records:
        assert records.custody.of("")[-1].action == "voices by route exported"
    with pytest.raises(StorageFailed):
        desk.voices.write(By.ROUTE, tmp_path / "no folder" / "route.csv", b"")


def test_a_group_that_nobody_is_in_cannot_be_told_from_a_small_one(desk: Desk) -> None:
    voiced = desk.voices.voiced()
    assert {one.key for one in voiced.masked(By.ROUTE)[:-1]} == {route.value for route in Route}
    assert {"1950", "2000", "unknown"} < {one.key for one in voiced.masked(By.DECADE)}
    assert [(one.key, one.voices) for one in voiced.masked(By.REGION)] == [("unknown", 7), ("", 7)], "nothing is small"
    silent = next(one for one in desk.topics.all() if one.code not in {group.key for group in voiced.by[By.TOPIC]})
    desk.topics.put(silent.code, silent.names, active=False)
    assert silent.code in {one.key for one in desk.voices.voiced().masked(By.TOPIC)}, "nor a retired topic from one in use"
    desk.topics.put(silent.code, silent.names)


def test_a_file_is_new_outside_the_archive_and_without_those_who_took_everything_back(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "there.csv").write_bytes(b"mine")
    for to in (tmp_path / "there.csv", desk.archive.folder / "route.csv"):
        with pytest.raises(MalformedInput):
            desk.voices.write(By.ROUTE, to, b"x")
    assert (tmp_path / "there.csv").read_bytes() == b"mine"
    before = desk.voices.to_give_out(desk.library.glances()).everyone.voices
    gone = desk.interviews.create(pseudonym="Bird 8").code
    assert desk.voices.to_give_out(desk.library.glances()).everyone.voices == before + 1
    desk.consenting.withdraw(gone)
    assert desk.voices.to_give_out(desk.library.glances()).everyone.voices == before
    assert desk.voices.voiced().everyone.voices == before + 1
    desk.destroying.destroy(gone)


def test_filters_are_kept_by_name(desk: Desk) -> None:
    wanted = Query("bird", {By.ROUTE: "straight"}, "not_publish")
    desk.library.keep_filter("  곧장  온 사람 ", wanted)
    desk.library.keep_filter("all", Query())
    assert desk.library.filters() == {"곧장 온 사람": wanted, "all": Query()}
    desk.library.drop_filter("all")
    assert list(desk.library.filters()) == ["곧장 온 사람"]
    assert query({"words": "x", "consent": "maybe", "planet": "mars"}) == Query("x")
    for name in ("", " ", "x" * 61):
        with pytest.raises(MalformedInput):
            desk.library.keep_filter(name, Query())
