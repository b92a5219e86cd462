"""What a passphrase must be before it is set."""

from oralhistory.errors import MalformedInput
from oralhistory.i18n import tr

SHORTEST_PASSPHRASE = 8


def check_passphrase(passphrase: str) -> None:
    """MalformedInput when it is too short."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise MalformedInput(
            tr("The passphrase is too short."),
            todo=tr("Use at least {n} characters; four or more words are good.", n=SHORTEST_PASSPHRASE),
        )
