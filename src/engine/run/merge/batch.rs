//! Rows on their way from the worker that reads them to the one that writes them: all texts one behind the other, so
//! that a thousand rows are three pieces of memory, which the next batch uses again.

use std::borrow::Cow;

use crate::engine::output::field::Field;

/// Bytes of texts after which a batch is handed on.
const FULL: usize = 256 << 10;
/// Rows after which it is.
const ROWS: usize = 4096;

/// Rows of one source file.
#[derive(Debug, Default)]
pub struct Batch {
    text: String,
    /// How long each value is.
    lengths: Vec<usize>,
    /// Of each field that has something: its column, and how many values it has.
    fields: Vec<(u32, u32)>,
    rows: Vec<Head>,
    /// What filters compare with rows before, as many of each row.
    digests: Vec<u128>,
}

#[derive(Debug)]
struct Head {
    fields: u32,
    /// The record's key is as long.
    key: u32,
    line: u64,
}

/// One of them.
#[derive(Debug)]
pub struct Row<'b, 'f> {
    /// Line of the record in its source file, from 1.
    pub line: u64,
    /// Its key.
    pub key: &'b str,
    /// A field for each column.
    pub fields: &'f [Field<'b>],
    /// Bytes of its texts.
    pub bytes: usize,
    /// What filters compare with rows before.
    pub digests: &'b [u128],
}

impl Batch {
    /// Takes a record's row, the field of each column with its place among the columns of the merged file.
    pub fn push<'f>(&mut self, (line, key): (u64, &str), fields: impl Iterator<Item = (u32, &'f Field<'f>)>) {
        self.text.push_str(key);
        let before = self.fields.len();
        for (column, field) in fields {
            let values = field.values();
            if values.iter().all(|value| value.is_empty()) {
                continue;
            }
            self.fields.push((column, values.len() as u32));
            for value in values {
                self.text.push_str(value);
                self.lengths.push(value.len());
            }
        }
        self.rows.push(Head { fields: (self.fields.len() - before) as u32, key: key.len() as u32, line });
    }

    /// Of the row that came last, what filters compare with rows before.
    pub fn compared_by(&mut self, digests: &[u128]) {
        self.digests.extend_from_slice(digests);
    }

    /// It should be handed on.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.text.len() >= FULL || self.rows.len() >= ROWS
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Bytes that it takes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.text.len() + 8 * (self.lengths.len() + self.fields.len()) + 16 * (self.rows.len() + self.digests.len())
    }

    /// Its rows, of so many columns, until one cannot be taken.
    ///
    /// # Errors
    /// The first that `take` gives.
    pub fn each<E>(&self, columns: usize, mut take: impl FnMut(Row) -> Result<(), E>) -> Result<(), E> {
        let mut room: Vec<Field> = vec![Field::default(); columns];
        let (mut at, mut lengths, mut fields) = (0, self.lengths.iter(), self.fields.iter());
        let each = self.digests.len() / self.rows.len().max(1);
        for (number, head) in self.rows.iter().enumerate() {
            let begin = at;
            let mut text = |length: usize| {
                at += length;
                &self.text[at - length..at]
            };
            let key = text(head.key as usize);
            let of_row = fields.as_slice();
            for &(column, count) in fields.by_ref().take(head.fields as usize) {
                let mut values = lengths.by_ref().take(count as usize).map(|&length| Cow::Borrowed(text(length)));
                room[column as usize] = match count {
                    1 => Field::One(values.next().unwrap_or_default()),
                    _ => Field::Many(values.collect()),
                };
            }
            let digests = &self.digests[number * each..(number + 1) * each];
            take(Row { line: head.line, key, fields: &room, bytes: at - begin, digests })?;
            for (column, _) in &of_row[..head.fields as usize] {
                room[*column as usize] = Field::default();
            }
        }
        Ok(())
    }

    /// Empty again, with its room.
    pub fn clear(&mut self) {
        self.text.clear();
        self.lengths.clear();
        self.fields.clear();
        self.rows.clear();
        self.digests.clear();
        if self.text.capacity() > 4 * FULL {
            self.text = String::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn field() -> impl Strategy<Value = Field<'static>> {
        prop_oneof![
            "[가-나a-c]{0,3}".prop_map(Field::from),
            proptest::collection::vec("[x가]{0,2}".prop_map(Cow::Owned), 2..4).prop_map(Field::Many),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn rows_come_out_as_they_went_in(rows in proptest::collection::vec(("[k0-9]{0,4}", proptest::collection::vec(field(), 3)), 0..20)) {
            let mut batch = Batch::default();
            for _ in 0..2 {
                batch.clear();
                for (line, (key, fields)) in (1..).zip(&rows) {
                    batch.push((line, key), [2, 0, 4].into_iter().zip(fields));
                }
                let mut found = Vec::new();
                let done = batch.each(5, |row| {
                    found.push((row.line, row.key.to_owned(), row.fields.iter().map(|field| {
                        field.values().iter().map(ToString::to_string).collect::<Vec<_>>()
                    }).collect::<Vec<_>>()));
                    Ok::<(), ()>(())
                });
                prop_assert_eq!(done, Ok(()));
                let texts = |field: &Field| field.values().iter().map(ToString::to_string).collect::<Vec<_>>();
                let one = vec![String::new()];
                let want: Vec<_> = (1..).zip(&rows).map(|(line, (key, fields))| {
                    let of = |at: usize| Some(texts(&fields[at])).filter(|all| all.iter().any(|one| !one.is_empty())).unwrap_or_else(|| one.clone());
                    (line, key.clone(), vec![of(1), one.clone(), of(0), one.clone(), of(2)])
                }).collect();
                prop_assert_eq!(found, want);
            }
        }
    }
}
