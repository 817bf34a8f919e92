//! Pieces of sentences, encoded, and told again.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251};

use super::*;

const KOREAN: &str = include_str!("../../../../tests/files/encodings/korean.txt");
const JAPANESE: &str = include_str!("../../../../tests/files/encodings/japanese.txt");
const SIMPLIFIED: &str = include_str!("../../../../tests/files/encodings/simplified.txt");
const TRADITIONAL: &str = include_str!("../../../../tests/files/encodings/traditional.txt");

/// Pieces of 6 to 30 letters beyond ASCII that begin all over the sentences.
fn pieces(sentences: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for (line, sentence) in sentences.lines().enumerate() {
        for (at, _) in sentence.char_indices() {
            for more in [0, 4, 8, 12, 16, 20] {
                let letters = 6 + (line * 7 + at + more) % 25;
                let mut beyond = sentence[at..].char_indices().filter(|(_, char)| !char.is_ascii());
                if beyond.nth(letters - 1).is_some() {
                    let end = beyond.next().map_or(sentence.len(), |(length, _)| at + length);
                    pieces.push(&sentence[at..end]);
                }
            }
        }
    }
    pieces
}

/// Pieces, those of them taken for what they are, and those wrongly taken as likely.
fn told(sentences: &str, encoding: &'static Encoding) -> (usize, usize, usize) {
    let (mut all, mut right, mut misled) = (0, 0, 0);
    for piece in pieces(sentences) {
        let (bytes, _, is_lossy) = encoding.encode(piece);
        assert!(!is_lossy, "{piece} is not in {}", encoding.name());
        let (found, certainty) = guess(&bytes, None, &Alone);
        all += 1;
        right += usize::from(found == encoding);
        misled += usize::from(found != encoding && certainty != Certainty::Unsure);
    }
    (all, right, misled)
}

#[test]
fn short_texts_alone_are_told_by_their_letters() {
    let languages =
        [(KOREAN, EUC_KR), (JAPANESE, SHIFT_JIS), (JAPANESE, EUC_JP), (SIMPLIFIED, GBK), (TRADITIONAL, BIG5)];
    for (sentences, encoding) in languages {
        let (all, right, misled) = told(sentences, encoding);
        let (pieces, least) = if encoding == EUC_KR { (2000, 995) } else { (1000, 980) };
        assert!(all >= pieces, "{}: {all} pieces", encoding.name());
        assert!(right * 1000 >= all * least && misled == 0, "{}: {right} of {all}, {misled}", encoding.name());
    }
}

#[test]
fn a_short_text_in_an_alphabet_is_never_surely_in_syllables() {
    let alphabets = [
        ("Le garçon était très fatigué après l'école. Où est la bibliothèque? ¿Cómo estás?", WINDOWS_1252),
        ("Die Straße führt über die Brücke nach München, größer als früher.", WINDOWS_1252),
        ("Сегодня утром шёл дождь, поэтому я поехал в школу на автобусе. ВНИМАНИЕ!", WINDOWS_1251),
    ];
    for (text, encoding) in alphabets {
        for (at, _) in text.char_indices() {
            let end = text[at..].char_indices().nth(20).map_or(text.len(), |(length, _)| at + length);
            let (bytes, ..) = encoding.encode(&text[at..end]);
            let (found, certainty) = guess(&bytes, None, &Alone);
            let is_wrong = found != UTF_8 && !found.is_single_byte() && certainty != Certainty::Unsure;
            assert!(!is_wrong && (found != UTF_8 || bytes.is_ascii()), "{} as {}", &text[at..end], found.name());
        }
        let (found, certainty) = guess(&encoding.encode(&text.repeat(24)).0, None, &Alone);
        assert_eq!((found, certainty), (encoding, Certainty::Likely));
    }
}

/// Something known of the surroundings.
struct Around(Option<SystemLanguage>, &'static [&'static str], &'static Encoding);

impl Surroundings for Around {
    fn language(&self) -> Option<SystemLanguage> {
        self.0
    }

    fn shares(&self) -> Shares {
        let voice = |text: &&str| Some(((*text).to_owned(), Voice::of(&self.2.encode(text).0, None)?));
        Voices::new(self.1.iter().filter_map(voice).collect(), self.0).shares_without("")
    }
}

#[test]
fn what_is_unsure_alone_is_told_by_its_neighbours_or_by_the_systems_language() {
    let (name, ..) = EUC_KR.encode("띠띠뽀띠띠뽀");
    let of = |around: &dyn Surroundings| guess(&name, None, around);
    assert_eq!(of(&Alone).1, Certainty::Unsure);
    assert_eq!(of(&Around(Some(SystemLanguage::Korean), &[], EUC_KR)).0, EUC_KR);
    let korean: &[&str] = &["기차가 달려요", "모두 함께 노래해요", "아침이 밝았습니다", "친구들이 모였어요"];
    assert_eq!(of(&Around(None, korean, EUC_KR)).0, EUC_KR);
    let (short, ..) = EUC_KR.encode("귤");
    assert_eq!(guess(&short, None, &Alone).1, Certainty::Unsure);
    assert_eq!(guess(&short, None, &Around(None, korean, EUC_KR)), (EUC_KR, Certainty::Likely));
    let (sure, ..) = GBK.encode("今天早上下雨了，所以我去学校。");
    assert_eq!(guess(&sure, None, &Around(Some(SystemLanguage::Korean), korean, EUC_KR)), (GBK, Certainty::Likely));
}

#[test]
fn neighbours_of_several_encodings_have_each_its_share() {
    let of =
        |encoding: &'static Encoding, text: &str| Some((text.to_owned(), Voice::of(&encoding.encode(text).0, None)?));
    let voices = [
        of(EUC_KR, "오늘 아침에는 비가 왔습니다"),
        of(GBK, "今天早上下雨了，我坐车去学校。"),
        of(EUC_KR, "저녁에 뭐 먹을까?"),
        of(GBK, "我家的猫白天睡觉。"),
        of(UTF_8, "이것은 아무 말도 하지 않는다"),
    ];
    let voices: Vec<_> = voices.into_iter().flatten().collect();
    assert_eq!(voices.len(), 4, "UTF-8 says nothing");
    let voices = Voices::new(voices, None);
    let shares = voices.shares_without("");
    assert_eq!([EUC_KR, GBK].map(|encoding| shares.bits(encoding)), [1, 1]);
    assert!(shares.bits(BIG5) > 8 && !shares.agree_on(EUC_KR));
    let others = voices.shares_without("저녁에 뭐 먹을까?");
    assert_eq!([EUC_KR, GBK].map(|encoding| others.bits(encoding)), [2, 1], "a file does not hear itself");
}

#[test]
fn a_few_bad_bytes_leave_utf8_what_it_is() {
    let text = "지미 카터는 대통령이다. ".repeat(20);
    let mut bytes = text.clone().into_bytes();
    bytes.insert(text.find('카').expect("it is there"), 0xff);
    assert_eq!(guess(&bytes, None, &Alone), (UTF_8, Certainty::Likely));
    assert_eq!(guess(&bytes[..bytes.len() - 3], None, &Alone).0, UTF_8);
    let (cp949, ..) = EUC_KR.encode(&text);
    assert_eq!(guess(&cp949, None, &Alone), (EUC_KR, Certainty::Likely));
    assert_eq!(guess(&"수학".as_bytes()[..5], None, &Alone), (UTF_8, Certainty::Certain));
    assert_eq!(guess(b"un caf\xe9", None, &Alone).0, WINDOWS_1252, "no character that is cut");
}

#[test]
fn what_a_text_says_of_itself_is_believed_where_it_is_so() {
    let (short, ..) = EUC_KR.encode("수학");
    assert_eq!(guess(&short, Some(EUC_KR), &Alone), (EUC_KR, Certainty::Likely));
    assert_eq!(guess("수학".as_bytes(), Some(EUC_KR), &Alone).0, UTF_8);
    assert_ne!(guess(&[&short[..], b"\xff\xff x"].concat(), Some(EUC_KR), &Alone).0, UTF_8);
}
