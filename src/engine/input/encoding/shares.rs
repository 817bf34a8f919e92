//! Which encodings the files of a folder have, by what a few of them say: what is most likely for all of them
//! together (expectation and maximisation over a mixture of encodings).

use encoding_rs::{Encoding, UTF_8};

use super::likelihood::prior;
use super::{Weighed, settled};
use crate::engine::job::system_language::SystemLanguage;

/// What an encoding that none of the neighbours has weighs beside a neighbour.
const UNSEEN: f64 = 1.0 / 1024.0;
/// Rounds in which the files' encodings and their shares settle.
const ROUNDS: usize = 8;

/// The encodings of the files of a folder that are not UTF-8.
#[derive(Debug, Default)]
pub struct Shares {
    of: Vec<(&'static Encoding, f64)>,
    /// Files that had something to say.
    files: usize,
}

/// What some files of a folder say, each under its name.
#[derive(Debug, Default)]
pub struct Voices {
    encodings: Vec<&'static Encoding>,
    /// How likely each file is in each of the encodings, the likeliest 1.
    odds: Vec<(String, Vec<f64>)>,
}

impl Voices {
    /// On a system of this language.
    #[must_use]
    pub fn new(voices: Vec<(String, Voice)>, language: Option<SystemLanguage>) -> Self {
        let mut encodings: Vec<&'static Encoding> = Vec::new();
        for (_, voice) in &voices {
            let more = voice.candidates().filter(|encoding| !encodings.contains(encoding)).collect::<Vec<_>>();
            encodings.extend(more);
        }
        let odds = |voice: Voice| {
            let bits: Vec<u32> = encodings.iter().map(|encoding| voice.bits(encoding, language)).collect();
            let least = bits.iter().copied().min().unwrap_or(0);
            bits.into_iter().map(|bits| half_to_the(bits - least)).collect::<Vec<_>>()
        };
        let odds = voices.into_iter().map(|(name, voice)| (name, odds(voice))).collect();
        Self { encodings, odds }
    }

    /// The shares that the files have but for the one of this name, which shall not hear itself.
    #[must_use]
    pub fn shares_without(&self, name: &str) -> Shares {
        let others: Vec<&[f64]> =
            self.odds.iter().filter(|(other, _)| other != name).map(|(_, odds)| &odds[..]).collect();
        let mut shares = vec![1.0 / self.encodings.len().max(1) as f64; self.encodings.len()];
        let all = others.len() as f64 + UNSEEN * self.encodings.len() as f64;
        for _ in 0..ROUNDS {
            let mut next = vec![UNSEEN; self.encodings.len()];
            for odds in &others {
                let sum: f64 = odds.iter().zip(&shares).map(|(odds, share)| odds * share).sum();
                for ((next, odds), share) in next.iter_mut().zip(*odds).zip(&shares) {
                    *next += odds * share / sum.max(f64::MIN_POSITIVE);
                }
            }
            shares = next.into_iter().map(|share| share / all).collect();
        }
        Shares { of: self.encodings.iter().copied().zip(shares).collect(), files: others.len() }
    }
}

impl Shares {
    /// The encodings that some of the files have.
    pub fn encodings(&self) -> impl Iterator<Item = &'static Encoding> {
        self.of.iter().filter(|(_, share)| *share > 0.05).map(|(encoding, _)| *encoding)
    }

    /// What speaks against an encoding because the files beside have others.
    pub fn bits(&self, encoding: &'static Encoding) -> u32 {
        if self.files == 0 {
            return 0;
        }
        let share = self.share(encoding).max(UNSEEN / (self.files as f64 + 1.0));
        (-share.log2()).round() as u32
    }

    /// Several files are there, and they are of this encoding.
    pub fn agree_on(&self, encoding: &'static Encoding) -> bool {
        self.files >= 4 && self.share(encoding) > 0.9
    }

    fn share(&self, encoding: &'static Encoding) -> f64 {
        self.of.iter().find(|(of, _)| *of == encoding).map_or(0.0, |(_, share)| *share)
    }
}

fn half_to_the(bits: u32) -> f64 {
    0.5_f64.powi(bits.min(1000).cast_signed())
}

/// What the first bytes of a neighbour say, where they say something.
#[derive(Debug)]
pub enum Voice {
    Settled(&'static Encoding),
    Open(Weighed),
}

impl Voice {
    /// `None` where the beginning of a file says nothing: it is ASCII, or UTF-8.
    #[must_use]
    pub fn of(head: &[u8], declared: Option<&'static Encoding>) -> Option<Self> {
        let first = head.iter().position(|byte| !byte.is_ascii())?;
        let sample = &head[first.saturating_sub(64)..];
        match settled(sample, declared) {
            Some((encoding, _)) => (encoding != UTF_8).then_some(Self::Settled(encoding)),
            None => Some(Self::Open(Weighed::new(sample))),
        }
    }

    fn candidates(&self) -> impl Iterator<Item = &'static Encoding> {
        let (one, more) = match self {
            Self::Settled(encoding) => (Some(*encoding), &[][..]),
            Self::Open(weighed) => (None, &weighed.candidates[..]),
        };
        one.into_iter().chain(more.iter().copied())
    }

    fn bits(&self, encoding: &'static Encoding, language: Option<SystemLanguage>) -> u32 {
        match self {
            Self::Settled(settled) if *settled == encoding => 0,
            Self::Settled(_) => 64 + prior(encoding, language),
            Self::Open(weighed) => weighed.bits(encoding, language),
        }
    }
}
