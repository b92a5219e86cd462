"""The folder of models: what is added is whole and inspected, what is refused leaves nothing behind."""

import hashlib
import json
from pathlib import Path

import pytest

from oralhistory.errors import InUse, MalformedInput, NotFound, StorageFailed
from oralhistory.transcription.models import ModelStore


class Inspector:
    """Takes every file for a model whose bytes begin with "model"; counts how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, path: Path) -> tuple[str, str | None]:
        self.asked += 1
        content = path.read_bytes()
        if not content.startswith(b"model"):
            raise MalformedInput("no model")
        return hashlib.sha256(content).hexdigest(), "tiny" if content == b"model tiny" else None


@pytest.fixture
def inspector() -> Inspector:
    return Inspector()


@pytest.fixture
def store(tmp_path: Path, inspector: Inspector) -> ModelStore:
    return ModelStore(tmp_path / "data" / "models", inspector)


def brought(tmp_path: Path, content: bytes = b"model tiny") -> Path:
    file = tmp_path / "from a stick.pt"
    file.write_bytes(content)
    return file


def left_in(tmp_path: Path) -> list[str]:
    return sorted(path.name for path in (tmp_path / "data" / "models").glob("*"))


def test_nothing_is_there_at_first(store: ModelStore, tmp_path: Path) -> None:
    assert store.list() == []
    assert not (tmp_path / "data").exists()


def test_a_model_is_copied_found_listed_and_removed(store: ModelStore, tmp_path: Path) -> None:
    file = brought(tmp_path)
    added = store.add(file, "작은-모델")
    assert added.path.read_bytes() == file.read_bytes() == b"model tiny"
    assert (added.name, added.official, added.size) == ("작은-모델", "tiny", 10)
    assert added.sha256 == hashlib.sha256(b"model tiny").hexdigest()
    assert store.find("작은-모델") == added
    assert store.list() == [added]
    store.remove("작은-모델")
    assert store.list() == [] and left_in(tmp_path) == []
    with pytest.raises(NotFound):
        store.find("작은-모델")
    with pytest.raises(NotFound):
        store.remove("작은-모델")


def test_several_stand_side_by_side(store: ModelStore, tmp_path: Path, inspector: Inspector) -> None:
    store.add(brought(tmp_path), "quick")
    store.add(brought(tmp_path, b"model large"), "best.v1")
    assert [(one.name, one.official) for one in store.list()] == [("best.v1", None), ("quick", "tiny")]
    assert inspector.asked == 2, "listing reads no model again"


def test_a_path_is_found_without_being_added(store: ModelStore, tmp_path: Path) -> None:
    file = brought(tmp_path)
    found = store.find(str(file))
    assert (found.path, found.name, found.size) == (file, "from a stick", 10)
    assert store.list() == []
    for wrong in (str(tmp_path / "absent.pt"), str(tmp_path), "absent", "", "../from a stick"):
        with pytest.raises(NotFound):
            store.find(wrong)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../x", "a/b", "a\\b", ".hidden", "_x", "x" * 64, "a\nb", "a b", "a:b", "a\0"]
)
def test_names_that_could_lead_elsewhere_are_refused(store: ModelStore, tmp_path: Path, name: str) -> None:
    with pytest.raises(MalformedInput):
        store.add(brought(tmp_path), name)
    assert left_in(tmp_path) == []


def test_a_taken_name_keeps_its_model(store: ModelStore, tmp_path: Path) -> None:
    store.add(brought(tmp_path), "quick")
    with pytest.raises(InUse):
        store.add(brought(tmp_path, b"model other"), "quick")
    assert store.find("quick").path.read_bytes() == b"model tiny"


def test_a_refused_file_leaves_nothing(store: ModelStore, tmp_path: Path) -> None:
    with pytest.raises(MalformedInput):
        store.add(brought(tmp_path, b"a letter"), "quick")
    assert left_in(tmp_path) == []


def test_a_file_that_changes_while_it_is_copied_is_refused(tmp_path: Path) -> None:
    file = brought(tmp_path)

    def inspect(path: Path) -> tuple[str, str | None]:
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        path.write_bytes(b"model with something else in it")
        return sha256, None

    with pytest.raises(MalformedInput):
        ModelStore(tmp_path / "data" / "models", inspect).add(file, "quick")
    assert left_in(tmp_path) == []


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path: Path, inspector: Inspector) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    with pytest.raises(StorageFailed):
        ModelStore(tmp_path / "data" / "models", inspector).add(brought(tmp_path), "quick")


def test_a_model_laid_in_by_hand_is_inspected_once(store: ModelStore, tmp_path: Path, inspector: Inspector) -> None:
    folder = tmp_path / "data" / "models"
    folder.mkdir(parents=True)
    (folder / "byhand.pt").write_bytes(b"model tiny")
    (folder / "letter.pt").write_bytes(b"a letter")
    assert [one.name for one in store.list()] == ["byhand"]
    assert inspector.asked == 2
    assert store.find("byhand").official == "tiny"
    assert inspector.asked == 2


@pytest.mark.parametrize(
    "note", ["", "[]", "{}", '{"sha256": "x", "official": null, "size": 10}', '{"sha256": 1}', "null"]
)
def test_a_broken_note_is_made_anew(store: ModelStore, tmp_path: Path, note: str) -> None:
    added = store.add(brought(tmp_path), "quick")
    path = added.path.with_suffix(".json")
    path.write_text(note)
    assert store.find("quick") == added
    assert json.loads(path.read_text())["sha256"] == added.sha256


def test_a_replaced_file_is_inspected_again(store: ModelStore, tmp_path: Path) -> None:
    added = store.add(brought(tmp_path), "quick")
    added.path.write_bytes(b"model of another size")
    assert store.find("quick").sha256 == hashlib.sha256(b"model of another size").hexdigest()
