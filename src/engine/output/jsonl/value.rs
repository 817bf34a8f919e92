//! One value of a line: a string, a number, a truth, or nothing.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use crate::engine::job::columns::kind::{Kind, Typed};

/// A value as JSON writes it where it is no string. A number is spelt as its source spells it.
pub fn json(typed: Typed, value: &str) -> &str {
    match typed {
        Typed::Truth(true) => "true",
        Typed::Truth(false) => "false",
        Typed::Number { .. } | Typed::Date(_) => value,
    }
}

/// A value that was read back.
#[derive(Debug)]
pub struct Value {
    pub kind: Kind,
    /// A string as it is, else as [`Typed::told`] tells it; empty of nothing.
    pub told: String,
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Any)
    }
}

struct Any;

impl Visitor<'_> for Any {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string, a number, a truth or null")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Value, E> {
        self.visit_string(text.to_owned())
    }

    fn visit_string<E: Error>(self, told: String) -> Result<Value, E> {
        Ok(Value { kind: Kind::Text, told })
    }

    fn visit_bool<E: Error>(self, is_true: bool) -> Result<Value, E> {
        Ok(Value { kind: Kind::Truth, told: Typed::Truth(is_true).told("").into_owned() })
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Value, E> {
        Ok(Value { kind: Kind::Number, told: number.to_string() })
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Value, E> {
        Ok(Value { kind: Kind::Number, told: number.to_string() })
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Value, E> {
        Ok(Value { kind: Kind::Number, told: number.to_string() })
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value { kind: Kind::Text, told: String::new() })
    }
}
