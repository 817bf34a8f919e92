//! The system's language, as far as old encodings go with it. The engine asks no system: a face says it.

/// A language whose texts had an encoding of their own before UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SystemLanguage {
    /// CP949, which holds EUC-KR.
    Korean,
    /// `Shift_JIS`, or EUC-JP.
    Japanese,
    /// GBK.
    SimplifiedChinese,
    /// Big5.
    TraditionalChinese,
}

impl SystemLanguage {
    /// Of a locale as systems name it: `ko-KR`, `ko_KR.UTF-8`, `zh-Hant-TW`. `None` of any other.
    #[must_use]
    pub fn of_locale(locale: &str) -> Option<Self> {
        let locale = locale.to_ascii_lowercase();
        let mut parts = locale.split(['-', '_', '.', '@']);
        match parts.next()? {
            "ko" => Some(Self::Korean),
            "ja" => Some(Self::Japanese),
            "zh" => {
                let is_traditional = parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo"));
                Some(if is_traditional { Self::TraditionalChinese } else { Self::SimplifiedChinese })
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_a_language_in_any_spelling() {
        let of = ["ko-KR", "ko_KR.UTF-8", "ja", "zh-CN", "zh_TW.big5", "zh-Hant-HK", "en-US", "", "kok-IN"];
        let language = of.map(SystemLanguage::of_locale);
        let (simplified, traditional) =
            (Some(SystemLanguage::SimplifiedChinese), Some(SystemLanguage::TraditionalChinese));
        let korean = Some(SystemLanguage::Korean);
        assert_eq!(
            language,
            [korean, korean, Some(SystemLanguage::Japanese), simplified, traditional, traditional, None, None, None]
        );
    }
}
