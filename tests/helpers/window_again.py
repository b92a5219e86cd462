"""The window that comes after one that was killed while it recorded: `python -m tests.helpers.window_again`.

Reads what `tests.helpers.window_session` reads; types the passphrase, waits until the take is in hand, stops it by its key and
tells as JSON how long each of it took (seconds), and for how long it worked itself until then.
"""

import json
import sys
import time

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from oralhistory.ui.record.record_page import RecordPage
from tests.helpers.archives import PASSPHRASE
from tests.helpers.window_session import Session


def main() -> None:
    session = Session(json.loads(sys.stdin.readline()))
    session.wait(lambda: session.frame.findChild(QLineEdit, "unlock_passphrase"))
    field = session.find("unlock_passphrase")
    assert isinstance(field, QLineEdit)
    field.setText(PASSPHRASE)
    QTest.keyClick(field, Qt.Key.Key_Return)
    session.wait(lambda: session.frame.main is not None)
    unlocked, worked = time.monotonic(), time.process_time()
    session.wait(lambda: isinstance(session.main.page, RecordPage) and session.main.page.recording)
    page = session.main.page
    assert isinstance(page, RecordPage)
    session.wait(lambda: page._running._beat is not None)
    in_hand, worked = time.monotonic(), time.process_time() - worked
    QTest.keyClick(session.frame, Qt.Key.Key_F9)
    session.wait(lambda: not page.recording and session.main.desk.listening.recordings(session.main.code))
    stopped = time.monotonic()
    session.wait(lambda: not session.main.jobs.busy)
    session.frame.close()
    took = {"in_hand_s": in_hand - unlocked, "worked_s": worked, "stopped_s": stopped - in_hand}
    print(json.dumps({name: round(seconds, 3) for name, seconds in took.items()}))


if __name__ == "__main__":
    main()
