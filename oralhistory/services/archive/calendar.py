"""The days of an archive: counted in the organisation's time zone, by a clock that is watched.

The database remembers the latest time at which the clock was trusted, in every transaction that leaves an entry in the
custody log, at unlock and at lock. A clock that stands behind it (a dead battery, somebody's hand) or leapt far ahead is
asked about. Until a person answers, `today` is two days: nothing opens by the later one and nothing lasts by the earlier one.
"""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo

from oralhistory import zones
from oralhistory.domain.ports import ARCHIVE, Clock, CustodyEvent, Records, Store
from oralhistory.domain.today import ClockQuestion, Today
from oralhistory.errors import MalformedInput, StorageFailed
from oralhistory.i18n import tr

TOLERANCE = timedelta(minutes=10)
"""Clocks are set right by the network all the time; so much back is no question. The days count from the later time even so."""
LONGEST_LEAP = timedelta(days=400)
"""A laptop may lie in a cupboard for a year."""
_SEEN = "clock_seen"
_ZONE = "time_zone"
_WRITE_EVERY = timedelta(seconds=30)


class Calendar:
    """One for an open archive. Nobody else writes its notes meanwhile, so what was read once stays true."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Reads what the database remembers; an archive without a time zone gets the machine's."""
        self._store = store
        self._clock = clock
        with store.transaction() as records:
            seen, zone = records.notes.get(_SEEN), records.notes.get(_ZONE)
        self._seen = datetime.fromisoformat(seen) if seen else None
        self._zone: tzinfo = UTC
        self._set_zone(zone or zones.of_machine())
        with suppress(StorageFailed):  # a full disk keeps nobody out
            self._begin(new=zone is None)

    def _begin(self, *, new: bool) -> None:
        with self._store.transaction() as records:
            if new:
                records.notes.set(_ZONE, self._zone_name)
            self.witness(records)

    @property
    def zone(self) -> str:
        """The IANA name of the organisation's time zone."""
        return self._zone_name

    @property
    def zone_info(self) -> tzinfo:
        return self._zone

    @property
    def last_seen(self) -> datetime | None:
        """The latest time at which the clock was trusted; None for an archive in which nothing has happened yet."""
        return self._seen

    def day(self) -> date:
        """The day where the organisation is, as the machine's clock has it: for what a person writes down today."""
        return self.day_of(self._clock())

    def today(self) -> Today:
        """For deciding what may be done."""
        now, seen = self._clock(), self._seen
        if seen is None or (seen <= now and not self._doubtful(now)):
            return Today.certainly(self.day_of(now))
        return Today.between(self.day_of(now), self.day_of(seen))

    def question(self) -> ClockQuestion | None:
        """What a person must be asked about the clock; None while it can be trusted."""
        now = self._clock()
        return ClockQuestion(now, self._seen) if self._seen is not None and self._doubtful(now) else None

    def confirm(self, actor: str) -> None:
        """A person looked: the clock is right now, whatever it was before."""
        question, now = self.question(), self._clock()
        with self._store.transaction() as records:
            self._remember(records, now)
            if question:
                action = "clock confirmed after it went back" if question.went_back else "clock confirmed after a leap"
                records.custody.add(CustodyEvent(ARCHIVE, now, actor, action, "done"))

    def set_zone(self, name: str, actor: str) -> None:
        """Count the days in another time zone from now on; MalformedInput when there is none of that name."""
        if zones.named(name) is None:
            raise MalformedInput(
                tr("There is no time zone “{name}”.", name=name),
                safe=tr("Nothing was changed."),
                todo=tr("Use a name such as Asia/Seoul."),
            )
        with self._store.transaction() as records:
            records.notes.set(_ZONE, name)
            self.witness(records)
            records.custody.add(CustodyEvent(ARCHIVE, self._clock(), actor, f"time zone set to {name}", "done"))
        self._set_zone(name)

    def witness(self, records: Records) -> None:
        """Remember the time within a transaction, unless it is in doubt."""
        now = self._clock()
        if self._seen is None or (now >= self._seen + _WRITE_EVERY and not self._doubtful(now)):
            self._remember(records, now)

    def close(self) -> None:
        """Remember when the archive was last open."""
        with self._store.transaction() as records:
            self.witness(records)

    def _doubtful(self, now: datetime) -> bool:
        assert self._seen is not None
        return not self._seen - TOLERANCE <= now <= self._seen + LONGEST_LEAP

    def _remember(self, records: Records, now: datetime) -> None:
        self._seen = now
        records.notes.set(_SEEN, now.astimezone(UTC).isoformat(timespec="seconds"))

    def _set_zone(self, name: str) -> None:
        self._zone_name, self._zone = name, zones.named(name) or UTC

    def day_of(self, moment: datetime) -> date:
        """On which day something happened, where the organisation is."""
        return moment.astimezone(self._zone).date()


def in_words(question: ClockQuestion) -> str:
    """What is wrong with the clock, in the language in use."""
    facts = {"now": f"{question.now:%Y-%m-%d %H:%M}", "seen": f"{question.last_seen:%Y-%m-%d %H:%M}"}
    if question.went_back:
        return tr("The clock says {now} UTC, but this archive was in use at {seen} UTC.", **facts)
    return tr("The clock says {now} UTC, long after this archive was last in use at {seen} UTC.", **facts)


def until_then() -> str:
    """What holds as long as a clock in doubt is not confirmed."""
    return tr("Until it is confirmed, no embargo opens and no permission that ended comes back.")
