//! A filter as it is being made: what a person has typed so far, whether or not it can be used yet.

use std::num::NonZeroU64;

use crate::engine::{Column, Filter, Pattern, Share, Size, Test};

/// What a filter asks, in the order in which they are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Contains,
    Lacks,
    Matches,
    MatchesNot,
    Longer,
    NotLonger,
    InList,
    NotInList,
    NotEmpty,
    NoDuplicates,
    Every,
    Sample,
}

impl Kind {
    pub const ALL: [Self; 12] = [
        Self::Contains,
        Self::Lacks,
        Self::Matches,
        Self::MatchesNot,
        Self::Longer,
        Self::NotLonger,
        Self::InList,
        Self::NotInList,
        Self::NotEmpty,
        Self::NoDuplicates,
        Self::Every,
        Self::Sample,
    ];

    /// It asks one column, and a value.
    pub fn has_column(self) -> bool {
        !self.has_columns() && !matches!(self, Self::Every | Self::Sample)
    }

    /// It asks any number of columns, or the whole record.
    pub fn has_columns(self) -> bool {
        matches!(self, Self::NotEmpty | Self::NoDuplicates)
    }

    pub fn has_value(self) -> bool {
        !self.has_columns()
    }

    pub fn has_list(self) -> bool {
        matches!(self, Self::InList | Self::NotInList)
    }

    fn keeps(self) -> bool {
        !matches!(self, Self::Lacks | Self::MatchesNot | Self::NotLonger | Self::NotInList)
    }
}

/// What is lacking or wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Something is to be typed still.
    Unfinished,
    Pattern,
    Number,
    Size,
}

/// A line as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub kind: Kind,
    /// The column, or for some kinds several with commas between, in quotes where their names hold one.
    pub columns: String,
    pub value: String,
    pub seed: u64,
}

impl Line {
    /// What a person begins with.
    pub fn new() -> Self {
        Self { kind: Kind::Contains, columns: Column::TEXT.to_owned(), value: String::new(), seed: 0 }
    }

    pub fn of(filter: &Filter) -> Self {
        let columns = match filter {
            Filter::Column { column, .. } => column.clone(),
            others => typed(others.columns()),
        };
        let line = |kind, value: String| Self { kind, columns: columns.clone(), value, seed: 0 };
        match filter {
            Filter::Column { keeps, test, .. } => {
                let either = |kept, dropped| if *keeps { kept } else { dropped };
                match test {
                    Test::Contains(text) => line(either(Kind::Contains, Kind::Lacks), text.clone()),
                    Test::Matches(pattern) => {
                        line(either(Kind::Matches, Kind::MatchesNot), pattern.as_str().to_owned())
                    }
                    Test::Longer(most) => line(either(Kind::Longer, Kind::NotLonger), most.to_string()),
                    Test::In(list) => line(either(Kind::InList, Kind::NotInList), list.display().to_string()),
                }
            }
            Filter::Empty(_) => line(Kind::NotEmpty, String::new()),
            Filter::Duplicates(_) => line(Kind::NoDuplicates, String::new()),
            Filter::Every(n) => line(Kind::Every, n.to_string()),
            Filter::Sample { size, seed } => {
                let size = match size {
                    Size::Records(records) => records.to_string(),
                    Size::Share(share) => share.to_string(),
                };
                Self { seed: *seed, ..line(Kind::Sample, size) }
            }
        }
    }

    /// The filter that it is, or why it is none yet.
    pub fn filter(&self) -> Result<Filter, Fault> {
        let value = self.value.trim();
        let number = || value.parse::<NonZeroU64>().map_err(|_| Fault::Number);
        let names = self.names().ok_or(Fault::Unfinished)?;
        if value.is_empty() && self.kind.has_value() || names.is_empty() && self.kind.has_column() {
            return Err(Fault::Unfinished);
        }
        let test = match self.kind {
            Kind::NotEmpty => return Ok(Filter::Empty(names)),
            Kind::NoDuplicates => return Ok(Filter::Duplicates(names)),
            Kind::Every => return Ok(Filter::Every(number()?)),
            Kind::Sample => {
                let records = value.parse().ok().map(Size::Records);
                let size = records.or_else(|| Share::parse(value).map(Size::Share)).ok_or(Fault::Size)?;
                return Ok(Filter::Sample { size, seed: self.seed });
            }
            Kind::Contains | Kind::Lacks => Test::Contains(self.value.clone()),
            Kind::Matches | Kind::MatchesNot => Test::Matches(Pattern::parse(&self.value).map_err(|_| Fault::Pattern)?),
            Kind::Longer | Kind::NotLonger => Test::Longer(number()?.get()),
            Kind::InList | Kind::NotInList => Test::In(value.into()),
        };
        Ok(Filter::Column { keeps: self.kind.keeps(), column: names.concat(), test })
    }

    /// The columns that are typed; `None` while they are none that can be.
    pub fn names(&self) -> Option<Vec<String>> {
        let typed = self.columns.trim().trim_end_matches(',').trim_end();
        if typed.is_empty() {
            return Some(Vec::new());
        }
        if !self.kind.has_columns() {
            return Some(vec![self.columns.trim().to_owned()]);
        }
        let read = Filter::parse(&format!("drop empty:{typed}")).ok()?;
        Some(read.columns().to_vec())
    }

    /// A column was clicked: it is the one, or it is one of them or no more.
    pub fn toggle(&mut self, name: &str) {
        if !self.kind.has_columns() {
            name.clone_into(&mut self.columns);
            return;
        }
        let mut names = self.names().unwrap_or_default();
        match names.iter().position(|known| known == name) {
            Some(at) => drop(names.remove(at)),
            None => names.push(name.to_owned()),
        }
        self.columns = typed(&names);
    }

    /// It asks this now; what was typed stays, where it can.
    pub fn become_kind(&mut self, kind: Kind) {
        let is_number = |kind| matches!(kind, Kind::Longer | Kind::NotLonger | Kind::Every | Kind::Sample);
        if is_number(kind) != is_number(self.kind) || kind.has_list() != self.kind.has_list() {
            self.value.clear();
        }
        if kind.has_columns() != self.kind.has_columns() {
            let first = self.names().unwrap_or_default().into_iter().next();
            self.columns = if kind.has_columns() { typed(first.as_slice()) } else { first.unwrap_or_default() };
        }
        self.kind = kind;
    }
}

/// Columns as they are typed, each as a filter's line holds it.
fn typed(columns: &[String]) -> String {
    let one = |name: &String| {
        let line = Filter::Empty(vec![name.clone()]).to_string();
        line.split_once(':').map(|(_, name)| name.to_owned()).unwrap_or_default()
    };
    columns.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_filter_is_a_line_and_the_same_filter_again() {
        for line in [
            "keep text contains 한국",
            "drop text contains x",
            "keep title matches ^A",
            "drop title matches ^A",
            "keep text longer 200",
            "drop text longer 200",
            "keep id in /lists/ids.txt",
            "drop id in /lists/ids.txt",
            "drop empty",
            "drop empty:title,text",
            "drop duplicates:\"a,b\",c",
            "drop duplicates:id",
            "every 10",
            "sample 1000",
            "sample 10% seed 7",
        ] {
            let filter = Filter::parse(line).expect("a filter");
            assert_eq!(Line::of(&filter).filter(), Ok(filter), "{line}");
        }
    }

    #[test]
    fn line_that_cannot_be_used_yet_says_what_is_wrong() {
        let fault =
            |kind, value: &str| Line { kind, value: value.into(), ..Line::new() }.filter().expect_err("a fault");
        assert_eq!(Line::new().filter(), Err(Fault::Unfinished));
        assert_eq!(fault(Kind::Matches, "a("), Fault::Pattern);
        assert_eq!(fault(Kind::Every, "0"), Fault::Number);
        assert_eq!(fault(Kind::Longer, "x"), Fault::Number);
        assert_eq!(fault(Kind::Sample, "200%"), Fault::Size);
        assert_eq!(Line { columns: " ".into(), value: "x".into(), ..Line::new() }.filter(), Err(Fault::Unfinished));
    }

    #[test]
    fn columns_are_one_or_several_as_the_kind_asks() {
        let mut line = Line::new();
        line.toggle("title");
        assert_eq!(line.columns, "title");
        line.become_kind(Kind::NoDuplicates);
        line.toggle("url");
        line.toggle("title");
        assert_eq!(line.columns, "url");
        line.toggle("id");
        assert_eq!((line.columns.as_str(), line.names()), ("url, id", Some(vec!["url".into(), "id".into()])));
        for (typed, names) in [("id, ", vec!["id"]), ("", vec![]), ("\"a, b\", c", vec!["a, b", "c"])] {
            typed.clone_into(&mut line.columns);
            assert_eq!(line.names().map(|all| all.join("|")), Some(names.join("|")), "{typed}");
        }
        line.columns = "\"a".into();
        assert_eq!((line.names(), line.filter()), (None, Err(Fault::Unfinished)));
        line.columns = "id,url".into();
        line.become_kind(Kind::Contains);
        assert_eq!(line.columns, "id");
        line.columns = " a, b ".into();
        assert_eq!(line.names(), Some(vec!["a, b".into()]));
    }
}
