"""``archive clock``: asked about until a person answers."""

from datetime import UTC, datetime, timedelta

from tests.helpers.archives import open_desk
from tests.unit.cli.conftest import Shell


def seen(shell: Shell, moment: datetime) -> None:
    """The archive was last in use then."""
    with open_desk(shell.folder) as desk, desk.archive.store.transaction() as records:
        records.notes.set("clock_seen", moment.isoformat(timespec="seconds"))


def test_a_clock_in_doubt_is_said_with_every_command_until_it_is_confirmed(shell: Shell) -> None:
    now = datetime.now(UTC)
    seen(shell, now + timedelta(days=30))
    outcome = shell.type("interview", "new")
    assert outcome.code == 0
    assert "--confirm" in outcome.stderr
    told = shell.type("archive", "clock").document
    assert told["question"]["went_back"] is True
    assert told["opening"] < told["closing"]
    answered = shell.ask("archive", "clock", "--confirm")
    assert isinstance(answered, dict)
    assert answered["question"] is None
    assert answered["opening"] == answered["closing"]
    assert "--confirm" not in shell.type("interview", "list").stderr


def test_the_time_zone_is_the_archives_own(shell: Shell) -> None:
    told = shell.ask("archive", "clock", "--time-zone", "Asia/Seoul")
    assert isinstance(told, dict)
    assert told["time_zone"] == "Asia/Seoul"
    assert told["now"].endswith("+09:00")
    refused = shell.type("archive", "clock", "--time-zone", "Asia/Nowhere")
    assert (refused.code, refused.document["error"]) == (2, "malformed")
    assert shell.type("archive", "clock").document["time_zone"] == "Asia/Seoul"
