"""Where things are: the program itself, the shipped resources and migrations, the person's own settings and models.

Nothing about an archive is decided here; an archive is wherever its owner put it.
"""

import os
import sys
from pathlib import Path

import platformdirs

APPLICATION = "oralhistory"


def itself(word: str) -> list[str]:
    """The argument list that starts this program, installed, checked out or frozen, with one hidden `word`."""
    if getattr(sys, "frozen", False):
        return [sys.executable, word]
    return [sys.executable, "-P", "-m", "oralhistory", word]


def environment_of_itself() -> dict[str, str]:
    """This process's environment, in which `itself` finds a checkout from every folder."""
    if getattr(sys, "frozen", False):
        return dict(os.environ)
    here = str(Path(__file__).resolve().parent.parent)
    others = [place for place in os.environ.get("PYTHONPATH", "").split(os.pathsep) if place and place != here]
    return {**os.environ, "PYTHONPATH": os.pathsep.join([here, *others])}


def shipped(name: str) -> Path:
    """The shipped folder `name` ("resources" or "db"): frozen, installed as a wheel, or beside the package in a checkout."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / name
    package = Path(__file__).resolve().parent
    installed = package / "shipped" / name
    return installed if installed.is_dir() else package.parent / name


def resources() -> Path:
    """The shipped icons, translations, consent texts, gazetteers, style sheet, demonstration sound and model."""
    return shipped("resources")


def migrations() -> Path:
    """The Alembic environment and its migrations."""
    return shipped("db")


def settings_file() -> Path:
    """The person's settings; holds no name, path of an archive or interview data."""
    return Path(platformdirs.user_config_dir(APPLICATION)) / "settings.json"


def models_folder() -> Path:
    """Where speech models are kept when the person added them; they hold no interview data."""
    return Path(platformdirs.user_data_dir(APPLICATION)) / "models"


def reserve_folder() -> Path:
    """Where a recording goes on when an archive's disk fails. What lands there is sealed like in the archive."""
    return Path(platformdirs.user_data_dir(APPLICATION)) / "reserve"


def default_archive() -> Path:
    """Where a new archive is offered: a folder in the person's own documents."""
    return Path(platformdirs.user_documents_dir()) / "Oral history archive"
