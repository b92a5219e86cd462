"""Who may open the archive, people of the organisation, and the second person."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.domain.ports import ARCHIVE
from oralhistory.domain.staff import Member, Role
from oralhistory.errors import Damaged, MalformedInput, NotAllowed, NotFound, WrongPassphrase
from oralhistory.services.archive.renewing import renew_keys
from oralhistory.services.desk import Desk
from tests.helpers.archives import PASSPHRASE, cheap_program, new_desk, open_desk
from tests.helpers.releases import releasable

SECOND = "둘째 사람의 긴 암호"
ANOTHER = "another one for today"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with new_desk(tmp_path) as made:
        made.staffing.add("LEE", "이서연", Role.REVIEWER)
        yield made


def unlocked_by(folder: Path, passphrase: str) -> str:
    opened = cheap_program(folder).archives.unlock(folder / "archive", passphrase)
    opened.close()
    return opened.actor


def test_the_first_member_comes_with_the_archive(desk: Desk) -> None:
    assert desk.staffing.members() == [
        Member("S1", "", Role.DIRECTOR, active=True),
        Member("LEE", "이서연", Role.REVIEWER, active=True),
    ]


def test_an_archive_from_before_there_were_members_gets_its_first_one(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        desk.archive.store._engine.raw_connection().execute("DELETE FROM staff")
        assert desk.staffing.members() == []
    with open_desk(tmp_path) as desk:
        assert [one.code for one in desk.staffing.members()] == ["S1"]


def test_members_change_and_are_never_deleted(desk: Desk) -> None:
    assert desk.staffing.change("lee", role=Role.RELEASER).role is Role.RELEASER
    desk.staffing.change("LEE", name="이서윤", active=False)
    assert desk.staffing.members()[1] == Member("LEE", "이서윤", Role.RELEASER, active=False)
    with pytest.raises(NotAllowed):
        desk.admitting.add_passphrase("LEE", SECOND)
    for taken in ("LEE", "lee", "two words", "", "x" * 33):
        with pytest.raises(MalformedInput):
            desk.staffing.add(taken, "", Role.REVIEWER)
    with pytest.raises(NotFound):
        desk.staffing.change("NOBODY", name="x")


def test_everybody_comes_in_with_their_own_passphrase(desk: Desk, tmp_path: Path) -> None:
    made = desk.admitting.add_passphrase("lee", SECOND)
    assert (made.kind, made.owner, made.cost) == ("passphrase", "LEE", (64, 1, 1))
    with pytest.raises(NotAllowed):
        desk.staffing.change("LEE", active=False)
    desk.archive.close()
    assert unlocked_by(tmp_path, SECOND) == "LEE"
    assert unlocked_by(tmp_path, PASSPHRASE) == "S1"
    with open_desk(tmp_path) as again:
        again.admitting.remove(made.id[:6])
        with again.archive.store.transaction() as records:
            done = [event.action for event in records.custody.of(ARCHIVE)]
    assert done == ["staff LEE added", "key slot passphrase of LEE added", "key slot passphrase of LEE removed"]
    with pytest.raises(WrongPassphrase):
        unlocked_by(tmp_path, SECOND)


def test_what_is_refused_leaves_the_list_as_it_was(desk: Desk) -> None:
    before = desk.admitting.slots()
    for refusal, attempt in (
        (NotFound, lambda: desk.admitting.add_passphrase("NOBODY", SECOND)),
        (MalformedInput, lambda: desk.admitting.add_passphrase("LEE", "short")),
        (MalformedInput, lambda: desk.admitting.add_passphrase("LEE", PASSPHRASE)),  # somebody has it
        (MalformedInput, lambda: desk.admitting.add_organisation("LEE", b"no key")),
        (NotFound, lambda: desk.admitting.remove("zz")),
        (NotFound, lambda: desk.admitting.remove("")),
    ):
        with pytest.raises(refusal):
            attempt()
    assert desk.admitting.slots() == before


def test_a_printed_code_more_and_the_last_way_in(desk: Desk, tmp_path: Path) -> None:
    paper, code = desk.admitting.add_recovery("LEE")
    for slot in desk.admitting.slots():
        if slot.id != paper.id:
            desk.admitting.remove(slot.id)
    with pytest.raises(NotAllowed):
        desk.admitting.remove(paper.id)
    desk.archive.close()
    with pytest.raises(WrongPassphrase):
        unlocked_by(tmp_path, PASSPHRASE)
    opened = cheap_program(tmp_path).archives.recover(tmp_path / "archive", code, ANOTHER)
    opened.close()
    assert unlocked_by(tmp_path, ANOTHER) == "LEE"


@pytest.mark.parametrize("secret", ["기관의 금고 열쇠", None])
def test_the_organisations_key_opens_and_sets_a_passphrase(desk: Desk, tmp_path: Path, secret: str | None) -> None:
    archives = cheap_program(tmp_path).archives
    pair = archives.make_organisation_key(secret)
    desk.admitting.add_organisation("LEE", pair.public)
    desk.admitting.add_passphrase("LEE", SECOND)
    interview = desk.interviews.create().code
    desk.archive.close()
    folder = tmp_path / "archive"
    stranger = archives.make_organisation_key(None)
    with pytest.raises(WrongPassphrase):
        archives.recover_with_organisation_key(folder, stranger.private, "", ANOTHER)
    opened = archives.recover_with_organisation_key(folder, pair.private, secret or "", ANOTHER)
    assert cheap_program(tmp_path).desk(opened).interviews.card(interview).interview.code == interview
    opened.close()
    assert unlocked_by(tmp_path, ANOTHER) == "LEE"  # theirs was forgotten
    assert unlocked_by(tmp_path, PASSPHRASE) == "S1"
    with pytest.raises(WrongPassphrase):
        unlocked_by(tmp_path, SECOND)
    archives.recover_with_organisation_key(folder, pair.private, secret or "", SECOND, "s1").close()
    assert unlocked_by(tmp_path, SECOND) == "S1"


def test_what_the_second_person_attests_stands_under_their_code(desk: Desk) -> None:
    desk.admitting.add_passphrase("LEE", SECOND)
    code = releasable(desk, "N1: 밤에 강을 건넜습니다.\n")
    for same in ("", desk.archive.actor):
        with pytest.raises(NotAllowed, match="signed off by the same person"):
            desk.attesting.second(code, same)
    assert not desk.attesting.state(code).second_checked
    desk.attesting.second(code, desk.admitting.second_person(SECOND))
    [event] = [one for one in desk.interviews.history(code).custody if one.action == "review second"]
    assert event.actor == "LEE"
    assert desk.attesting.state(code).second_checked


def test_the_second_person_is_another_one(desk: Desk, tmp_path: Path) -> None:
    desk.admitting.add_passphrase("LEE", SECOND)
    desk.admitting.add_passphrase("S1", ANOTHER)
    assert desk.admitting.second_person(SECOND) == "LEE"
    for same in (PASSPHRASE, ANOTHER):
        with pytest.raises(NotAllowed):
            desk.admitting.second_person(same)
    with pytest.raises(WrongPassphrase):
        desk.admitting.second_person("nobody has this one")
    keys = tmp_path / "archive" / "keyslots.json"
    now = keys.read_bytes()
    desk.admitting.remove(next(slot.id for slot in desk.admitting.slots() if slot.owner == "LEE"))
    keys.write_bytes(now)  # the list from before, with the one who left in it
    with pytest.raises(Damaged):
        desk.admitting.second_person(SECOND)


def test_a_new_archive_key_and_a_new_way_in_at_the_same_time_both_hold(tmp_path: Path) -> None:
    with new_desk(tmp_path) as desk:
        owner, codes = desk.archive.actor, list[str]()
        for _ in range(5):
            together = threading.Barrier(2)

            def renew(together: threading.Barrier = together) -> None:
                together.wait()
                renew_keys(desk.archive)

            other = threading.Thread(target=renew, name="renewing")
            other.start()
            together.wait()
            codes.append(desk.admitting.add_recovery(owner)[1])
            other.join()
    program = cheap_program(tmp_path)
    program.archives.unlock(tmp_path / "archive", PASSPHRASE).close()
    for code in codes:
        program.archives.recover(tmp_path / "archive", code, PASSPHRASE).close()
