"""The words that people read for what is known of interviews: fields, provinces, events. Values are stable. Parts have theirs
in `refusal`."""

from oralhistory.i18n import listed, mark, tr

FIELD = {
    "abstract": mark("What it is about"),
    "summary": mark("Summary to give out"),
    "collection": mark("Collection"),
    "series": mark("Series"),
    "date": mark("When it was held"),
    "language_roles": mark("Languages and their use"),
    "birth": mark("Year of birth"),
    "gender": mark("Gender"),
    "region": mark("Province of origin"),
    "stays": mark("Countries on the way, and when"),
    "left": mark("Years of leaving"),
    "times_sent_back": mark("Times sent back"),
    "arrived": mark("Year of arrival"),
    "speaks_publicly": mark("Speaks in public"),
    "speaks_why": mark("Why, or why not"),
    "reasons": mark("Reasons for speaking or not"),
}

HINT = {
    "date": mark("2026, 2026-03, 2026-03/2026-05"),
    "birth": mark("1968, 196X, 1968~"),
    "stays": mark("China 1998/2004, Laos 2004"),
    "left": mark("1998, 2004"),
    "times_sent_back": mark("a number"),
    "arrived": mark("2005, 2005~"),
}
"""How a field is filled in; of others their name says enough."""

DATE_SIGNS = mark("199X: some year of the 1990s. 1998~: about 1998. 1998?: not certain. 1998/2004: from 1998 to 2004.")

SIGNS = {
    "date": DATE_SIGNS,
    "birth": mark("1968: that year. 196X: some year of the 1960s. 1968~: about 1968. 1968?: not certain."),
    "stays": mark("The country and from when to when; with a comma between two stays."),
}  # fmt: skip
"""What the signs in such a field mean; stands below it."""

GENDER = {"woman": mark("woman"), "man": mark("man"), "other": mark("another")}

REGION = {
    "pyongyang": mark("Pyongyang"),
    "south_pyongan": mark("South Pyongan"),
    "north_pyongan": mark("North Pyongan"),
    "chagang": mark("Chagang"),
    "ryanggang": mark("Ryanggang"),
    "north_hamgyong": mark("North Hamgyong"),
    "south_hamgyong": mark("South Hamgyong"),
    "kangwon": mark("Kangwon"),
    "north_hwanghae": mark("North Hwanghae"),
    "south_hwanghae": mark("South Hwanghae"),
    "rason": mark("Rason"),
    "nampo": mark("Nampo"),
    "kaesong": mark("Kaesong"),
    "other": mark("elsewhere"),
}

SPEAKS = {"yes": mark("yes"), "sometimes": mark("sometimes"), "no": mark("no")}

REASON = {
    "to_heal": mark("to heal"),
    "to_be_heard": mark("to be heard"),
    "to_warn": mark("a duty to warn others"),
    "asked_by_organisation": mark("asked by an organisation"),
    "fear_for_relatives": mark("fear for relatives"),
    "sees_no_use": mark("sees no use in it"),
    "not_asked": mark("was not asked"),
}

LANGUAGE_USE = {"spoken": mark("spoken"), "interpreted": mark("interpreted"), "quoted": mark("quoted")}
"""What a language is to an interview."""

VALUES = {"gender": GENDER, "region": REGION, "speaks_publicly": SPEAKS, "reasons": REASON}
"""The words for the values of the fields that have a list of them."""

EVENT_TYPE = {
    "birth": mark("birth"),
    "family": mark("family"),
    "hunger": mark("hunger"),
    "leaving": mark("leaving"),
    "arrest": mark("arrest"),
    "forced_return": mark("sent back"),
    "interrogation": mark("interrogation"),
    "detention": mark("detention"),
    "violence": mark("violence"),
    "death": mark("death"),
    "marriage": mark("marriage"),
    "sale": mark("being sold"),
    "stay": mark("a stay"),
    "arrival": mark("arrival"),
    "other": mark("another event"),
}

CALENDAR = {"gregorian": mark("solar calendar"), "lunar": mark("lunar calendar")}

LEVEL = {
    "country": mark("country"),
    "province": mark("province"),
    "county": mark("county"),
    "town": mark("town"),
    "exact": mark("exact place"),
}

PERSPECTIVE = {"experienced": mark("experienced"), "witnessed": mark("witnessed"), "heard": mark("heard of")}

CONFIDENCE = {"high": mark("certain"), "medium": mark("fairly certain"), "low": mark("uncertain")}


def told(field: str, value: object) -> str:
    """A value of the field as people read it."""
    words = VALUES.get(field, {})
    many = value if isinstance(value, list) else [value]
    return listed(tr(words[str(one)]) if str(one) in words else str(one) for one in many)
