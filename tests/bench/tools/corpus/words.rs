//! What the generated prose is made of: common words, few enough to read, and compounds of them, many
//! enough that a compressor has the work that real prose gives it.

/// Stems of nouns; two in a row make a compound, of which there are tens of thousands.
pub const NOUNS: &str = "사람 시대 나라 정부 사회 문화 역사 세계 지역 도시 학교 대학 경제 정치 법률 제도 운동 전쟁 평화 독립 \
    혁명 왕조 황제 국왕 귀족 백성 농민 상인 군대 장군 병사 함대 전투 조약 동맹 외교 의회 선거 정당 대통령 총리 장관 \
    위원회 협회 기관 단체 기업 회사 산업 공업 농업 무역 시장 금융 은행 화폐 세금 예산 노동 임금 인구 가족 여성 아동 \
    교육 연구 과학 기술 수학 물리 화학 생물 의학 천문 지리 지질 기후 환경 자원 에너지 전기 전자 통신 컴퓨터 소프트웨어 \
    언어 문자 한글 한자 문학 소설 시인 작가 작품 신문 방송 영화 감독 배우 음악 작곡 가수 앨범 노래 무대 미술 화가 조각 \
    건축 건물 궁전 사원 교회 성당 불교 기독교 이슬람교 유교 종교 신화 철학 사상 이론 개념 원리 방법 구조 체계 과정 \
    결과 원인 영향 관계 변화 발전 성장 감소 증가 차이 특징 성격 기능 역할 의미 가치 목적 문제 해결 계획 정책 사업 \
    철도 도로 항구 공항 다리 터널 자동차 선박 항공기 로켓 위성 행성 항성 은하 지구 바다 대륙 반도 섬 산맥 강 호수 평야 \
    사막 숲 동물 식물 곤충 어류 조류 포유류 파충류 세포 유전자 단백질 질병 치료 약물 병원 의사 환자 축구 야구 경기 선수 \
    대회 리그 우승 감독직 올림픽 기록 통계 연도 세기 중기 후기 초기 말기 북부 남부 동부 서부 중부 수도 지방 마을";

/// Stems of verbs that take `하다`.
pub const VERBS: &str = "발전 성립 등장 시작 발표 출판 제작 설립 건설 개발 연구 발견 발명 조직 참가 출전 우승 기록 활동 \
    통치 즉위 퇴위 멸망 독립 선언 조인 합병 분리 이주 정착 성장 쇠퇴 변화 확대 축소 도입 시행 폐지 개정 채택 거부 비판 \
    주장 설명 분석 증명 정의 분류 사용 이용 적용 제공 공급 수출 수입 생산 소비 판매 구입 투자 운영 관리 감독 지원 협력 \
    대립 충돌 공격 방어 점령 해방 탈출 귀환 방문 졸업 입학 취임 사임 은퇴 사망 출생 결혼";

pub const ADVERBS: &str = "또한 그러나 그리고 특히 다시 이미 주로 가장 매우 약 당시 이후 이전 현재 결국 대체로 점차 함께 따로 \
    처음 마침내 비록 때로 흔히 거의 모두 각각 서로 직접";

/// Surnames and syllables of given names.
pub const SURNAMES: &str = "김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 홍";
pub const SYLLABLES: &str = "가 강 건 경 고 관 광 구 규 균 기 길 나 남 노 다 대 덕 도 동 두 라 로 리 마 만 명 모 무 문 미 민 바 \
    범 병 보 봉 부 비 빈 사 산 상 서 석 선 설 성 세 소 수 순 승 시 식 신 아 안 애 양 언 연 영 예 오 옥 완 용 우 운 원 월 \
    유 윤 율 은 의 이 익 인 일 자 재 전 정 제 조 종 주 준 중 지 진 차 찬 창 채 천 철 춘 치 태 택 파 평 표 하 학 한 해 향 \
    헌 혁 현 형 호 홍 화 환 훈 희 갈 걸 겨 골 굴 글 깊 꽃 난 널 눈 달 덕 돌 들 떼 락 론 맥 멜 몽 벨 볼 빌 샤 솔 쉬 쌍 엘 칼 컨 콘 쿠 퀴 탈 털 폴 풀 필 흑 렌 스 트 르 크 브 티 니 키 토 델 베";

pub const ENGLISH: &str = "government history society culture region city university school economy policy law system movement \
    war peace independence revolution empire emperor kingdom noble peasant merchant army general soldier fleet battle treaty \
    alliance parliament election party president minister committee association agency company industry agriculture trade \
    market bank currency budget labour wage population family education research science technology mathematics physics \
    chemistry biology medicine astronomy geography climate environment resource energy electricity communication computer \
    software language alphabet literature novel poet writer work newspaper broadcast film director actor music composer \
    singer album song stage painting sculptor architecture building palace temple church religion mythology philosophy \
    theory concept principle method structure process result cause influence relation change development growth decline \
    difference feature character function role meaning value purpose problem solution plan project railway road harbour \
    airport bridge tunnel vehicle ship aircraft rocket satellite planet star galaxy earth ocean continent peninsula island \
    mountain river lake plain desert forest animal plant insect fish bird mammal reptile cell gene protein disease treatment \
    hospital physician patient football baseball match player tournament league season championship record statistics \
    century period north south east west capital province village station district";

pub const ENGLISH_VERBS: &str = "developed established appeared began published produced founded built discovered invented organised \
    joined won recorded ruled declared signed merged separated migrated settled grew declined changed expanded introduced \
    abolished revised adopted rejected criticised argued explained analysed proved defined classified used applied supplied \
    exported imported manufactured sold bought invested operated managed supported opposed attacked defended occupied \
    liberated visited graduated resigned retired";

pub const ENGLISH_SMALL: &str = "the of and in to a was is for as on with by that from at his it an were are which this be or had not \
    also its has their one first two new who after but other been when during most some they into only over time between \
    more later made while many where known";
