"""Words that stand right after a name and are no part of it: forms of address, kinds of places and facilities."""

from oralhistory.anonymise.wordlists import listed

TITLES = listed(
    "씨 님 양 군 선생 선생님 동무 동지 언니 오빠 누나 누이 형 형님 동생 어머니 어머님 엄마 아버지 아버님 아빠 할머니 "
    "할아버지 아주머니 아줌마 아저씨 아지미 아매 아바이 아즈바이 아재 삼촌 이모 고모 이모부 고모부 사촌 조카 남편 "
    "아내 부부 할매 할배 여사 박사 교수 목사 전도사 집사 장로 선교사 사장 과장 부장 반장 소장 지도원 보위원 보안원 "
    "안전원 계호원 대장 중대장 소대장 분조장 위원장 서기 비서 의사 교원 교장 간부 브로커 아들 딸 집 가족 쌤 형사 기자 원장 "
    "대표 실장 아부지 아바지 오마니 어마이 아주마이 아지마이 로인 노인 영감 령감 로친 노친 어르신 처녀 총각 색시 녀사 스님 수녀 "
    "신부 군관 대위 소위 중위 상위 소좌 중좌 대좌 상사 중사 자매 형제 권사 영사 "
    "대사 조사관 교관 상담사 가이드"
)
CHINESE_OFFICES = listed(
    "老师 所长 科长 队长 处长 局长 书记 主任 医生 大夫 护士 司机 牧师 传教士 长老 执事 老板 经理 会计 师傅 警官 指导员 "
    "神父 修女 会长 社长 部长 领事 校长 教授 先生 女士"
)
"""Offices and polite forms of address that stand right behind a Chinese surname."""
CHINESE_ELDERS = listed("奶奶 爷爷 大娘 大爷 大叔 大婶 大妈 大姐 大哥")
"""What people of a family or a village are called behind their surname."""
PLACE_KINDS = listed(
    "시 군 도 구 구역 읍 리 동 면 현 성 주 진 역 항 항구 강 산 섬 시내 읍내 지구 지역 지방 쪽 사람 출신 말 말씨 시장 "
    "장마당 국경 근처 특별시 광역시 직할시 특급시 자치주 자치현 로동자구 노동자구 세관 다리 땅 방향 행"
)
FACILITY_KINDS = listed(
    "보위부 보위국 안전부 안전국 보안서 보안소 보안부 분주소 교화소 집결소 단련대 로동단련대 노동단련대 구류장 "
    "구류소 수용소 정치범수용소 관리소 감옥 형무소 교도소 구치소 간수소 변방대 변방구류소 파출소 공안국 공안 경찰서 "
    "경찰국 국경경비대 경비대 초소 세관 검찰소 재판소 도집결소 대기소 조사소 하나원 하나센터 대사관 영사관 이민국 "
    "수용시설 보호소"
)
TIME_TAILS = listed("생 도 대 날 짜리 경 쯤 쯤에 즈음 무렵 초 말 중반 초반 후반")
GENERIC = frozenset((*TITLES, *PLACE_KINDS, *FACILITY_KINDS, *TIME_TAILS, *listed("년 월 일 살 세 호 제 의 번 반 자 과 동")))
"""What may be left of a proposal around a decided mention without betraying anything."""
