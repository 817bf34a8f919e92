//! What the columns of a merged file are taken for, where all its source files agree on it.

use std::collections::HashMap;

use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::{Holds, Kind};
use crate::engine::rows::kinds::Kinds;

/// By the columns' headers: what they are asked to be, and what they hold as far as is known.
#[derive(Debug)]
pub struct UnionKinds {
    holds: Holds,
    known: HashMap<String, (Kind, Kind)>,
}

impl Default for UnionKinds {
    fn default() -> Self {
        Self::new(Holds::TEXTS)
    }
}

impl UnionKinds {
    /// Of files of a form that holds this.
    #[must_use]
    pub fn new(holds: Holds) -> Self {
        Self { holds, known: HashMap::new() }
    }

    /// A source file's column, and what it holds where that is known.
    pub fn see(&mut self, column: &Column, held: Option<Kind>) {
        let asked = self.holds.of(column.options.kind);
        let held = held.unwrap_or(asked);
        match self.known.get_mut(column.header()) {
            Some(known) => *known = (known.0.and(asked), known.1.and(held)),
            None => drop(self.known.insert(column.header().to_owned(), (asked, held))),
        }
    }

    /// Makes columns what they hold.
    pub fn put_held(&self, columns: &mut [Column]) {
        for column in columns {
            column.options.kind = self.known.get(column.header()).map_or(Kind::Text, |(_, held)| *held);
        }
    }

    /// What these columns of a source file are asked to be.
    #[must_use]
    pub fn asked(&self, columns: &[Column]) -> Kinds {
        let mut columns = columns.to_vec();
        for column in &mut columns {
            column.options.kind = self.known.get(column.header()).map_or(Kind::Text, |(asked, _)| *asked);
        }
        Kinds::of(&columns, self.holds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::job::columns::Options;

    #[test]
    fn columns_are_what_all_files_agree_on() {
        use Kind::{Date, Decimal, Number, Text, Truth};
        const KINDS: &[Kind] = &[Number, Date, Truth];
        let column = |kind| Column { options: Options { kind, ..Options::default() }, ..Column::field("v") };
        let of = |seen: &[(Kind, Option<Kind>)]| {
            let mut kinds = UnionKinds::new(Holds { kinds: KINDS, is_by_column: true, first_day: i32::MIN });
            for (asked, held) in seen {
                kinds.see(&column(*asked), *held);
            }
            let mut columns = [column(Text)];
            kinds.put_held(&mut columns);
            (columns[0].options.kind, kinds.asked(&columns).are_texts())
        };
        assert_eq!(of(&[(Number, None), (Number, None)]), (Number, false));
        assert_eq!(of(&[(Number, Some(Number)), (Number, Some(Decimal))]), (Decimal, false));
        assert_eq!(
            of(&[(Number, Some(Number)), (Number, Some(Text))]),
            (Text, false),
            "values that are none are named"
        );
        assert_eq!(of(&[(Number, None), (Text, None)]), (Text, true));
        assert_eq!(of(&[(Number, None), (Date, None)]), (Text, true));
    }
}
