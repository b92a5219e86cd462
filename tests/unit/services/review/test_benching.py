"""How fast a model is here: a real one hears real sound, and the figure stays beside the model."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from oralhistory.errors import Cancelled, NotFound
from oralhistory.services.desk import Desk
from oralhistory.services.review.benching import Speed, an_hour_takes
from tests.helpers.kept_engine import MODEL, NAME, drafting_desk


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with drafting_desk(tmp_path_factory.mktemp("archive")) as desk:
        yield desk


@pytest.mark.full
def test_a_model_is_measured_and_its_figure_kept_for_that_engine_alone(desk: Desk) -> None:
    (before,) = desk.models.all()
    assert before.speeds == {}
    speed = desk.benching.run(NAME, "whisper")
    assert (speed.model, speed.engine) == (NAME, "whisper")
    assert 30_000 < speed.heard_ms < 60_000, "all of the sound but its first window"
    assert speed.seconds_an_hour == max(1, round(speed.took_s * 3_600_000 / speed.heard_ms))
    (after,) = desk.models.all()
    assert after.speeds == {"whisper": speed.seconds_an_hour}
    desk.models.keep_speed(after, "fast", 60)
    (both,) = desk.models.all()
    assert both.speeds == {"whisper": speed.seconds_an_hour, "fast": 60}
    assert (both.sha256, both.size) == (before.sha256, before.size)
    assert desk.transcribing.making == ""


def test_a_file_that_is_not_on_the_shelf_is_measured_and_nothing_is_kept(desk: Desk) -> None:
    before = desk.models.all()
    desk.models.keep_speed(desk.models.find(str(MODEL)), "fast", 1)
    assert desk.models.all() == before
    assert not MODEL.with_suffix(".json").exists()


def test_what_is_missing_is_said_and_a_wish_to_stop_is_heard(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.benching.run("nobody")
    with desk.benching._engines._in_use, pytest.raises(Cancelled):
        desk.benching.run(NAME, cancelled=lambda: True)


@pytest.mark.parametrize(
    ("took_s", "told"),
    [
        (0.01, "small: one hour of speech takes about 1 minute on this machine."),
        (13.0, "small: one hour of speech takes about 26 minutes on this machine."),
        (90.0, "small: one hour of speech takes about 3 hours on this machine."),
    ],
)
def test_the_figure_is_told_in_plain_words(took_s: float, told: str, tmp_path: Path) -> None:
    assert an_hour_takes("small", Speed("small", "fast", 30_000, took_s).seconds_an_hour) == told
