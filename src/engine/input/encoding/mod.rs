//! The encoding of text that does not say it for itself.
//!
//! UTF-8 is known by its own rules. What is not UTF-8 is weighed: a detector's guess, how often the letters
//! stand in texts that such bytes would be in each encoding ([`likelihood`]), the system's language; and where
//! that is not enough, the neighbours decide with ([`Surroundings`]), for a folder of 10,000 files of a sentence each is of one
//! encoding.

mod letters;
mod likelihood;
mod shares;
#[cfg(test)]
mod tests;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, UTF_8, WINDOWS_1252};

use crate::engine::job::reading::Certainty;
use crate::engine::job::system_language::SystemLanguage;
use likelihood::{ALPHABETS, Evidence, SYLLABLES};
pub use shares::{Shares, Voice, Voices};

/// Bytes that are looked at from the first one on that is not ASCII.
pub const SAMPLE: usize = 64 << 10;

/// Odds, in bits, from which a guess counts as likely.
const SURE: u32 = 12;

/// Odds, in bits, of an alphabet that a detector has seen.
const ALPHABET: u32 = 10;

/// So many bytes beyond ASCII tell single-byte encodings apart.
const MANY: usize = 128;

/// Bits that letters come to when chance has made them: texts have four or five less.
const CHANCE: u32 = 14;

/// In fewer characters beyond ASCII UTF-8 may come about by chance.
const FEW: usize = 32;

/// What may help where the bytes alone are not enough.
pub trait Surroundings: Send + Sync {
    /// The system's language, where it is known and has an encoding of its own.
    fn language(&self) -> Option<SystemLanguage>;

    /// The encodings of the neighbours. Asked only where a text is unsure, for it costs reading them.
    fn shares(&self) -> Shares;
}

/// A text alone.
#[derive(Debug, Clone, Copy)]
pub struct Alone;

impl Surroundings for Alone {
    fn language(&self) -> Option<SystemLanguage> {
        None
    }

    fn shares(&self) -> Shares {
        Shares::default()
    }
}

/// The encoding of text without a mark, and how sure it is; `sample` begins near its first byte that is
/// not ASCII and has at most [`SAMPLE`] bytes from there. What is `declared` is believed where it explains
/// every byte.
#[must_use]
pub fn guess(
    sample: &[u8],
    declared: Option<&'static Encoding>,
    around: &dyn Surroundings,
) -> (&'static Encoding, Certainty) {
    if let Some(settled) = settled(sample, declared) {
        return settled;
    }
    let weighed = Weighed::new(sample);
    let ranked = weighed.ranked(around.language(), &Shares::default());
    let (best, margin) = ranked.best();
    let explains = !best.decode_without_bom_handling(sample).1;
    if margin >= SURE && explains && !best.is_single_byte() {
        return (best, Certainty::Likely);
    }
    let shares = around.shares();
    let (best, margin) = weighed.ranked(around.language(), &shares).best();
    // every byte means something in a single-byte encoding: nothing speaks against it but what stands beside it
    let is_backed = !best.is_single_byte()
        || likelihood::is_common(best) && (weighed.evidence.beyond_ascii >= MANY || shares.agree_on(best));
    let explains = !best.decode_without_bom_handling(sample).1;
    (best, if margin >= SURE && is_backed && explains { Certainty::Likely } else { Certainty::Unsure })
}

/// True of letters as texts have them; false of those that other bytes would be by chance.
#[must_use]
pub fn reads_as_text(text: &str) -> bool {
    let (bits, letters) = likelihood::beyond_ascii(text);
    bits <= letters * CHANCE
}

/// What needs no weighing: UTF-8, or what the text says of itself where it is so.
fn settled(sample: &[u8], declared: Option<&'static Encoding>) -> Option<(&'static Encoding, Certainty)> {
    if is_utf8(sample) {
        return Some((UTF_8, Certainty::Certain)); // nearly every file: to look costs less than to count
    }
    let (bad, good) = utf8_sequences(sample);
    // a character that the sample's end may cut does not count, unless there is no other in a whole text
    if bad == 0 && (good > 0 || sample.is_ascii() || sample.len() >= SAMPLE) {
        return Some((UTF_8, Certainty::Certain));
    }
    // in no other encoding is as much as a seventh of a text UTF-8 by chance
    let is_mostly = good > 0 && bad * 2 <= good && (good >= FEW || is_utf8_rather(sample));
    if is_mostly {
        return Some((UTF_8, Certainty::Likely));
    }
    let explains = |encoding: &'static Encoding| {
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let mut text = vec![0; sample.len() * 3 + 16];
        decoder.decode_to_utf8_without_replacement(sample, &mut text, false).0 == DecoderResult::InputEmpty
    };
    let declared = declared.filter(|encoding| *encoding != UTF_8 && explains(encoding));
    declared.map(|encoding| (encoding, Certainty::Likely))
}

/// Nothing but UTF-8, but for a character that the sample's end may cut behind others.
fn is_utf8(sample: &[u8]) -> bool {
    let (valid, rest) = sample.split_at(Encoding::utf8_valid_up_to(sample));
    let is_cut = |rest| std::str::from_utf8(rest).is_err_and(|error| error.error_len().is_none());
    rest.is_empty() || (is_cut(rest) && !valid.is_ascii())
}

/// A short text is rather UTF-8 with bad bytes than anything else.
fn is_utf8_rather(sample: &[u8]) -> bool {
    let weighed = Weighed::new(sample);
    let bits = weighed.evidence.bits(UTF_8);
    weighed.candidates.iter().all(|encoding| bits <= weighed.bits(encoding, None))
}

/// A text's evidence, and what it may be.
#[derive(Debug)]
pub struct Weighed {
    evidence: Evidence,
    /// What a detector says of the whole sample.
    detected: &'static Encoding,
    candidates: Vec<&'static Encoding>,
}

impl Weighed {
    fn new(sample: &[u8]) -> Self {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(sample, true);
        let detected = detector.guess(None, Utf8Detection::Deny);
        let is_alphabet = detected.is_single_byte() && likelihood::is_common(detected);
        // a detector tells alphabets apart, which costs of single letters cannot
        let alphabets: &[&Encoding] = if is_alphabet { &[] } else { &ALPHABETS };
        let mut candidates: Vec<_> = SYLLABLES.iter().chain(alphabets).copied().collect();
        if !candidates.contains(&detected) {
            candidates.push(detected);
        }
        Self { evidence: Evidence::of(sample, sample.len() < SAMPLE), detected, candidates }
    }

    /// What speaks against this encoding, in bits.
    fn bits(&self, encoding: &'static Encoding, language: Option<SystemLanguage>) -> u32 {
        // a detector hardly ever takes an alphabet for anything else, and is the better the more it sees
        let least = if self.detected.is_single_byte() { ALPHABET } else { 0 };
        let detected = ((self.evidence.beyond_ascii / 16).min(12) as u32).max(least);
        let undetected = if encoding == self.detected { 0 } else { detected };
        self.evidence.bits(encoding) + likelihood::prior(encoding, language) + undetected
    }

    fn ranked(&self, language: Option<SystemLanguage>, shares: &Shares) -> Ranked {
        let beside = shares.encodings().filter(|encoding| !self.candidates.contains(encoding));
        let all = self.candidates.iter().copied().chain(beside);
        let mut ranked: Vec<_> =
            all.map(|encoding| (self.bits(encoding, language) + shares.bits(encoding), encoding)).collect();
        ranked.sort_by_key(|(bits, _)| *bits); // of equals the more usual one
        Ranked(ranked)
    }
}

/// Encodings with what speaks against them, the least first.
struct Ranked(Vec<(u32, &'static Encoding)>);

impl Ranked {
    /// The best one, and by how much it is better than the next.
    fn best(&self) -> (&'static Encoding, u32) {
        match self.0[..] {
            [] => (WINDOWS_1252, 0), // never
            [(_, best)] => (best, u32::MAX),
            [(bits, best), (next, _), ..] => (best, next - bits),
        }
    }
}

/// Invalid sequences and valid multi-byte sequences; a sequence cut off at the end counts as neither.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut bad, mut good) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none()) {
        bad -= 1;
    }
    (bad, good)
}
