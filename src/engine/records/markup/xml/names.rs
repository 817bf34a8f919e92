//! Names of fields, `front/author@id`: each is made once, however often it stands in a record, and none is so
//! long that many would take the memory.

use std::collections::HashMap;

/// The longest name, in bytes; a longer one is shortened in its middle.
const LONGEST: usize = 160;

/// A name's place in the list; that of the record itself is [`ROOT`].
pub type NameId = u32;

/// The record itself, which has no name.
pub const ROOT: NameId = 0;

/// The names of a record's fields.
#[derive(Debug)]
pub struct Names {
    known: HashMap<(NameId, char, String), NameId>,
    /// Names, and how many elements deep each stands.
    all: Vec<(String, u32)>,
    /// Names that were shortened.
    pub shortened: u64,
}

impl Default for Names {
    fn default() -> Self {
        Self { known: HashMap::new(), all: vec![(String::new(), 0)], shortened: 0 }
    }
}

impl Names {
    #[must_use]
    pub fn get(&self, id: NameId) -> &str {
        &self.all[id as usize].0
    }

    /// How many elements deep a name stands.
    #[must_use]
    pub fn depth(&self, id: NameId) -> u32 {
        self.all[id as usize].1
    }

    /// The name of an element (`sign` is `/`) or an attribute (`@`) of what `of` names.
    pub fn inside(&mut self, of: NameId, sign: char, name: &str) -> NameId {
        let short = shortened(name);
        let is_short = short.len() < name.len();
        if let Some(&known) = self.known.get(&(of, sign, short.clone())) {
            return known;
        }
        let whole = if of == ROOT { short.clone() } else { format!("{}{sign}{short}", self.get(of)) };
        let name = shortened(&whole);
        self.shortened += u64::from(is_short || name.len() < whole.len());
        let depth = self.depth(of) + u32::from(sign == '/');
        let id = self.all.len() as NameId;
        self.all.push((name, depth));
        self.known.insert((of, sign, short), id);
        id
    }
}

/// The beginning and the end of what is too long.
fn shortened(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let half = LONGEST / 2 - 2;
    format!("{}…{}", &name[..name.floor_char_boundary(half)], &name[name.ceil_char_boundary(name.len() - half)..])
}
