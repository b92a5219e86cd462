"""What is known of an interview, typed and read back; what may not stand there is refused by name and changes nothing."""

from tests.unit.cli.conftest import Shell


def test_an_interview_is_described(shell: Shell) -> None:
    code = shell.new()
    abstract = shell.file("abstract", "두 번 돌려보내진 이야기\n")
    shell.ask("interview", "set", code, f"abstract=@{abstract}", "date=2026-03", "pseudonym=두루미")
    person = shell.ask("interview", "show", code)["people"][0]["code"]  # type: ignore[index]
    shell.ask("person", "set", person, "birth=1968", "left=1998", "reasons=to_heal", "route=third_country", "--session", 1)
    shell.ask("person", "set", person, "left=1997~", "--session", 2)
    known = shell.ask("person", "show", person)
    assert isinstance(known, dict)
    assert known["facts"] == {"birth": "1968", "left": ["1997~"], "reasons": ["to_heal"]}
    assert (known["interview"], known["route"]) == (code, "third_country")
    left = [(one["value"], one["session"]) for one in known["statements"] if one["field"] == "left"]
    assert left == [(["1998"], 1), (["1997~"], 2)]
    further = shell.ask("person", "new", code, "--pseudonym", "Heron")["code"]  # type: ignore[index]
    shell.ask("part", "give", code, "further_narrator", further, "--label", "B", "--hidden")
    shell.ask("part", "session", code, 1, "--from", "2026-01-31T14:00+09:00", "--place", "서울")
    event = shell.ask("event", "add", code, "--type", "leaving", "--date", "1998-21", "--expression", "이듬해 봄")
    shell.ask("event", "add", code, "--follows", event["id"], "--date", "1997~")  # type: ignore[index]
    shell.ask("topic", "set", "music", "--ko", "노래", "--en", "Songs")
    shell.ask("topic", "assign", code, "music")
    shell.ask("topic", "assign", code, "healing", "--passage", 1000, 2000)
    shown = shell.ask("interview", "show", code)
    assert isinstance(shown, dict)
    assert shown["facts"] == {"abstract": "두 번 돌려보내진 이야기", "date": "2026-03"}
    assert [one["code"] for one in shown["people"]] == [person, further]
    assert shown["parts"] == [{"part": "further_narrator", "who": further, "label": "B", "shown": False}]
    assert shown["sessions"][0]["started_at"] == "2026-01-31T14:00+09:00"
    assert [(one["date"], one["expression"]) for one in shown["events"]] == [("1998-21", "이듬해 봄"), ("1997~", "이듬해 봄")]
    assert [(one["topic"], one["start_ms"]) for one in shown["topics"]] == [("music", None), ("healing", 1000)]
    assert shown["title"] == f"Interview {code}: Songs, Healing"
    assert {one["code"] for one in shell.ask("topic", "list")} >= {"music", "famine"}  # type: ignore[attr-defined]


def test_what_may_not_stand_there_is_refused_by_name(shell: Shell) -> None:
    code = shell.new()
    for words, field in (
        (("interview", "set", code, "date=spring"), "date"),
        (("person", "set", shell.ask("interview", "show", code)["people"][0]["code"], "birth=1968-03-01"), "birth"),  # type: ignore[index]
        (("event", "add", code, "--date", "someday"), "date"),
    ):
        outcome = shell.type(*words)
        assert outcome.code == 2
        assert f"“{field}”" in outcome.stderr
    assert shell.type("person", "show", "P-0000").code == 8
    assert shell.type("topic", "assign", code, "gossip").code == 8
    assert shell.type("part", "give", code, "narrator", " ").code == 2
    shown = shell.ask("interview", "show", code)
    assert isinstance(shown, dict)
    assert (shown["facts"], shown["events"], shown["topics"]) == ({}, [], [])


def test_voices_are_counted_and_written_masked(shell: Shell) -> None:
    shell.ask("interview", "new", "--route", "straight")
    shell.new()
    told = shell.ask("voices", "--by", "route", "--to", shell.folder / "voices.csv")
    assert isinstance(told, dict)
    assert [(one["key"], one["voices"]) for one in told["groups"]] == [("straight", 1), ("unknown", 1)]
    assert (told["voices"], told["missing"]) == (2, ["third_country"])
    assert "1" not in (shell.folder / "voices.csv").read_text("utf-8-sig")
    assert shell.type("voices", "--to", shell.folder / "nowhere" / "voices.csv").code == 7
    assert shell.type("voices", "--threshold", "2", "--to", shell.folder / "fine.csv").code == 2
