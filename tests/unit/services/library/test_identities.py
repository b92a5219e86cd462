"""Real names are shown for a reason, which is kept; how somebody may be reached stands with the name and nowhere else."""

import json
from collections.abc import Iterator

import pytest

from oralhistory.cli import documents
from oralhistory.domain.consent import Act
from oralhistory.domain.person import Contact, Recontact
from oralhistory.errors import MalformedInput, NotFound
from oralhistory.services.desk import Desk
from tests.helpers.archives import quick_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with quick_desk(tmp_path_factory.mktemp("identities")) as made:
        yield made


def test_a_name_is_shown_for_a_reason_that_is_kept_before_it_is_shown(desk: Desk) -> None:
    code = desk.interviews.create(pseudonym="카나리아").code
    desk.interviews.set_field(code, "names", "김복순\nKim Bok-sun")
    with pytest.raises(MalformedInput):
        desk.identities.reveal(code, "  ")
    assert desk.consenting.on_file(code).events == ()
    [shown] = desk.identities.reveal(code, "to call her back")
    assert (shown.names, shown.contact.wish) == (("김복순", "Kim Bok-sun"), Recontact.NOT_ASKED)
    [event] = desk.consenting.on_file(code).events
    assert (event.act, event.by, event.note) == (Act.IDENTITY_SHOWN, desk.archive.actor, "to call her back")
    last = desk.interviews.history(code).custody[-1]
    assert (last.action, last.actor) == ("real name shown", desk.archive.actor)
    with pytest.raises(NotFound):
        desk.identities.reveal("I-NOBODY", "x")


def test_how_to_reach_somebody_stands_with_the_name_and_nowhere_else(desk: Desk) -> None:
    code = desk.interviews.create().code
    person = desk.interviews.card(code).narrators[0]
    secret = ("through the pastor 010-555", "after nine", "aunt Sun")
    desk.identities.set_contact(code, Recontact.ONLY_VIA, *secret)
    [shown] = desk.identities.reveal(person.code.lower(), "to call her back")
    assert shown.contact == Contact(person.id, Recontact.ONLY_VIA, *secret)
    elsewhere = json.dumps(documents.interview(desk.interviews.card(code), desk.consenting.on_file(code)), ensure_ascii=False)
    elsewhere += repr(desk.interviews.history(code))
    assert not [word for word in secret if word in elsewhere]
    with desk.archive.store.transaction() as records:
        assert records.erasure.erase(person.interview_id)["contacts"] == 1


def test_of_several_narrators_the_person_is_named(desk: Desk) -> None:
    code = desk.interviews.create().code
    second = desk.describing.add_narrator(code, "", desk.interviews.card(code).narrators[0].route)
    with pytest.raises(MalformedInput):
        desk.identities.set_contact(code, Recontact.YES)
    desk.identities.set_contact(second.code, Recontact.NO)
    assert [one.contact.wish for one in desk.identities.reveal(code, "x")] == [Recontact.NOT_ASKED, Recontact.NO]
