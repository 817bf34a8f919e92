//! Hangul on its way through an input method: what is sought changes with each key, and a name that will be
//! found must not vanish meanwhile. `ㅎ`, `하` and `한` find `한글` because letters are compared, not
//! syllables; what is left is the letter that ends a syllable now and begins the next one soon: `간` on the
//! way to `가나`.

/// The letters (U+11A8 to U+11C2) that end a syllable, as what stays with it and what begins the next.
const FINALS: [(&str, char); 27] = [
    ("", 'ᄀ'),
    ("", 'ᄁ'),
    ("ᆨ", 'ᄉ'),
    ("", 'ᄂ'),
    ("ᆫ", 'ᄌ'),
    ("ᆫ", 'ᄒ'),
    ("", 'ᄃ'),
    ("", 'ᄅ'),
    ("ᆯ", 'ᄀ'),
    ("ᆯ", 'ᄆ'),
    ("ᆯ", 'ᄇ'),
    ("ᆯ", 'ᄉ'),
    ("ᆯ", 'ᄐ'),
    ("ᆯ", 'ᄑ'),
    ("ᆯ", 'ᄒ'),
    ("", 'ᄆ'),
    ("", 'ᄇ'),
    ("ᆸ", 'ᄉ'),
    ("", 'ᄉ'),
    ("", 'ᄊ'),
    ("", 'ᄋ'),
    ("", 'ᄌ'),
    ("", 'ᄎ'),
    ("", 'ᄏ'),
    ("", 'ᄐ'),
    ("", 'ᄑ'),
    ("", 'ᄒ'),
];
const FIRST_FINAL: u32 = 0x11a8;

/// Decomposed words whose last letter begins the next syllable; `None` where it cannot.
#[must_use]
pub fn moved_on(words: &str) -> Option<String> {
    let last = words.chars().next_back()?;
    let at = u32::from(last).checked_sub(FIRST_FINAL)?;
    let (stays, begins) = FINALS.get(at as usize)?;
    Some(format!("{}{stays}{begins}", &words[..words.len() - last.len_utf8()]))
}

/// Appends the two or three letters of a syllable (The Unicode Standard, 3.12: all syllables stand in order).
/// False where it is none.
pub fn push_letters(syllable: char, into: &mut String) -> bool {
    let Some(at) = u32::from(syllable).checked_sub(0xac00).filter(|at| *at < 19 * 21 * 28) else { return false };
    let last = at % 28;
    let parts = [0x1100 + at / (21 * 28), 0x1161 + at / 28 % 21, FIRST_FINAL - 1 + last];
    into.extend(parts.into_iter().take(2 + usize::from(last > 0)).filter_map(char::from_u32));
    true
}

#[cfg(test)]
mod tests {
    use unicode_normalization::UnicodeNormalization;

    use super::*;

    #[test]
    fn final_letter_may_begin_the_next_syllable() {
        // typed so far, and what it may become: its letters are the beginning of that
        for (typed, becomes) in [
            ("간", "가나"),
            ("값", "갑시"),
            ("읽", "일기"),
            ("앉", "안자"),
            ("밖", "바까"),
            ("놓", "노하"),
            ("강", "가아"),
        ] {
            let moved = moved_on(&typed.nfkd().collect::<String>()).expect("it may");
            assert!(becomes.nfkd().collect::<String>().starts_with(&moved), "{typed} {becomes}");
        }
        assert_eq!((moved_on("가나"), moved_on("wiki"), moved_on("")), (None, None, None));
    }

    #[test]
    fn syllables_have_the_letters_that_unicode_gives_them() {
        for syllable in '가'..='힣' {
            let mut letters = String::new();
            assert!(push_letters(syllable, &mut letters) && letters.chars().eq([syllable].into_iter().nfkd()));
        }
        assert!(!push_letters('a', &mut String::new()) && !push_letters('漢', &mut String::new()));
    }

    #[test]
    fn letters_are_those_that_stand_on_the_keys() {
        // as they are typed, in Unicode's order
        let keys =
            "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ";
        let keys: Vec<&str> = keys.split(' ').collect();
        assert_eq!(keys.len(), FINALS.len());
        let final_of = |key: char| keys.iter().position(|keys| keys.chars().eq([key])).expect("it can end a syllable");
        for (typed, (stays, begins)) in keys.iter().zip(FINALS) {
            let [first, last] = [typed.chars().next(), typed.chars().next_back()].map(|key| key.expect("a key"));
            assert!(last.nfkd().eq([begins]), "{typed}");
            let stay = (first != last).then(|| char::from_u32(FIRST_FINAL + final_of(first) as u32)).flatten();
            assert!(stays.chars().eq(stay), "{typed}");
        }
    }
}
