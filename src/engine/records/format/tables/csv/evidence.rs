//! What the first rows of a text say about its being a table, and about its header.

use std::collections::HashSet;

/// Letters of a name at most, and of one in a table of which nothing else is known.
const LONG_NAME: usize = 64;
const SHORT_NAME: usize = 20;

/// What rows say.
#[derive(Debug, Clone, Copy)]
#[allow(clippy::struct_excessive_bools, reason = "each is one thing that rows say")]
pub struct Evidence {
    /// Cells that most rows have.
    pub columns: usize,
    /// Rows that have so many.
    pub even: usize,
    /// In some column stand figures, below a word.
    pub contrast: bool,
    /// In some column stand figures.
    pub figures: bool,
    /// The first row is made of short words.
    pub short_header: bool,
    has_names: bool,
    /// The first row is like those below it.
    is_data: bool,
    has_years: bool,
}

impl Evidence {
    /// `None` of no rows.
    #[must_use]
    pub fn of(rows: &[Vec<String>]) -> Option<Self> {
        let (header, below) = rows.split_first()?;
        let mut counts: Vec<(usize, usize)> = Vec::new();
        for row in rows {
            match counts.iter_mut().find(|(cells, _)| *cells == row.len()) {
                Some((_, times)) => *times += 1,
                None => counts.push((row.len(), 1)),
            }
        }
        let (columns, even) = counts.into_iter().max_by_key(|(_, times)| *times)?;
        let (mut contrast, mut figures, mut is_data) = (false, false, false);
        for (at, name) in header.iter().enumerate() {
            let mut cells = below.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.trim().is_empty());
            let (all, good) =
                cells.clone().fold((0, 0), |(all, good), cell| (all + 1, good + usize::from(is_figure(cell))));
            let is_figured = all > 0 && good * 5 >= all * 4;
            figures |= is_figured;
            contrast |= is_figured && !name.trim().is_empty() && !is_figure(name);
            is_data |= is_figured && is_figure(name) || !name.trim().is_empty() && cells.any(|cell| cell == name);
        }
        let has_names = has_names(header, LONG_NAME);
        let short_header = has_names && header.iter().all(|name| name.chars().count() <= SHORT_NAME);
        let has_years = has_years(header);
        Some(Self { columns, even, contrast, figures, short_header, has_names, is_data, has_years })
    }

    /// The first row names the columns.
    #[must_use]
    pub fn has_header(&self) -> bool {
        self.has_years || (!self.is_data && (self.has_names || self.contrast))
    }

    /// How well the rows make a table: of two delimiters the one with more is right.
    #[must_use]
    pub fn fits(&self) -> usize {
        self.columns * self.even
    }
}

/// Each cell can be a name (the first may be empty, as that of an index is), and none stands twice.
fn has_names(header: &[String], longest: usize) -> bool {
    let mut known = HashSet::new();
    header.iter().enumerate().all(|(at, cell)| {
        let name = cell.trim();
        let ends_sentence = name.ends_with(['.', '!', '?', '。', '！', '？', '…', ',']) && name.chars().count() > 6;
        let is_word = !name.is_empty() && !is_figure(name) && !ends_sentence && !name.contains('\n');
        let is_word = is_word && name.chars().count() <= longest && name.split_whitespace().count() <= 6;
        (is_word || (at == 0 && name.is_empty() && header.len() > 1)) && known.insert(name)
    })
}

/// `country, 1990, 1991`: years in a row are names.
fn has_years(header: &[String]) -> bool {
    let years: Vec<Option<u32>> = header.iter().skip(1).map(|cell| cell.trim().parse().ok()).collect();
    let is_year = |year: &Option<u32>| year.is_some_and(|year| (1000..3000).contains(&year));
    let begins = header.first().is_some_and(|name| !is_figure(name));
    let steps = years.windows(2).all(|pair| pair[1].zip(pair[0]).is_some_and(|(next, last)| next == last + 1));
    begins && years.len() > 1 && years.iter().all(is_year) && steps
}

/// A number, a date, a time, a share, an amount.
fn is_figure(cell: &str) -> bool {
    let cell = cell.trim().trim_start_matches(['$', '€', '£', '₩']);
    cell.bytes().any(|byte| byte.is_ascii_digit())
        && cell.bytes().all(|byte| byte.is_ascii_digit() || b".,-+%eE:/ TZ".contains(&byte))
}

/// Most cells begin with a space, as words do behind a comma.
#[must_use]
pub fn is_prose(rows: &[Vec<String>]) -> bool {
    let cells = rows.iter().flat_map(|row| row.iter().skip(1)).filter(|cell| !cell.is_empty());
    let (all, spaced) =
        cells.fold((0, 0), |(all, spaced), cell| (all + 1, spaced + usize::from(cell.starts_with(' '))));
    spaced * 2 > all
}

/// What has delimiters for other reasons: nothing stands before the first, or behind the last, of all rows
/// (Markdown's tables, indented text, code), or each row begins with the time of a log.
#[must_use]
pub fn is_apart(rows: &[Vec<String>]) -> bool {
    let empty = |cell: Option<&String>| cell.is_none_or(|cell| cell.trim().is_empty());
    let is_log = |row: &Vec<String>| {
        let (first, second) = (row[0].trim(), row.get(1).map_or("", |cell| cell.trim()));
        let milliseconds = second.get(..4).is_some_and(|ms| ms.ends_with(' ') && ms[..3].parse::<u32>().is_ok());
        first.len() >= 19 && is_figure(&first[..first.floor_char_boundary(19)]) && milliseconds
    };
    rows.iter().all(|row| empty(row.first()))
        || rows.iter().all(|row| row.len() > 1 && empty(row.last()))
        || rows.iter().all(is_log)
}
