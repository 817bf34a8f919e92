//! How often a character stands in texts of a language: compact tables, in whole bits.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The cost of bytes that are no text in an encoding.
pub const BAD: u32 = 24;
/// The cost of what can stand in a text but hardly does, in bits.
pub const ODD: u32 = 18;

/// Bits by character. A character of n bits is about one in 2^n of a text.
pub struct Letters {
    table: HashMap<char, u8>,
    /// Characters of the language that are not in the table.
    rare: fn(char) -> u32,
}

pub static KOREAN: LazyLock<Letters> = LazyLock::new(|| Letters::of(include_str!("letters/korean.txt"), korean));
pub static JAPANESE: LazyLock<Letters> = LazyLock::new(|| Letters::of(include_str!("letters/japanese.txt"), japanese));
pub static SIMPLIFIED: LazyLock<Letters> =
    LazyLock::new(|| Letters::of(include_str!("letters/simplified.txt"), chinese));
pub static TRADITIONAL: LazyLock<Letters> =
    LazyLock::new(|| Letters::of(include_str!("letters/traditional.txt"), chinese));

impl Letters {
    /// Lines of a number of bits, a space, and characters; `#` begins a comment.
    fn of(tiers: &str, rare: fn(char) -> u32) -> Self {
        let tier = |line: &str| Some((line.split_once(' ')?.0.parse::<u8>().ok()?, line.split_once(' ')?.1.to_owned()));
        let tiers = tiers.lines().filter_map(tier);
        let table = tiers.flat_map(|(bits, letters)| letters.chars().map(|char| (char, bits)).collect::<Vec<_>>());
        Self { table: table.collect(), rare }
    }

    /// The cost of a character beyond ASCII, in bits.
    pub fn bits(&self, char: char) -> u32 {
        self.table.get(&char).map_or_else(|| (self.rare)(char), |bits| u32::from(*bits))
    }
}

fn korean(char: char) -> u32 {
    match char {
        '가'..='힣' => 15,
        'ㄱ'..='ㅣ' | '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3011}' => 13,
        '\u{ff01}'..='\u{ff5e}' | '\u{4e00}'..='\u{9fff}' | '\u{2190}'..='\u{27bf}' => 16,
        _ => odd(char),
    }
}

fn japanese(char: char) -> u32 {
    match char {
        '\u{ff61}'..='\u{ff9f}' => 9, // a byte each
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3011}' | '\u{3041}'..='\u{30fe}' | '\u{ff01}'..='\u{ff5e}' => 12,
        '\u{4e00}'..='\u{9fff}' => 16,
        _ => odd(char),
    }
}

fn chinese(char: char) -> u32 {
    match char {
        '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' => 13,
        '\u{4e00}'..='\u{9fff}' => 16,
        _ => odd(char),
    }
}

fn odd(char: char) -> u32 {
    match char {
        '\u{fffd}' => BAD,
        '\u{80}'..='\u{9f}' | '\u{e000}'..='\u{f8ff}' => 22,
        _ => ODD,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_hold_what_is_frequent_and_cost_about_what_a_text_has() {
        for (letters, frequent, rare) in
            [(&KOREAN, '이', '뷁'), (&JAPANESE, 'の', '鬱'), (&SIMPLIFIED, '的', '龘'), (&TRADITIONAL, '這', '龘')]
        {
            assert!(letters.bits(frequent) <= 7 && letters.bits(rare) >= 15, "{frequent} {rare}");
            let share: f64 = letters.table.values().map(|bits| 0.5_f64.powi(i32::from(*bits))).sum();
            assert!((0.9..1.4).contains(&share), "{frequent}: {share}");
        }
    }
}
