//! CoNLL-U and its relatives: a token a line, its columns beside it, a blank line behind each sentence.

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::tables::of_fields;
use crate::engine::records::format::{Format, Head};
use crate::engine::records::record::{Record, Roles};
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;
use crate::engine::records::split::sentences::layout::{Apart, Between, CONLLU, Row, SentenceLayout};

pub struct Conll;

/// The word by which tokens are asked for as records.
pub const TOKEN: &str = "token";
/// A sentence's own id is that of its comments; the column `id` counts its tokens.
const ROLES: Roles = Roles(&[("sent_id", &[])]);
/// So many bytes and lines are looked at.
const LOOKED_AT: usize = 64 << 10;
const MOST_LINES: usize = 1000;
/// What a file of many documents has in front of each.
const DOCUMENT: &str = "-DOCSTART-";

impl Format for Conll {
    fn kind(&self) -> FormatKind {
        FormatKind::Conll
    }

    fn recognise(&self, head: &Head) -> Option<Cut> {
        recognised(head).map(Cut::Sentences)
    }

    fn cut(&self, head: &Head) -> Option<Cut> {
        Some(Cut::Sentences(asked(head)))
    }

    fn cut_by(&self, head: &Head, record: &str) -> Option<Cut> {
        (record == TOKEN).then(|| Cut::Sentences(SentenceLayout { row: Row::Token, ..asked(head) }))
    }

    fn repeats(&self, head: &Head) -> Vec<(String, u64)> {
        vec![(TOKEN.to_owned(), Lines::of(head).tokens().count() as u64)]
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        Ok(Some(of_fields(raw, ROLES, context)))
    }
}

/// Columns of tokens between blank lines.
struct Lines<'a> {
    /// Tokens of each sentence.
    sentences: Vec<Vec<&'a str>>,
    comments: usize,
    /// The names that the file gives to its columns.
    names: Option<Vec<String>>,
}

impl<'a> Lines<'a> {
    fn of(head: &Head<'a>) -> Self {
        let text = &head.text[..head.text.floor_char_boundary(LOOKED_AT)];
        let is_cut = !head.is_all || text.len() < head.text.len();
        let text = if is_cut { text.rsplit_once('\n').map_or(text, |(whole, _)| whole) } else { text };
        let mut lines = Self { sentences: vec![Vec::new()], comments: 0, names: None };
        for line in text.lines().take(MOST_LINES) {
            if let Some(names) = line.strip_prefix("# global.columns").and_then(|rest| rest.split_once('=')) {
                lines.names = Some(names.1.split_whitespace().map(str::to_lowercase).collect());
            }
            match (line.trim().is_empty(), lines.sentences.last_mut()) {
                (true, Some(last)) if !last.is_empty() => lines.sentences.push(Vec::new()),
                (false, Some(_)) if line.starts_with('#') && (line.starts_with("# ") || !line.contains('\t')) => {
                    lines.comments += 1;
                }
                (false, Some(last)) => last.push(line),
                _ => {}
            }
        }
        lines.sentences.retain(|sentence| !sentence.is_empty());
        lines
    }

    fn tokens(&self) -> impl Iterator<Item = &'a str> {
        self.sentences.iter().flatten().copied()
    }

    /// Columns that all tokens have, with this between them; 0 where they differ.
    fn width(&self, between: Between) -> usize {
        let count = |line: &str| match between {
            Between::Tab => line.split('\t').count(),
            Between::Spaces => line.split_ascii_whitespace().count(),
        };
        let mut tokens = self.tokens();
        let width = tokens.next().map_or(0, count);
        if tokens.all(|line| count(line) == width) { width } else { 0 }
    }

    fn is_conllu(&self) -> bool {
        let is_token = |line: &str| {
            let mut cells = line.split('\t');
            let id = cells.next().unwrap_or_default();
            let head = cells.clone().nth(5).unwrap_or_default();
            let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let is_id = is_number(id) || id.split_once(['-', '.']).is_some_and(|(a, b)| is_number(a) && is_number(b));
            is_id && cells.count() == CONLLU.len() - 1 && (head == "_" || is_number(head))
        };
        let (all, good) = self.tokens().fold((0, 0), |(all, good), line| (all + 1, good + usize::from(is_token(line))));
        good > 0 && good * 20 >= all * 19
    }

    /// The first column counts the tokens of each sentence.
    fn counts(&self) -> bool {
        let number = |line: &str| line.split_ascii_whitespace().next().and_then(|id| id.parse::<usize>().ok());
        let counts = |sentence: &Vec<&str>| {
            let first = number(sentence[0]).filter(|first| *first < 2);
            first.is_some_and(|first| sentence.iter().zip(first..).all(|(line, at)| number(line) == Some(at)))
        };
        !self.sentences.is_empty() && self.sentences.iter().all(counts)
    }

    /// Sentences of a token are no sentences: a blank line between any two lines says nothing.
    fn has_sentences(&self) -> bool {
        self.sentences.len() > 1 && self.tokens().count() >= 2 * self.sentences.len()
    }
}

impl Lines<'_> {
    fn layout(&self, between: Between, columns: Vec<String>) -> SentenceLayout {
        let is_conllu = columns.starts_with(&["id".to_owned(), "form".to_owned()]);
        SentenceLayout {
            apart: Apart::BlankLines,
            between,
            width: if columns.is_empty() { self.width(between) } else { columns.len() },
            columns,
            is_conllu,
            counts_tokens: is_conllu || self.counts(),
            sentence: String::new(),
            row: Row::Sentence,
        }
    }
}

fn recognised(head: &Head) -> Option<SentenceLayout> {
    if head.begin().starts_with(['<', '{', '[']) || head.text.contains('\0') {
        return None;
    }
    let begins = head.begin().lines().next().unwrap_or_default();
    if !begins.contains(['\t', '#']) && !begins.starts_with(DOCUMENT) && !is_tagged(begins) {
        return None;
    }
    let lines = Lines::of(head);
    if lines.names.is_some() || lines.is_conllu() {
        return Some(asked(head));
    }
    let (tab, spaces) = (lines.width(Between::Tab), lines.width(Between::Spaces));
    if tab > 1 && lines.has_sentences() {
        return Some(lines.layout(Between::Tab, Vec::new()));
    }
    let is_document = begins.starts_with(DOCUMENT) || begins.starts_with("#begin document");
    let is_tagged = lines.tokens().all(is_tagged);
    let is_spaced = is_document || (spaces > 1 && is_tagged && lines.has_sentences());
    is_spaced.then(|| lines.layout(Between::Spaces, Vec::new()))
}

/// The last column is a tag of a span: `O`, `B-PER`.
fn is_tagged(line: &str) -> bool {
    let Some((_, tag)) = line.trim_end().rsplit_once([' ', '\t']) else { return false };
    tag == "O" || tag.split_once('-').is_some_and(|(mark, _)| matches!(mark, "B" | "I" | "E" | "S" | "L" | "U" | "M"))
}

/// The layout of a text of which a person says that it is one of these.
fn asked(head: &Head) -> SentenceLayout {
    let lines = Lines::of(head);
    if let Some(names) = lines.names.clone() {
        return lines.layout(Between::Tab, names);
    }
    if lines.is_conllu() {
        return lines.layout(Between::Tab, CONLLU.map(str::to_owned).into());
    }
    let between = if lines.tokens().any(|line| line.contains('\t')) { Between::Tab } else { Between::Spaces };
    lines.layout(between, Vec::new())
}
