//! The account of a file's records without a workbook, for whoever tries readers on bytes of their own
//! making (`tests/fuzz`).

use super::reader::{ReadOptions, Records};
use super::record::Markup;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::job::reading::{EncodingName, Reading};
use crate::engine::notes::Notes;
use crate::engine::stop::StopToken;

/// What came of a text.
#[derive(Debug)]
pub struct Account {
    /// The records that it owes: the account holds when so many are given.
    pub owed: u64,
    /// The records that it gave.
    pub given: u64,
    /// What was left out, repaired or carried on.
    pub notes: Notes,
    /// What it was read as.
    pub encoding: EncodingName,
}

/// Reads `bytes`, `chunk` bytes at a time, and shows `see` the name and the value of each record's fields: with
/// `offers` whatever can be a column, else as for a conversion. `None` where the bytes are in no format that `reading`
/// allows, or are refused.
#[must_use]
pub fn account(
    bytes: &[u8],
    chunk: usize,
    reading: &Reading,
    offers: bool,
    see: &mut dyn FnMut(&str, &str),
) -> Option<Account> {
    let reader = TextReader::with_chunk(bytes, reading.encoding.map(|name| name.0), chunk.max(1)).ok()?;
    let ask = ReadOptions { reading, file: "file", keep_markup: true, chosen: None, offers, beside: None };
    let mut records = Records::new(reader, ask).ok()?;
    let (mut given, mut notes, stop) = (0, Notes::default(), StopToken::default());
    loop {
        match records.next(&stop, &mut notes) {
            Ok(Some(record)) => {
                given += 1;
                let _ = record.markup.as_ref().and_then(Markup::tree);
                for (name, value) in record.fields.iter() {
                    see(name, value);
                }
                records.give_back(record);
            }
            Ok(None) => {
                let (encoding, _) = records.encoding();
                return Some(Account { owed: records.owed(), given, notes, encoding });
            }
            Err(Halt::Failed(_) | Halt::Stopped) => return None,
        }
    }
}

/// How many records `bytes` give, read `chunk` bytes at a time as for a conversion; `None` where they cannot be read.
#[must_use]
pub fn records_of(bytes: &[u8], chunk: usize, reading: &Reading) -> Option<u64> {
    let reader = TextReader::with_chunk(bytes, reading.encoding.map(|name| name.0), chunk.max(1)).ok()?;
    let ask = ReadOptions { reading, file: "file", keep_markup: false, chosen: None, offers: false, beside: None };
    let mut records = Records::new(reader, ask).ok()?;
    let (mut given, mut notes, stop) = (0, Notes::default(), StopToken::default());
    while let Some(record) = records.next(&stop, &mut notes).ok()? {
        given += 1;
        records.give_back(record);
    }
    Some(given)
}
