//! Cells that hold no text: numbers, days and truth, as Excel keeps them. What a cell shows is its source's: a number's
//! digits without an exponent, a day in the order of the calendar.

use super::super::Xlsx;
use super::super::cell::Fit;
use super::{CELL_END, SheetXml};
use crate::engine::job::columns::Column;
use crate::engine::job::columns::kind::{Kind, Moment, Typed};
use crate::engine::output::OutputForm as _;
use crate::engine::output::digest::Digest;
use crate::engine::output::field::Field;

/// 1900-03-01. Excel counts days from 1900 and takes that for a leap year: before this day programs differ on which day
/// a number is.
pub const FIRST_DAY: i32 = -25_508;
/// Excel's number for 1970-01-01.
const OF_1970: i32 = 25_569;
/// Seconds of a day.
const DAY: f64 = 86_400.0;

/// How the cells of typed columns look, in the order of their numbers in the workbook's styles, from [`FIRST_STYLE`].
pub const FORMATS: [&str; 4] = ["0", "0.###############", "yyyy\\-mm\\-dd", "yyyy\\-mm\\-dd\\ hh:mm:ss"];
/// The number of the first of [`FORMATS`]: 0 is a text's style, 1 the header's.
pub const FIRST_STYLE: usize = 2;

/// The columns' kinds where one of them is no text; else none.
pub fn kinds(columns: &[Column]) -> Vec<Kind> {
    let kinds: Vec<Kind> = columns.iter().map(|column| Xlsx.holds().of(column.options.kind)).collect();
    if kinds.iter().all(Kind::is_text) { Vec::new() } else { kinds }
}

impl SheetXml {
    /// As [`SheetXml::row`] writes the cells of a row where columns have kinds; true where the last one is open.
    pub(super) fn typed_cells(&mut self, row: &str, fields: &[Field], fits: &[Fit], widths: &[usize]) -> bool {
        let mut is_open = false;
        let (mut first, mut fits) = (0, fits.iter());
        for (at, (field, width)) in fields.iter().zip(widths).enumerate() {
            let kind = self.kinds.get(at).copied().unwrap_or_default();
            let mut column = first;
            for (value, fit) in field.values().iter().zip(&mut fits) {
                if let Some(typed) = Xlsx.holds().typed(kind, value) {
                    self.typed_cell((column, row), is_open, typed, value);
                    is_open = false;
                    column += 1;
                    continue;
                }
                for piece in fit.pieces(value) {
                    if !piece.is_empty() {
                        is_open = self.cell((column, row), is_open, piece, fit.is_verbatim);
                    }
                    column += 1;
                }
            }
            first += width;
        }
        is_open
    }

    /// Columns have kinds.
    #[must_use]
    pub fn is_typed(&self) -> bool {
        !self.kinds.is_empty()
    }

    /// Takes the cells of a row into the digest where columns have kinds; `row` counts from 1 over the whole file.
    pub fn digest_row(&self, digest: &mut Digest, row: u64, fields: &[Field], fits: &[Fit], widths: &[usize]) {
        let (mut first, mut fits) = (0, fits.iter());
        for ((field, width), kind) in fields.iter().zip(widths).zip(&self.kinds) {
            let mut column = first;
            for (value, fit) in field.values().iter().zip(&mut fits) {
                if let Some(typed) = Xlsx.holds().typed(*kind, value) {
                    digest.typed(row, column, typed.kind(), &typed.told(value));
                    column += 1;
                    continue;
                }
                for piece in fit.pieces(value) {
                    if !piece.is_empty() {
                        digest.cell(row, column, piece);
                    }
                    column += 1;
                }
            }
            first += *width as u32;
        }
    }

    /// Ends the cell before where it is open, and writes this one whole.
    fn typed_cell(&mut self, (column, row): (usize, &str), is_open: bool, typed: Typed, value: &str) {
        self.begin_to(column);
        let begin = &self.begins[column];
        for part in [if is_open { begin } else { &begin[CELL_END.len()..] }, row, "\""] {
            self.xml.extend_from_slice(part.as_bytes());
        }
        if let Some(format) = format(typed, value) {
            let mut digits = itoa::Buffer::new();
            self.push_all(&[" s=\"", digits.format(FIRST_STYLE + format), "\""]);
        }
        match typed {
            Typed::Number { .. } => self.push_all(&["><v>", value, "</v></c>"]),
            Typed::Truth(is_true) => self.push_all(&[" t=\"b\"><v>", if is_true { "1" } else { "0" }, "</v></c>"]),
            Typed::Date(moment) => self.push_all(&["><v>", &serial(moment), "</v></c>"]),
        }
    }
}

/// Which of [`FORMATS`] a cell needs so that it shows what its source says. Excel shows a number as it is where it has
/// no format and needs few places, else with an exponent.
fn format(typed: Typed, value: &str) -> Option<usize> {
    const FEW: usize = 10;
    match typed {
        Typed::Number { is_whole } => {
            let digits = value.strip_prefix('-').unwrap_or(value);
            let is_small = digits.starts_with("0.000");
            (digits.len() > FEW || is_small).then_some(usize::from(!is_whole))
        }
        Typed::Date(Moment { has_time, .. }) => Some(2 + usize::from(has_time)),
        Typed::Truth(_) => None,
    }
}

/// Excel's number for a moment: days and their parts.
fn serial(moment: Moment) -> String {
    let day = moment.day + OF_1970;
    if moment.second == 0 { day.to_string() } else { (f64::from(day) + f64::from(moment.second) / DAY).to_string() }
}

/// The kind of a cell with this style that holds a number.
pub fn kind_of_style(style: usize) -> Option<Kind> {
    match style.checked_sub(FIRST_STYLE) {
        None if style == 0 => Some(Kind::Number),
        Some(0 | 1) => Some(Kind::Number),
        Some(2 | 3) => Some(Kind::Date),
        _ => None,
    }
}

/// Takes a number that was read back into the digest, as [`Typed::told`] tells it; false where it is none of ours.
pub fn take_number(digest: &mut Digest, (row, column): (u64, u32), kind: Kind, number: f64) -> bool {
    let told = match kind {
        Kind::Date => ((number - f64::from(OF_1970)) * DAY).round().to_string(),
        _ => number.to_string(),
    };
    digest.typed(row, column, kind, &told);
    number.is_finite()
}

/// Takes a truth that was read back into the digest.
pub fn take_truth(digest: &mut Digest, (row, column): (u64, u32), is_true: bool) {
    digest.typed(row, column, Kind::Truth, if is_true { "1" } else { "0" });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_written_as_what_they_are() {
        use Kind::{Date, Number, Text, Truth};
        let mut sheet = SheetXml::new(false, vec![Text, Number, Number, Date, Truth, Number, Date]);
        let many = Field::Many(vec!["1".into(), "02".into(), "".into(), "3".into()]);
        let fields = [
            "7".into(),
            many,
            "123456789012345".into(),
            "2023-01-05".into(),
            "yes".into(),
            "0.00001".into(),
            "1900.3.1 12:00".into(),
        ];
        let fits: Vec<Fit> = fields.iter().flat_map(Field::values).map(|value| Fit::of(value)).collect();
        sheet.row(1, &fields, &fits, &[1, 4, 1, 1, 1, 1, 1]);
        let want = "<row r=\"2\" ht=\"15\" customHeight=\"1\"><c r=\"A2\" t=\"inlineStr\"><is><t>7</t></is></c>\
            <c r=\"B2\"><v>1</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>02</t></is></c><c r=\"E2\"><v>3</v></c>\
            <c r=\"F2\" s=\"2\"><v>123456789012345</v></c><c r=\"G2\" s=\"4\"><v>44931</v></c>\
            <c r=\"H2\" t=\"b\"><v>1</v></c><c r=\"I2\" s=\"3\"><v>0.00001</v></c>\
            <c r=\"J2\" s=\"5\"><v>61.5</v></c></row>";
        assert_eq!(String::from_utf8_lossy(sheet.bytes()), want);
    }

    #[test]
    fn days_that_programs_count_differently_stay_text() {
        let holds = Xlsx.holds();
        assert!(holds.typed(Kind::Date, "1900-03-01").is_some());
        assert_eq!(holds.typed(Kind::Date, "1900-02-28"), None);
    }

    #[test]
    fn moments_are_read_back_to_the_second() {
        for day in [FIRST_DAY, -1, 0, 19_362, 2_932_896] {
            for second in [0, 1, 59, 43_199, 43_200, 86_399] {
                let moment = Moment { day, second, has_time: true };
                let number: f64 = serial(moment).parse().expect("a number");
                assert_eq!(((number - f64::from(OF_1970)) * DAY).round() as i64, moment.seconds());
            }
        }
    }
}
