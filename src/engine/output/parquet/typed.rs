//! Which of Parquet's types a column has: whole numbers, numbers, days, moments without a zone, truth, and texts; how
//! values are written as each, and what they are when they are read back.

use std::str;
use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::data_type::ByteArray;
use parquet::errors::Result;
use parquet::schema::types::{ColumnDescriptor, Type, TypePtr};

use crate::engine::error::Halt;
use crate::engine::job::columns::kind::{Kind, Typed};
use crate::engine::output::digest::Digest;
use crate::engine::output::whole::unproven;

/// Microseconds of a second.
const MICROS: i64 = 1_000_000;
/// Seconds of a day.
const DAY: i64 = 86_400;

/// The type of a column that holds this, under this name; every value may be lacking.
pub fn of_column(head: &str, kind: Kind) -> Result<TypePtr> {
    let (physical, logical) = types(kind);
    let column = Type::primitive_type_builder(head, physical).with_logical_type(logical);
    column.with_repetition(Repetition::OPTIONAL).build().map(Arc::new)
}

fn types(kind: Kind) -> (Physical, Option<LogicalType>) {
    match kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Number => (Physical::INT64, None),
        Kind::Decimal => (Physical::DOUBLE, None),
        Kind::Date => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Moment => (Physical::INT64, Some(LogicalType::timestamp(false, TimeUnit::MICROS))),
        Kind::Truth => (Physical::BOOLEAN, None),
    }
}

/// What a column holds; `None` where that is nothing of ours.
pub fn kind(column: &ColumnDescriptor) -> Option<Kind> {
    const ALL: [Kind; 6] = [Kind::Text, Kind::Number, Kind::Decimal, Kind::Date, Kind::Moment, Kind::Truth];
    let is =
        |kind: &Kind| (column.physical_type(), column.logical_type_ref()) == (types(*kind).0, types(*kind).1.as_ref());
    let is_flat = column.max_def_level() == 1 && column.max_rep_level() == 0;
    ALL.into_iter().find(is).filter(|_| is_flat)
}

/// A value as a day since 1970.
pub fn day(value: &str) -> i32 {
    match Kind::Date.read(value) {
        Some(Typed::Date(moment)) => moment.day,
        _ => 0, // none comes here that is no day, and the digest would tell
    }
}

/// A value as microseconds since 1970.
pub fn micros(value: &str) -> i64 {
    match Kind::Moment.read(value) {
        Some(Typed::Date(moment)) => moment.seconds() * MICROS,
        _ => 0,
    }
}

/// A value as a truth.
pub fn truth(value: &str) -> bool {
    Kind::Truth.read(value) == Some(Typed::Truth(true))
}

/// Values that were read back, taken into the digest as [`Typed::told`] tells them.
pub trait Tell {
    /// Takes one in that stands in a column of this kind.
    ///
    /// # Errors
    /// Where it is none that was written.
    fn tell(&self, digest: &mut Digest, place: (u64, u32), kind: Kind) -> std::result::Result<(), Halt>;
}

impl Tell for ByteArray {
    fn tell(&self, digest: &mut Digest, (row, column): (u64, u32), _: Kind) -> std::result::Result<(), Halt> {
        let text = str::from_utf8(self.data()).map_err(|error| unproven(&error))?;
        if !text.is_empty() {
            digest.cell(row, column, text);
        }
        Ok(())
    }
}

impl Tell for i64 {
    fn tell(&self, digest: &mut Digest, (row, column): (u64, u32), kind: Kind) -> std::result::Result<(), Halt> {
        let told = match kind {
            Kind::Moment if self % MICROS != 0 => return Err(unproven(&"a part of a second")),
            Kind::Moment => self / MICROS,
            _ => *self,
        };
        digest.typed(row, column, kind, &told.to_string());
        Ok(())
    }
}

impl Tell for i32 {
    fn tell(&self, digest: &mut Digest, (row, column): (u64, u32), kind: Kind) -> std::result::Result<(), Halt> {
        digest.typed(row, column, kind, &(i64::from(*self) * DAY).to_string());
        Ok(())
    }
}

impl Tell for f64 {
    fn tell(&self, digest: &mut Digest, (row, column): (u64, u32), kind: Kind) -> std::result::Result<(), Halt> {
        digest.typed(row, column, kind, &self.to_string());
        Ok(())
    }
}

impl Tell for bool {
    fn tell(&self, digest: &mut Digest, (row, column): (u64, u32), kind: Kind) -> std::result::Result<(), Halt> {
        digest.typed(row, column, kind, &Typed::Truth(*self).told(""));
        Ok(())
    }
}
