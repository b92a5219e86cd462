"""The organisation's words by command; they stay when an interview goes, and are named then."""

from tests.unit.cli.conftest import Shell


def test_words_are_kept_changed_and_taken_out(shell: Shell) -> None:
    assert shell.ask("glossary", "list") == []
    word = shell.file("word", "회령\n")
    misheard = ("--misheard", "회룡", "--misheard", " 해령 ", "--misheard", "회령")
    shell.ask("glossary", "set", f"@{word}", *misheard, "--language", "ko")
    shell.ask("glossary", "set", "图们", "--language", "zh")
    term = shell.ask("glossary", "set", "회령", "--note", "함경북도")
    assert term == {"text": "회령", "misheard": ["회룡", "해령"], "language": "ko", "note": "함경북도"}
    assert shell.ask("glossary", "prompt", "--language", "ko") == {"prompt": "회령"}
    assert shell.ask("glossary", "prompt") == {"prompt": "회령, 图们"}
    shell.ask("glossary", "remove", "图们")
    assert [one["text"] for one in shell.ask("glossary", "list")] == ["회령"]  # type: ignore[attr-defined]
    assert shell.type("glossary", "remove", "图们").code == 8
    for wrong in (" ", "가" * 81):
        assert shell.type("glossary", "set", wrong).code == 2
