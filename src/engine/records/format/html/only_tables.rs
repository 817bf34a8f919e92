//! Pages that hold nothing but tables, as their beginning shows.

use crate::engine::records::markup::xml::token::{self, Token, Unended};
use crate::engine::records::markup::xml::tree::is_blank;

/// A page is nothing but tables, as some programs write what they call `.xls`: no words stand outside of their cells.
#[must_use]
pub fn is_all(head: &str) -> bool {
    let (mut at, mut unended) = (0, Unended::default());
    let (mut tables, mut rows, mut unseen) = (0u32, 0u32, 0u32);
    while let Some((token, length)) = token::next(&head[at..], true, &mut unended) {
        at += length;
        match token {
            Token::Start(start) => match &*start.name.to_ascii_lowercase() {
                "table" => tables += 1,
                "tr" => rows += 1,
                "style" | "script" | "xml" => unseen += u32::from(!start.is_empty),
                _ => {}
            },
            Token::End(name) => match &*name.to_ascii_lowercase() {
                "table" => tables = tables.saturating_sub(1),
                "style" | "script" | "xml" => unseen = unseen.saturating_sub(1),
                _ => {}
            },
            Token::Text(text) if tables == 0 && unseen == 0 && !is_blank(text) => return false,
            _ => {}
        }
    }
    rows > 1
}
