//! The languages of the program: one table.

use serde::{Deserialize, Serialize};

use super::language::Language;
use super::{Text, en, ko};
use crate::engine::SystemLanguage;

/// Makes [`Lang`] of the table below.
macro_rules! languages {
    ($($(#[$doc:meta])* $lang:ident = $code:literal: $words:expr,)+) => {
        /// A language of the program.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Lang {
            $($(#[$doc])* #[serde(rename = $code)] $lang,)+
        }

        impl Lang {
            /// All of them, in the order in which they are offered.
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$lang),+];

            /// Its code of ISO 639: the name in settings, on the command line and in the system's locale.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$lang => $code,)+ }
            }

            /// What the program says in it.
            #[must_use]
            pub fn words(self) -> &'static dyn Language {
                match self { $(Self::$lang => &$words,)+ }
            }
        }
    };
}

// A further language is a folder beside `en` and `ko`, and a line here: variant, code, words.
languages! {
    /// Korean.
    Ko = "ko": ko::Korean,
    /// English, which the program speaks where it has no language of the system's.
    En = "en": en::English,
}

impl Lang {
    /// The system's language where the program speaks it, else English.
    #[must_use]
    pub fn system() -> Self {
        sys_locale::get_locale().and_then(|locale| Self::of_locale(&locale)).unwrap_or(Self::En)
    }

    /// The language of a locale as systems write it: `ko-KR`, `ko_KR.UTF-8`, `ko`.
    fn of_locale(locale: &str) -> Option<Self> {
        let language = locale.split(['-', '_', '.', '@']).next()?;
        Self::parse(&language.to_ascii_lowercase())
    }

    /// The language with this code, `None` where the program doesn't speak it.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The fixed words of the window in it.
    #[must_use]
    pub fn text(self) -> &'static Text {
        self.words().labels()
    }
}

/// The system's language where old encodings go with it, whether the program speaks it or not.
#[must_use]
pub fn system_language() -> Option<SystemLanguage> {
    SystemLanguage::of_locale(&sys_locale::get_locale()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lang_is_known_by_its_code_everywhere() {
        for lang in Lang::ALL {
            assert_eq!(Lang::parse(lang.code()), Some(lang));
            assert_eq!(serde_json::to_value(lang).expect("a name"), lang.code());
            assert_eq!(serde_json::from_value::<Lang>(lang.code().into()).expect("a language"), lang);
        }
        assert_eq!([Lang::Ko, Lang::En].map(Lang::code), ["ko", "en"]);
        assert_eq!(Lang::parse("tlh"), None);
    }

    #[test]
    fn locale_gives_its_language_and_no_other_that_begins_alike() {
        assert_eq!(
            ["ko-KR", "ko_KR.UTF-8", "KO", "en-GB", "C", "kok-IN", ""].map(Lang::of_locale),
            [Some(Lang::Ko), Some(Lang::Ko), Some(Lang::Ko), Some(Lang::En), None, None, None]
        );
    }
}
