//! Vertical files, as corpus managers read them: a token a line, `<s>`, `<doc id="1">` on lines of their own.

use crate::engine::error::Halt;
use crate::engine::job::reading::FormatKind;
use crate::engine::records::context::Context;
use crate::engine::records::format::tables::conll::TOKEN;
use crate::engine::records::format::tables::of_fields;
use crate::engine::records::format::{COMMON, Format, Head};
use crate::engine::records::markup::outline;
use crate::engine::records::record::Record;
use crate::engine::records::split::Cut;
use crate::engine::records::split::raw_record::RawRecord;
use crate::engine::records::split::sentences::layout::{Apart, Between, Row, SentenceLayout};

pub struct Vertical;

/// So many lines are looked at.
const MOST_LINES: usize = 1000;

impl Format for Vertical {
    fn kind(&self) -> FormatKind {
        FormatKind::Vertical
    }

    /// Tags on lines of their own, and between them tokens: with tabs in them, or without any space. Both are
    /// asked of every line, so that no text with tags is taken for it.
    fn recognise(&self, head: &Head) -> Option<Cut> {
        let begin = head.begin();
        if !begin.starts_with('<') || begin.starts_with("<?") || begin.starts_with("<!") {
            return None;
        }
        let seen = Seen::of(head, true)?;
        let has_columns = seen.tabs == seen.tokens && seen.tokens > 1;
        let has_words = seen.tabs == 0 && seen.has_sentence && seen.tokens > seen.tags / 2;
        (seen.has_end && (has_columns || has_words)).then(|| Cut::Sentences(seen.layout()))
    }

    fn cut(&self, head: &Head) -> Option<Cut> {
        Some(Cut::Sentences(Seen::of(head, false).unwrap_or_default().layout()))
    }

    fn cut_by(&self, head: &Head, record: &str) -> Option<Cut> {
        let layout = Seen::of(head, false)?.layout();
        (record == TOKEN).then_some(Cut::Sentences(SentenceLayout { row: Row::Token, ..layout }))
    }

    fn repeats(&self, head: &Head) -> Vec<(String, u64)> {
        vec![(TOKEN.to_owned(), Seen::of(head, false).unwrap_or_default().tokens as u64)]
    }

    fn read(&self, raw: &mut RawRecord, context: &mut Context) -> Result<Option<Record>, Halt> {
        Ok(Some(of_fields(raw, COMMON, context)))
    }
}

/// What stands on the first lines.
#[derive(Default)]
struct Seen<'a> {
    tags: usize,
    tokens: usize,
    /// Tokens with columns.
    tabs: usize,
    /// Columns that all tokens have; 0 where they differ.
    width: usize,
    has_end: bool,
    has_sentence: bool,
    /// The start tag before the first token.
    innermost: &'a str,
}

impl<'a> Seen<'a> {
    /// `None` where a line is neither a tag nor a token, when that is asked for.
    fn of(head: &Head<'a>, is_strict: bool) -> Option<Self> {
        let mut seen = Self::default();
        let is_cut = !head.is_all;
        let text = if is_cut { head.text.rsplit_once('\n').map_or(head.text, |(whole, _)| whole) } else { head.text };
        for line in text.lines().map(|line| line.trim_matches(['\u{feff}', ' ', '\r'])).take(MOST_LINES) {
            if line.is_empty() {
                if is_strict && seen.tokens > 0 {
                    return None; // paragraphs have blank lines, tokens have none
                }
                continue;
            }
            if line.starts_with('<') && line.ends_with('>') {
                let name = outline::name(&line[1..]);
                let is_one = !line[1..].contains('<');
                if is_strict && !(is_one && (!name.is_empty() || line.starts_with("</") || line.starts_with("<!--"))) {
                    return None;
                }
                seen.tags += 1;
                seen.has_end |= line.starts_with("</");
                seen.has_sentence |= name == "s";
                if seen.tokens == 0 && !name.is_empty() && !line.ends_with("/>") {
                    seen.innermost = name;
                }
                continue;
            }
            let width = line.split('\t').count();
            if is_strict && width == 1 && line.contains(' ') {
                return None;
            }
            seen.width = if seen.tokens == 0 || seen.width == width { width } else { 0 };
            seen.tokens += 1;
            seen.tabs += usize::from(width > 1);
        }
        Some(seen)
    }

    fn layout(&self) -> SentenceLayout {
        SentenceLayout {
            apart: Apart::Tags,
            between: Between::Tab,
            columns: Vec::new(),
            width: self.width,
            is_conllu: false,
            counts_tokens: false,
            sentence: if self.has_sentence { "s".to_owned() } else { self.innermost.to_owned() },
            row: Row::Sentence,
        }
    }
}
