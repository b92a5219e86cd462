"""The words that people read for the state of an interview and the way its narrator came. Values are stable."""

from oralhistory.i18n import mark

STATUS = {
    "planned": mark("planned"),
    "noted": mark("written down"),
    "recorded": mark("recorded"),
    "drafted": mark("draft made"),
    "corrected": mark("corrected"),
    "second_checked": mark("second-checked"),
    "narrator_reviewed": mark("seen by the narrator"),
    "released": mark("released"),
    "changed_since_release": mark("changed since its release"),
}

ROUTE = {
    "straight": mark("directly to South Korea"),
    "third_country": mark("through a third country"),
    "other": mark("another way"),
    "unknown": mark("route not asked"),
}
