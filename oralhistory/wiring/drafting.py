"""The speech models, and the drafts that they write."""

from oralhistory import paths
from oralhistory.services.desk import Desk
from oralhistory.services.review.benching import Benching
from oralhistory.services.review.giving_way import GivingWay
from oralhistory.services.review.live_drafting import LiveDrafting
from oralhistory.services.review.models import ModelShelf
from oralhistory.services.review.one_engine import OneEngine
from oralhistory.services.review.phantoms import Phantoms, starting_lists
from oralhistory.services.review.transcribing import Transcribing
from oralhistory.transcription.chinese_writer import ChineseWriter
from oralhistory.transcription.doubts import DoubtFinder
from oralhistory.transcription.models import ModelStore
from oralhistory.transcription.windows import SpeechWindows
from oralhistory.wiring.rooms import Rooms
from oralhistory.workers.inspecting import inspect_model
from oralhistory.workers.transcribing import WhisperEngines


def models(desk: Desk, rooms: Rooms) -> ModelShelf:
    return ModelShelf(desk.archive, _store(rooms))


def transcribing(desk: Desk, rooms: Rooms) -> Transcribing:
    engines, windows = OneEngine(WhisperEngines(_store(rooms).converted)), SpeechWindows()

    def recording_now() -> bool:
        return desk.recording.is_under_way()  # asked for with the first draft, not when transcribing is made

    return Transcribing(
        desk.archive, desk.models, engines, rooms.sound, windows, DoubtFinder, desk.phantoms, ChineseWriter,
        GivingWay(recording_now), desk.glossary.prompt,
    )  # fmt: skip


def live_drafting(desk: Desk, _: Rooms) -> LiveDrafting:
    return LiveDrafting(desk.archive, desk.models, desk.transcribing)


def benching(desk: Desk, rooms: Rooms) -> Benching:
    speech = paths.resources() / "demo" / "crane.flac"
    return Benching(desk.models, desk.transcribing.engines, rooms.sound, SpeechWindows(), speech)


def phantoms(desk: Desk, _: Rooms) -> Phantoms:
    return Phantoms(desk.archive, starting_lists(paths.resources() / "phantoms.json"))


def _store(rooms: Rooms) -> ModelStore:
    return ModelStore(rooms.models, inspect_model)
