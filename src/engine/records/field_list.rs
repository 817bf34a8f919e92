//! The named values of a record. Most of a corpus is many short records with the same few fields: a list
//! that is cleared and filled again keeps the room of its names and values, so that a record costs no
//! allocation.

use std::ops::{Deref, DerefMut};

/// Names and values in their order; a name may stand several times.
#[derive(Debug, Clone, Default)]
pub struct FieldList {
    /// Those behind `length` are room for further fields.
    slots: Vec<(String, String)>,
    length: usize,
    /// So many were filled before some of them were forgotten.
    forgotten: usize,
}

/// Room that is kept for the next record: bytes of a value of the first fields and of those behind them, and fields. A
/// hostile file fills all of it.
const MOST_ROOM: usize = 256 << 10;
const FIRST_SLOTS: usize = 64;
const LITTLE_ROOM: usize = 256;
const MOST_SLOTS: usize = 8192;

impl FieldList {
    /// Adds a field.
    pub fn push(&mut self, name: &str, value: &str) {
        let slot = self.slot(name);
        slot.clear();
        slot.push_str(value);
    }

    /// The name that stood here, or so many further, in the list as it was before it was cleared.
    #[must_use]
    pub fn last_name(&self, ahead: usize) -> Option<&str> {
        self.slots.get(self.length + ahead).map(|(name, _)| name.as_str())
    }

    /// Adds a field with the name that stood here before.
    pub fn push_alike(&mut self, value: &str) {
        if let Some((_, room)) = self.slots.get_mut(self.length) {
            room.clear();
            room.push_str(value);
            self.length += 1;
        }
    }

    /// As [`FieldList::push_taken`], with the name that stood here before.
    pub fn push_alike_taken(&mut self, value: &mut String) {
        if let Some((_, room)) = self.slots.get_mut(self.length) {
            std::mem::swap(room, value);
            value.clear();
            self.length += 1;
        }
    }

    /// Adds a field whose value is taken out of `value`, which gets the room of an earlier one.
    pub fn push_taken(&mut self, name: &str, value: &mut String) {
        let slot = self.slot(name);
        std::mem::swap(slot, value);
        value.clear();
    }

    /// Forgets all fields but the first `length`.
    pub fn truncate(&mut self, length: usize) {
        self.forgotten = self.forgotten.max(self.length);
        self.length = self.length.min(length);
    }

    /// Takes out all fields but the first `length`.
    pub fn split_off(&mut self, length: usize) -> Vec<(String, String)> {
        let end = std::mem::replace(&mut self.length, length);
        self.slots.drain(length..end).collect()
    }

    /// Without any field; the room of names and values stays, as far as it is no more than usual.
    pub fn clear(&mut self) {
        let used = self.length.max(std::mem::take(&mut self.forgotten)).min(self.slots.len());
        let (first, others) = self.slots[..used].split_at_mut(used.min(FIRST_SLOTS));
        for (_, value) in first.iter_mut().filter(|(_, value)| value.capacity() > MOST_ROOM) {
            *value = String::new();
        }
        for (name, value) in others {
            for room in [name, value] {
                if room.capacity() > LITTLE_ROOM {
                    *room = String::new();
                }
            }
        }
        self.slots.truncate(MOST_SLOTS);
        self.length = 0;
    }

    /// The value's place of a further field of this name.
    #[inline]
    fn slot(&mut self, name: &str) -> &mut String {
        if self.length == self.slots.len() {
            self.slots.push((name.to_owned(), String::new()));
        }
        let (known, value) = &mut self.slots[self.length];
        self.length += 1;
        if known != name {
            name.clone_into(known);
        }
        value
    }
}

impl Deref for FieldList {
    type Target = [(String, String)];

    fn deref(&self) -> &[(String, String)] {
        &self.slots[..self.length]
    }
}

impl DerefMut for FieldList {
    fn deref_mut(&mut self) -> &mut [(String, String)] {
        &mut self.slots[..self.length]
    }
}

impl From<Vec<(String, String)>> for FieldList {
    fn from(slots: Vec<(String, String)>) -> Self {
        Self { length: slots.len(), slots, forgotten: 0 }
    }
}

impl From<FieldList> for Vec<(String, String)> {
    fn from(fields: FieldList) -> Self {
        let mut slots = fields.slots;
        slots.truncate(fields.length);
        slots
    }
}

impl IntoIterator for FieldList {
    type Item = (String, String);
    type IntoIter = std::vec::IntoIter<(String, String)>;

    fn into_iter(self) -> Self::IntoIter {
        Vec::from(self).into_iter()
    }
}

impl PartialEq for FieldList {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for FieldList {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_list_filled_again_holds_only_the_new_fields() {
        let mut fields = FieldList::default();
        fields.push("id", "1");
        fields.push("title", "하나");
        let mut text = "글".repeat(100);
        fields.push_taken("text", &mut text);
        assert_eq!(text, "");
        fields.clear();
        fields.push("id", "2");
        let mut text = "둘".to_owned();
        fields.push_taken("text", &mut text);
        let want = [("id", "2"), ("text", "둘")].map(|(name, value)| (name.to_owned(), value.to_owned()));
        assert_eq!(*fields, want);
        assert_eq!(Vec::from(fields), want);
    }

    #[test]
    fn room_of_a_very_long_value_is_not_kept() {
        let mut fields = FieldList::default();
        for n in 0..MOST_SLOTS + 100 {
            let most = if n < FIRST_SLOTS { MOST_ROOM } else { LITTLE_ROOM };
            fields.push(&format!("a{n}"), &"x".repeat(if n % 2 == 0 { 2 * most } else { 5 }));
        }
        fields.clear();
        let kept: Vec<usize> = fields.slots.iter().map(|(_, value)| value.capacity()).collect();
        assert_eq!(kept.len(), MOST_SLOTS);
        assert!(kept.iter().step_by(2).all(|room| *room == 0), "{kept:?}");
        assert!(kept.iter().skip(1).step_by(2).all(|room| *room >= 5), "{kept:?}");
    }
}
