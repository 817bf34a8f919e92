//! The account of a file's records without a workbook, for whoever tries readers on bytes of their own
//! making (`tests/fuzz`).

use super::reader::{ReadOptions, Records};
use super::record::Markup;
use crate::engine::error::Halt;
use crate::engine::input::decode::TextReader;
use crate::engine::job::reading::Reading;
use crate::engine::notes::Notes;
use crate::engine::stop::StopToken;

/// The records that `bytes` owe and those that they give, read `chunk` bytes at a time; `None` where they
/// are in no format that `reading` allows. The account holds when both are equal.
#[must_use]
pub fn account(bytes: &[u8], chunk: usize, reading: &Reading) -> Option<(u64, u64)> {
    let reader = TextReader::with_chunk(bytes, reading.encoding.map(|name| name.0), chunk.max(1)).ok()?;
    let mut records = Records::new(
        reader,
        ReadOptions { reading, file: "file", keep_markup: true, chosen: None, offers: true, beside: None },
    )
    .ok()?;
    let (mut given, mut notes, stop) = (0, Notes::default(), StopToken::default());
    loop {
        match records.next(&stop, &mut notes) {
            Ok(Some(record)) => {
                given += 1;
                let _ = record.markup.as_ref().and_then(Markup::tree);
            }
            Ok(None) => return Some((records.owed(), given)),
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
