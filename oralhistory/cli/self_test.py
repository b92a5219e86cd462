"""``--self-test``: check an installed or frozen program part by part."""

from oralhistory.cli.session import Session
from oralhistory.i18n import tr
from oralhistory.services.self_checking import self_check


def self_test(session: Session) -> int:
    """0 when every part that this machine has works, else 1."""
    checks = self_check(session.program, session.say)
    told = {True: tr("works"), False: tr("does not work"), None: tr("not tried")}
    rows = [{"part": one.part, "works": one.works, "detail": one.detail} for one in checks]
    session.show(rows, "\n".join(f"{one.part}: {told[one.works]} ({one.detail})" for one in checks))
    return 0 if all(one.works is not False for one in checks) else 1
