"""No alarm where nothing leaked: every format of a long redacted interview, searched for a hundred strings."""

from pathlib import Path

import pytest

from oralhistory.anonymise.leakcheck.check import FileLeakCheck
from oralhistory.domain.leaks import KnownString
from oralhistory.domain.ports import Layout
from oralhistory.export.formats import formats
from tests.helpers.released import in_a_row, released, segment, spoken_sentences

PEOPLE = [
    "김영희", "박철수", "최명호", "이순옥", "리설경", "정은주", "한미라", "강수진", "오혜경", "윤정숙", "장성국",
    "임복순", "류경수", "노금순", "양철호", "백설희", "허영란", "남궁옥분", "신영옥", "권순자", "서정화", "황금녀",
    "안명철", "송미란", "전춘화", "고영숙", "문성희", "손향미", "배은정", "은주", "은정", "은실", "은하", "영희",
    "철수", "명호", "순옥", "미란", "춘화", "향미", "옥분", "금순", "경수", "복순", "영실", "봉남", "광철", "혜란",
    "금옥", "춘희", "성철", "유나", "소미", "수미", "미나",
]  # fmt: skip
PLACES = [
    "청진", "회령", "온성", "무산", "혜산", "연길", "도문", "용정", "화룡", "훈춘", "장백", "심양", "전거리", "요덕",
    "함흥", "신의주", "평성", "라진", "선봉", "길주", "단천", "온성보위부", "전거리교화소",
]  # fmt: skip
OTHERS = [
    "Yanji", "Tumen", "Shenyang", "Longjing", "Kim Yonghui", "Choi Myung-ho", "Pak", "Father Paul", "010-1234-5678",
    "810203-2123456", "2015년", "이천십구년", "스물세 살", "M12345678", "I-4MX9", "N-7KQ2", "+86 139 1234 5678",
    "1978.03.15", "金英姬", "朴哲洙", "延吉", "图们", "솔", "kim.younghee@example.org",
]  # fmt: skip
KNOWN = [KnownString(text, f"e{n}") for n, text in enumerate((*PEOPLE, *PLACES, *OTHERS))]

KOREAN = """
저는 [함경북도 도시 1]에서 태어났습니다. 아버지는 탄광에서 일했고 어머니는 시장에서 두부를 팔았습니다.
그때는 다들 그렇게 살았지요. 사람은 주로 밤에 움직였습니다. 시간이 지나고 나서야 알았습니다. 강을 건너는데
물이 허리까지 찼어요. 우리는 말을 안 했어요. 소나무 숲이 있었는데 솔잎을 따서 먹었습니다. [여동생 1]은
너무 어려서 걷지 못했고 제가 업고 갔습니다. 무서워서 울지도 못했어요. 배급이 끊긴 다음에는 산에 가서 풀을
뜯었습니다. 나물이나 도토리, 그런 것을 먹었습니다. 하루에 옥수수 한 줌이 전부였습니다. [브로커 1]이 돈을
더 달라고 했습니다. 삼백 원이라고 했다가 오백 원이라고 했습니다. 이 년 동안 숨어서 살았습니다. 하나하나 다
기억이 납니다. 두 사람이 죽었고 네 사람이 남았습니다. 그 겨울은 유난히 추웠습니다. 눈이 무릎까지 왔어요.
보위부에서 조사를 받을 때 이름을 물었고 저는 대답하지 않았습니다. [시설 1]에서 나온 다음에 다시 길을
떠났습니다. 경비대 초소가 가까이 있어서 개 짖는 소리가 들렸습니다. 일이 삼 년 지나면 돌아갈 줄 알았습니다.
지금은 딸과 함께 살고 있습니다.
""".replace("\n", " ").split(". ")
ENGLISH = """
I was born in [North Hamgyong city 1]. My father worked in a mine and my mother sold tofu at the
market. We were all hungry then. Some people said that China was rich. More than once the guards
came at night. There was no money and no food. She sang to me in the dark. You see, I had never seen
the sea. On a cold morning we went down to the river. He sent me a note. In one room there were nine
of us. So many died that year. Young men were taken first. Moon and stars were all the light we had.
Soon she came home again. Then June came, and the rain. My sister [sister 1] cannot talk about it.
Oh, one two three times they asked me. Sure, I was afraid. Hope is a strange thing. The park was
empty and a minute later the soldiers passed. Change came slowly. Before dawn we heard the train. A
long song was sung. Here we are safe, they said. Guide us, we prayed. The journey took seven days
and Sunday was the worst. Korea was far.
""".replace("\n", " ").split(". ")


@pytest.mark.parametrize("name", formats())
def test_a_long_clean_interview_raises_no_alarm(tmp_path: Path, name: str) -> None:
    korean = [one for one in spoken_sentences("ko") if not any(known in one for known in (*PEOPLE, *PLACES, "이천십구년"))]
    english = [one for one in spoken_sentences("en") if one.isascii() and not any(letter.isupper() for letter in one[1:])]
    texts = (KOREAN * 8 + korean + ENGLISH * 8 + english + ["我在那里住了两年。", "没有身份证，所以很害怕。"]) * 3
    sealed = segment("", 10_000_000, 10_060_000, sealed=True)
    transcript = released([*in_a_row(texts), sealed], code="E-9KQ2")
    path = tmp_path / f"E-9KQ2{formats()[name].suffix}"
    path.write_bytes(formats()[name].document(transcript, Layout(times=True)))
    assert sum(len(one.split()) for one in texts) > 5000
    assert FileLeakCheck()(path, KNOWN) == []


@pytest.mark.parametrize("name", [name for name, one in formats().items() if one.holds_words])
def test_one_name_in_a_long_interview_is_found_in_every_format(tmp_path: Path, name: str) -> None:
    texts = [*KOREAN, *ENGLISH, "그 사람은 김 영희라고 했습니다", *KOREAN]
    path = tmp_path / "a.bin"
    path.write_bytes(formats()[name].document(released(in_a_row(texts))))
    assert {one.entity for one in FileLeakCheck()(path, KNOWN)} == {"e0", f"e{PEOPLE.index('영희')}"}
