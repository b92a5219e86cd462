"""Fingerprints of what a narrator decided, for the custody log: a row that is changed later does not fit its entry any more."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from oralhistory.domain.consent import ConsentEvent, ConsentVersion, Withdrawal
from oralhistory.domain.consent_document import document


def of_consent(version: ConsentVersion) -> str:
    return _fingerprint([version.number, version.form_sha256, version.recorded_by, document(version)])


def of_withdrawal(one: Withdrawal) -> str:
    return _fingerprint([one.requested_on, sorted(one.purposes), one.due, one.recipient, one.lasting])


def of_act(one: ConsentEvent) -> str:
    """Of what was done about a consent; the entry says itself when and by whom."""
    return _fingerprint(
        [one.act, one.version, one.purpose, one.recipient, one.day, one.note, one.wish, one.narrator, one.settles]
    )


def _fingerprint(values: list[Any]) -> str:
    """SHA-256 of the values as JSON."""
    written = json.dumps(_said(values), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(written.encode()).hexdigest()


def _said(value: Any) -> Any:
    """Without fields that say nothing: what a later version of the program adds to a document does not change what was given."""
    if isinstance(value, dict):
        return {name: _said(one) for name, one in value.items() if one not in ("", None, False, [], {})}
    return [_said(one) for one in value] if isinstance(value, list) else value


def _plain(value: object) -> str:
    assert isinstance(value, date | datetime)
    return value.isoformat()
