//! A person's selector of records, as far as it can be said at an element's start tag whether it is meant: names,
//! `*`, attributes, classes and ids, what stands in what (` `, `>`) and behind what (`+`, `~`), lists, and a few
//! pseudo-classes. What needs more than has been read is refused.

/// A selector ready to use: any of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selector {
    pub any: Vec<Vec<Step>>,
}

/// One element of a selector, and how it stands to the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    pub relation: Relation,
    pub element: Compound,
}

/// How an element stands to the one before it in the selector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    Inside,
    DirectlyInside,
    DirectlyBehind,
    Behind,
}

/// What is said of one element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compound {
    pub name: Option<String>,
    /// The name is one without its prefix, whatever that is (`*|name`).
    pub any_prefix: bool,
    pub tests: Vec<Test>,
}

/// One thing said of an element beside its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    Attribute {
        name: String,
        how: How,
        value: String,
        ignore_case: bool,
    },
    /// Its number among the children of its parent is `step * n + first`.
    Child {
        step: i64,
        first: i64,
    },
    Root,
    Any(Vec<Compound>),
    Not(Vec<Compound>),
}

/// How an attribute's value compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    IsThere,
    Is,
    Word,
    Dashed,
    Begins,
    Ends,
    Holds,
}

/// A selector that cannot be used for records, and the part of it that is why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused(pub String);

/// So many elements all in all: the matcher has a bit for each.
const MOST_STEPS: usize = 64;

impl Selector {
    /// # Errors
    /// [`Refused`].
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let mut parser = Parser { rest: text.trim() };
        let mut any = vec![parser.complex()?];
        while parser.takes(',') {
            any.push(parser.complex()?);
        }
        if !parser.rest.is_empty() || any.iter().map(Vec::len).sum::<usize>() > MOST_STEPS {
            return Err(parser.refuse());
        }
        Ok(Self { any })
    }

    /// Elements by these names, each directly in the one before.
    #[must_use]
    pub fn of_path(path: &str) -> Self {
        let names = path.split('/').filter(|name| !name.is_empty()).take(MOST_STEPS);
        let step = |name: &str| Step {
            relation: Relation::DirectlyInside,
            element: Compound { name: (name != "*").then(|| name.to_owned()), ..Compound::default() },
        };
        let mut steps: Vec<Step> = names.map(step).collect();
        if let Some(first) = steps.first_mut() {
            first.relation = Relation::Inside;
        } else {
            let element = Compound { tests: vec![Test::Root], ..Compound::default() };
            steps.push(Step { relation: Relation::Inside, element });
        }
        Self { any: vec![steps] }
    }

    /// The name of every element that it can find; `None` where it may be any.
    #[must_use]
    pub fn names(&self) -> Option<Vec<&str>> {
        self.any.iter().map(|steps| steps.last().and_then(|step| step.element.name.as_deref())).collect()
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn refuse(&self) -> Refused {
        Refused(self.rest.chars().take(40).collect())
    }

    fn takes(&mut self, char: char) -> bool {
        let rest = self.rest.strip_prefix(char);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn space(&mut self) -> bool {
        let rest = self.rest.trim_start();
        let any = rest.len() < self.rest.len();
        self.rest = rest;
        any
    }

    fn complex(&mut self) -> Result<Vec<Step>, Refused> {
        self.space();
        let mut relation = Relation::Inside;
        let mut steps = Vec::new();
        loop {
            steps.push(Step { relation, element: self.compound()? });
            let spaced = self.space();
            relation = match self.rest.chars().next() {
                None | Some(',') => return Ok(steps),
                Some('>') => Relation::DirectlyInside,
                Some('+') => Relation::DirectlyBehind,
                Some('~') => Relation::Behind,
                Some(_) if spaced => Relation::Inside,
                Some(_) => return Err(self.refuse()),
            };
            if relation != Relation::Inside {
                self.rest = &self.rest[1..];
                self.space();
            }
        }
    }

    fn compound(&mut self) -> Result<Compound, Refused> {
        let mut compound = Compound::default();
        let before = self.rest;
        if self.takes('*') {
            if self.takes('|') {
                compound.any_prefix = true;
                compound.name = Some(self.name(true)?);
            }
        } else if let Ok(name) = self.name(true) {
            compound.name = Some(name);
        }
        loop {
            let refused = self.refuse();
            if self.takes('#') {
                let value = self.name(false)?;
                compound.tests.push(Test::Attribute { name: "id".into(), how: How::Is, value, ignore_case: false });
            } else if self.takes('.') {
                let value = self.name(false)?;
                compound.tests.push(Test::Attribute {
                    name: "class".into(),
                    how: How::Word,
                    value,
                    ignore_case: false,
                });
            } else if self.takes('[') {
                compound.tests.push(self.attribute()?);
            } else if self.takes(':') {
                compound.tests.push(self.pseudo_class().ok_or(refused)?);
            } else if self.rest.len() == before.len() {
                return Err(refused);
            } else {
                return Ok(compound);
            }
        }
    }

    /// A name, in which `\` takes the next sign as it is. An element's may have a prefix, `m:rec` or `m|rec`.
    fn name(&mut self, prefixed: bool) -> Result<String, Refused> {
        let mut name = String::new();
        let mut chars = self.rest.char_indices().peekable();
        let mut end = self.rest.len();
        while let Some((at, char)) = chars.next() {
            let follows = |chars: &mut std::iter::Peekable<std::str::CharIndices>| {
                chars.peek().is_some_and(|(_, next)| next.is_alphabetic() || *next == '_')
            };
            match char {
                '\\' => match chars.next() {
                    Some((_, char)) => name.push(char),
                    None => return Err(self.refuse()),
                },
                '-' | '_' => name.push(char),
                _ if char.is_alphanumeric() => name.push(char),
                ':' if prefixed
                    && !name.is_empty()
                    && follows(&mut chars)
                    && !is_pseudo_class(&self.rest[at + 1..]) =>
                {
                    name.push(':');
                }
                '|' if prefixed && !name.is_empty() && follows(&mut chars) => name.push(':'),
                _ => {
                    end = at;
                    break;
                }
            }
        }
        if name.is_empty() {
            return Err(self.refuse());
        }
        self.rest = &self.rest[end..];
        Ok(name)
    }

    fn attribute(&mut self) -> Result<Test, Refused> {
        self.space();
        let name = self.attribute_name()?;
        self.space();
        if self.takes(']') {
            return Ok(Test::Attribute { name, how: How::IsThere, value: String::new(), ignore_case: false });
        }
        let how = match self.rest.chars().next() {
            Some('=') => How::Is,
            Some('~') => How::Word,
            Some('|') => How::Dashed,
            Some('^') => How::Begins,
            Some('$') => How::Ends,
            Some('*') => How::Holds,
            _ => return Err(self.refuse()),
        };
        if how != How::Is {
            self.rest = &self.rest[1..];
        }
        if !self.takes('=') {
            return Err(self.refuse());
        }
        self.space();
        let value = if let Some(quote @ ('"' | '\'')) = self.rest.chars().next() {
            let inside = &self.rest[1..];
            let end = inside.find(quote).ok_or_else(|| self.refuse())?;
            self.rest = &inside[end + 1..];
            inside[..end].to_owned()
        } else {
            let is_end = |char: char| char == ']' || char.is_whitespace();
            let end = self.rest.find(is_end).ok_or_else(|| self.refuse())?;
            let (value, rest) = self.rest.split_at(end);
            self.rest = rest;
            value.to_owned()
        };
        self.space();
        let ignore_case = self.takes('i') || self.takes('I');
        self.space();
        if self.takes(']') { Ok(Test::Attribute { name, how, value, ignore_case }) } else { Err(self.refuse()) }
    }

    fn attribute_name(&mut self) -> Result<String, Refused> {
        let is_end = |char: char| char.is_whitespace() || "=~|^$*]\"'".contains(char);
        let mut end = self.rest.find(is_end).unwrap_or(self.rest.len());
        // `[xml|lang=ko]`, beside `[lang|=ko]`
        if self.rest[end..].starts_with('|') && !self.rest[end..].starts_with("|=") {
            end += 1 + self.rest[end + 1..].find(is_end).unwrap_or(0);
        }
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if name.is_empty() { Err(self.refuse()) } else { Ok(name.replace('|', ":").replace('\\', "")) }
    }

    fn pseudo_class(&mut self) -> Option<Test> {
        let word: String = self.rest.chars().take_while(|char| char.is_ascii_alphabetic() || *char == '-').collect();
        self.rest = &self.rest[word.len()..];
        match &*word {
            "root" => Some(Test::Root),
            "first-child" => Some(Test::Child { step: 0, first: 1 }),
            "nth-child" => {
                let inside = self.rest.strip_prefix('(')?;
                let (formula, rest) = inside.split_once(')')?;
                self.rest = rest;
                let (step, first) = nth(formula)?;
                Some(Test::Child { step, first })
            }
            "is" | "where" | "not" => {
                self.rest = self.rest.strip_prefix('(')?;
                let mut all = Vec::new();
                loop {
                    self.space();
                    all.push(self.compound().ok()?);
                    self.space();
                    if self.takes(')') {
                        return Some(if word == "not" { Test::Not(all) } else { Test::Any(all) });
                    }
                    self.rest = self.rest.strip_prefix(',')?;
                }
            }
            _ => None,
        }
    }
}

/// Names that stand behind `:` in selectors, and not behind a prefix.
fn is_pseudo_class(rest: &str) -> bool {
    const NAMES: [&str; 17] = [
        "root",
        "empty",
        "scope",
        "link",
        "hover",
        "first-child",
        "last-child",
        "only-child",
        "first-of-type",
        "last-of-type",
        "only-of-type",
        "nth-child",
        "nth-last-child",
        "nth-of-type",
        "is",
        "not",
        "where",
    ];
    let end = rest.find(|char: char| !(char.is_alphanumeric() || "-_".contains(char))).unwrap_or(rest.len());
    NAMES.contains(&&rest[..end]) || rest[end..].starts_with('(')
}

/// `3`, `odd`, `2n+1`
fn nth(formula: &str) -> Option<(i64, i64)> {
    let formula: String = formula.chars().filter(|char| !char.is_whitespace()).collect();
    match &*formula {
        "odd" => Some((2, 1)),
        "even" => Some((2, 0)),
        _ => match formula.split_once('n') {
            None => Some((0, formula.parse().ok()?)),
            Some((step, first)) => {
                let step = match step {
                    "" | "+" => 1,
                    "-" => -1,
                    step => step.parse().ok()?,
                };
                Some((step, if first.is_empty() { 0 } else { first.trim_start_matches('+').parse().ok()? }))
            }
        },
    }
}
