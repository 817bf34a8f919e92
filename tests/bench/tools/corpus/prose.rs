//! Prose of a length: sentences with particles that fit, names, years, and the words of a subject that
//! come again and again.

use super::chance::Chance;
use super::words;

/// Markup in a text: how many sentences of a thousand hold any.
pub type Markup = usize;

/// The words of both languages, ready to be picked.
#[derive(Debug)]
pub struct Prose {
    nouns: Vec<String>,
    verbs: Vec<&'static str>,
    adverbs: Vec<&'static str>,
    surnames: Vec<&'static str>,
    syllables: Vec<&'static str>,
    english: Vec<&'static str>,
    english_verbs: Vec<&'static str>,
    small: Vec<&'static str>,
    /// Words that no dictionary has.
    rare: Vec<String>,
}

/// Of what a document is about.
#[derive(Debug)]
pub struct Subject {
    pub korean: bool,
    pub title: String,
    words: Vec<String>,
}

impl Prose {
    /// `chance` mixes the compounds, so that the commonest are not the first of the list.
    pub fn new(chance: &mut Chance) -> Self {
        let stems: Vec<&str> = words::NOUNS.split_whitespace().collect();
        let mut nouns: Vec<String> = stems.iter().map(|&stem| stem.to_owned()).collect();
        for first in &stems {
            nouns.extend(stems.iter().map(|second| format!("{first}{second}")));
        }
        let syllables: Vec<&str> = words::SYLLABLES.split_whitespace().collect();
        for _ in 0..20_000 {
            nouns.push((0..2 + chance.below(3)).map(|_| chance.pick(&syllables)).collect());
        }
        for place in (1..stems.len()).rev() {
            nouns.swap(place, chance.below(place + 1));
        }
        for place in (stems.len() + 1..nouns.len()).rev() {
            nouns.swap(place, stems.len() + chance.below(place + 1 - stems.len()));
        }
        let rare = (0..20_000).map(|_| latin(chance)).collect();
        Self {
            nouns,
            rare,
            verbs: words::VERBS.split_whitespace().collect(),
            adverbs: words::ADVERBS.split_whitespace().collect(),
            surnames: words::SURNAMES.split_whitespace().collect(),
            syllables,
            english: words::ENGLISH.split_whitespace().collect(),
            english_verbs: words::ENGLISH_VERBS.split_whitespace().collect(),
            small: words::ENGLISH_SMALL.split_whitespace().collect(),
        }
    }

    pub fn subject(&self, chance: &mut Chance) -> Subject {
        let korean = chance.happens(490);
        let mut words = Vec::new();
        for _ in 0..8 {
            let mut word = String::new();
            if chance.happens(400) {
                self.name(chance, korean, &mut word);
            } else {
                self.noun(chance, korean, &mut word);
            }
            words.push(word);
        }
        let mut title = words[0].clone();
        if chance.happens(300) {
            title = format!("{title} {}", words[1]);
        }
        if chance.happens(70) {
            title = format!("{title} ({})", words[2]);
        }
        Subject { korean, title, words }
    }

    /// Paragraphs about `subject`, about `bytes` long, put behind `out`.
    pub fn write(&self, chance: &mut Chance, subject: &Subject, bytes: usize, markup: Markup, out: &mut String) {
        let end = out.len() + bytes;
        let (mut first, mut marked) = (true, out.len());
        while out.len() < end {
            if !first {
                out.push_str(if chance.happens(160) { "\n" } else { " " });
            }
            first = false;
            if subject.korean {
                self.korean_sentence(chance, subject, out);
            } else {
                self.english_sentence(chance, subject, out);
            }
            if chance.happens(markup) {
                mark(chance, subject, out);
                marked = out.len();
            }
        }
        // never inside markup
        let mut cut = end.max(marked);
        while !out.is_char_boundary(cut) {
            cut += 1;
        }
        out.truncate(cut);
    }

    fn korean_sentence(&self, chance: &mut Chance, subject: &Subject, out: &mut String) {
        if chance.happens(250) {
            out.push_str(chance.pick(&self.adverbs));
            out.push(' ');
        }
        if chance.happens(220) {
            year(chance, out);
            out.push_str("년 ");
        }
        self.topic(chance, subject, out);
        particle(out, "은", "는");
        for _ in 0..=chance.below(4) {
            out.push(' ');
            self.topic(chance, subject, out);
            match chance.below(6) {
                0 => particle(out, "을", "를"),
                1 => out.push_str("에서"),
                2 => out.push('에'),
                3 => particle(out, "과", "와"),
                4 => particle(out, "이", "가"),
                _ => out.push('의'),
            }
            if chance.happens(180) {
                out.push(' ');
                out.push_str(self.verbs[chance.zipf(self.verbs.len())]);
                out.push_str(["하고", "하며", "하여", "한", "하는"][chance.below(5)]);
                if chance.happens(300) {
                    out.push(',');
                }
            }
        }
        out.push(' ');
        out.push_str(self.verbs[chance.zipf(self.verbs.len())]);
        out.push_str(["하였다.", "했다.", "되었다.", "한다.", "하게 되었다.", "하고 있다."][chance.zipf(6)]);
    }

    fn english_sentence(&self, chance: &mut Chance, subject: &Subject, out: &mut String) {
        let begin = out.len();
        if chance.happens(220) {
            out.push_str("in ");
            year(chance, out);
            out.push_str(", ");
        }
        out.push_str("the ");
        self.topic(chance, subject, out);
        out.push(' ');
        out.push_str(self.english_verbs[chance.zipf(self.english_verbs.len())]);
        for _ in 0..3 + chance.below(11) {
            out.push(' ');
            match chance.below(10) {
                0..4 => out.push_str(self.small[chance.zipf(self.small.len())]),
                4 | 5 => out.push_str(self.english_verbs[chance.zipf(self.english_verbs.len())]),
                _ => self.topic(chance, subject, out),
            }
            if chance.happens(60) {
                out.push(',');
            }
        }
        out.push('.');
        out[begin..=begin].make_ascii_uppercase();
    }

    /// A word of the subject, or another.
    fn topic(&self, chance: &mut Chance, subject: &Subject, out: &mut String) {
        match chance.below(16) {
            0..3 => out.push_str(&subject.words[chance.zipf(subject.words.len())]),
            3 => self.name(chance, subject.korean, out),
            _ => self.noun(chance, subject.korean, out),
        }
    }

    /// A common word, or one of the many rare ones.
    fn noun(&self, chance: &mut Chance, korean: bool, out: &mut String) {
        match (korean, chance.happens(500)) {
            (true, false) => out.push_str(&self.nouns[chance.zipf(self.nouns.len())]),
            (true, true) => out.push_str(&self.nouns[chance.below(self.nouns.len())]),
            (false, false) => out.push_str(self.english[chance.zipf(self.english.len())]),
            (false, true) => out.push_str(&self.rare[chance.zipf(self.rare.len())]),
        }
        if !korean && chance.happens(200) {
            out.push('s');
        }
    }

    /// A name that may stand nowhere else.
    fn name(&self, chance: &mut Chance, korean: bool, out: &mut String) {
        if korean {
            out.push_str(chance.pick(&self.surnames));
            for _ in 0..2 + chance.below(3) {
                out.push_str(chance.pick(&self.syllables));
            }
            return;
        }
        let begin = out.len();
        out.push_str(&latin(chance));
        out[begin..=begin].make_ascii_uppercase();
    }
}

fn year(chance: &mut Chance, out: &mut String) {
    out.push_str(&(1000 + chance.below(1024)).to_string());
}

/// What every reader of tags understands alike.
fn mark(chance: &mut Chance, subject: &Subject, out: &mut String) {
    out.push(' ');
    let word = &subject.words[chance.below(subject.words.len())];
    match chance.below(6) {
        0 => out.push_str(&format!("{word} &amp; {word}.")),
        1 => out.push_str(&format!("&lt;ref&gt;{word}&lt;/ref&gt;")),
        2 => out.push_str(&format!("&quot;{word}&quot;")),
        3 => out.push_str(&format!("<b>{word}</b>")),
        4 => out.push_str("H<sub>2</sub>O"),
        _ => out.push_str(&format!("<a href=\"{word}\">{word}</a>")),
    }
}

/// A word of Latin letters that can be said.
fn latin(chance: &mut Chance) -> String {
    let mut word = String::new();
    for _ in 0..2 + chance.below(3) {
        word.push(b"bcdfghjklmnprstvw"[chance.below(17)] as char);
        word.push(b"aeiou"[chance.below(5)] as char);
    }
    word.push(b"nrslm"[chance.below(5)] as char);
    word
}

/// The particle that fits the last syllable: `closed` behind a final consonant.
fn particle(out: &mut String, closed: &str, open: &str) {
    let last = out.chars().next_back().map_or(0, u32::from);
    let is_closed = (0xac00..=0xd7a3).contains(&last) && !(last - 0xac00).is_multiple_of(28);
    out.push_str(if is_closed { closed } else { open });
}
