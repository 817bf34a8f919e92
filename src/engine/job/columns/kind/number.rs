//! Which spellings are numbers: those that a number gives back digit for digit, and no other. A binary floating-point
//! number (IEEE 754, `double`) keeps any 15 decimal digits apart from any other 15; the 16th is lost in Excel, and in
//! part of all numbers everywhere.

/// Digits that every reader keeps.
const MOST_DIGITS: usize = 15;

/// Whether the value is a whole number; `None` where it is no number, or one that would lose something.
pub fn read(value: &str) -> Option<bool> {
    let digits = value.strip_prefix('-').unwrap_or(value);
    if digits.len() > MOST_DIGITS + 2 {
        return None; // a zero and a point beside them at most
    }
    let (whole, fraction) = match digits.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !are_digits(whole) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    let before = if whole == "0" { 0 } else { whole.len() };
    match fraction {
        None if value == "-0" => None, // its sign would be lost
        None => (before <= MOST_DIGITS).then_some(true),
        Some(fraction) => {
            let is_kept = are_digits(fraction) && !fraction.ends_with('0') && before + fraction.len() <= MOST_DIGITS;
            is_kept.then_some(false)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_what_a_number_gives_back() {
        for whole in ["0", "7", "-12", "100", "999999999999999", "-123456789012345"] {
            assert_eq!(read(whole), Some(true), "{whole}");
        }
        for decimal in ["0.5", "-0.5", "12.75", "0.000000000000001", "1234567.12345678"] {
            assert_eq!(read(decimal), Some(false), "{decimal}");
        }
        for text in [
            "",
            "-",
            ".",
            "007",
            "00",
            "-01",
            "-0",
            "+1",
            "1e5",
            "1E5",
            "1.50",
            "0.0",
            "-0.0",
            "1.",
            ".5",
            "1,234",
            " 1",
            "1 ",
            "0x1",
            "NaN",
            "inf",
            "1_000",
            "１２",
            "1234567890123456",
            "1.123456789012345",
            "1.2.3",
            "--1",
            "0.0000000000000001",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn numbers_are_the_shortest_spelling_of_what_they_are(text in "-?[0-9]{1,9}(\\.[0-9]{1,9})?") {
            if let Some(is_whole) = read(&text) {
                let number: f64 = text.parse().expect("a number");
                prop_assert_eq!(number.to_string(), text.clone());
                prop_assert_eq!(text.parse::<i64>().is_ok(), is_whole);
            }
        }
    }
}
