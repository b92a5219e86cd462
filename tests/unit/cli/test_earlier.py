"""``archive earlier``: what an older version left is listed and put back."""

from datetime import datetime

from tests.helpers import old_archive
from tests.unit.cli.conftest import Shell


def test_an_earlier_database_is_listed_and_put_back(outside: Shell) -> None:
    old_archive.make(outside.folder)
    assert outside.ask("archive", "earlier") == []
    assert [one["code"] for one in outside.ask("interview", "list")] == [old_archive.CODE]  # type: ignore[attr-defined]
    (copy,) = outside.ask("archive", "earlier")  # type: ignore[misc]
    assert copy["revision"] == old_archive.OLD
    assert datetime.fromisoformat(copy["made_at"]).tzinfo is not None
    assert outside.type("archive", "earlier", "put-back").code == 2
    assert outside.type("archive", "earlier", "put-back", "archive-0001-20260301T093000Z.db").code == 8
    done = outside.type("archive", "earlier", "put-back", copy["name"])
    assert (done.code, done.document["put_back"]) == (0, copy["name"])
    assert len(outside.ask("archive", "earlier")) == 2  # type: ignore[arg-type]
    again = outside.type("archive", "restored")
    assert again.document["question"] == {"as_of": copy["made_at"], "last_known": None}
    assert "--confirm" in again.stderr
    assert outside.ask("archive", "restored", "--confirm") == {"question": None}
    assert "--confirm" not in outside.type("interview", "list").stderr
