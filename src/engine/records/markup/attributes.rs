//! Where the attributes of a tag are put down: borrowed from the text while a tag is only looked at, or in
//! the list of a record's fields, which knows the names of the tag before.

use std::borrow::Cow;

use crate::engine::records::field_list::FieldList;

/// Where the attributes of a tag are put down.
pub trait Attributes<'a> {
    /// Those put down so far.
    fn count(&self) -> usize;
    fn has(&self, name: &str) -> bool;
    fn add(&mut self, name: Cow<'a, str>, value: &'a str);

    /// The name that the next attribute but so many has, if this tag is like the one before.
    fn expected(&self, _ahead: usize) -> Option<&str> {
        None
    }

    /// Adds the next attribute, whose name is as expected; false where it has been added already.
    fn add_expected(&mut self, _value: &'a str) -> bool {
        false
    }
}

impl<'a> Attributes<'a> for Vec<(Cow<'a, str>, &'a str)> {
    fn count(&self) -> usize {
        self.len()
    }

    fn has(&self, name: &str) -> bool {
        self.iter().any(|(known, _)| known == name)
    }

    fn add(&mut self, name: Cow<'a, str>, value: &'a str) {
        self.push((name, value));
    }
}

impl<'a> Attributes<'a> for FieldList {
    fn count(&self) -> usize {
        self.len()
    }

    fn has(&self, name: &str) -> bool {
        self.iter().any(|(known, _)| known == name)
    }

    fn add(&mut self, name: Cow<'a, str>, value: &'a str) {
        self.push(&name, value);
    }

    fn expected(&self, ahead: usize) -> Option<&str> {
        self.last_name(ahead)
    }

    fn add_expected(&mut self, value: &'a str) -> bool {
        let is_new = self.last_name(0).is_some_and(|name| !self.has(name));
        if is_new {
            self.push_alike(value);
        }
        is_new
    }
}
