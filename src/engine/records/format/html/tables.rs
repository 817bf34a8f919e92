//! The rows of HTML's tables: a row a `tr`, a column a cell under the word at its head. What spans several columns or
//! rows stands in each of them.

use std::collections::HashMap;

use scraper::ElementRef;

use super::page::seen_in;
use crate::engine::records::format::COMMON;
use crate::engine::records::record::{Markup, Record};

/// A cell is repeated over so many columns and rows at most, and a row has no more cells.
const MOST_SPAN: usize = 1000;
const MOST_CELLS: usize = 16_384;

/// The records of these rows, or of the rows of these tables.
#[must_use]
pub fn rows(found: &[ElementRef], keep_markup: bool) -> Vec<Record> {
    let mut tables: Vec<Vec<ElementRef>> = Vec::new();
    let mut known: HashMap<Option<ego_tree::NodeId>, usize> = HashMap::new();
    for &element in found {
        let (table, rows) = match element.value().name() {
            "table" => (Some(element.id()), rows_of(element)),
            _ => (table_of(element), vec![element]),
        };
        let at = *known.entry(table).or_insert_with(|| {
            tables.push(Vec::new());
            tables.len() - 1
        });
        tables[at].extend(rows);
    }
    tables.into_iter().flat_map(|rows| records(&rows, keep_markup)).collect()
}

fn table_of(row: ElementRef) -> Option<ego_tree::NodeId> {
    row.ancestors()
        .find(|node| node.value().as_element().is_some_and(|element| element.name() == "table"))
        .map(|node| node.id())
}

/// The rows of a table, those of tables inside it left to these.
fn rows_of(table: ElementRef) -> Vec<ElementRef> {
    let own = Some(table.id());
    let rows = table.descendants().filter_map(ElementRef::wrap).filter(|element| element.value().name() == "tr");
    rows.filter(|row| table_of(*row) == own).collect()
}

#[derive(Clone)]
struct Cell {
    text: String,
    is_head: bool,
}

fn records(rows: &[ElementRef], keep_markup: bool) -> Vec<Record> {
    let grid = grid(rows);
    let is_head = |row: &[Cell]| !row.is_empty() && row.iter().all(|cell| cell.is_head);
    // heads in several rows are one: `2020 / men`
    let mut heads = grid.iter().take_while(|row| is_head(row)).count().min(grid.len().saturating_sub(1));
    if heads == 0 && grid.len() > 1 && looks_like_head(&grid) {
        heads = 1;
    }
    let mut names: Vec<String> = Vec::new();
    for row in &grid[..heads] {
        for (at, cell) in row.iter().enumerate() {
            let text = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
            match names.get_mut(at) {
                None => names.push(text),
                Some(name) if name.is_empty() => *name = text,
                Some(name) if !text.is_empty() && *name != text => *name = format!("{name} / {text}"),
                Some(_) => {}
            }
        }
    }
    let name = |at: usize| match names.get(at) {
        Some(name) if !name.is_empty() => name.clone(),
        _ => (at + 1).to_string(),
    };
    let rows = grid.iter().zip(rows).skip(heads).filter(|(cells, _)| !cells.is_empty());
    rows.map(|(cells, row)| {
        let fields: Vec<_> = cells.iter().enumerate().map(|(at, cell)| (name(at), cell.text.clone())).collect();
        let markup = keep_markup.then(|| Markup::Html(row.html()));
        Record { line: 1, fields: fields.into(), markup, roles: COMMON }
    })
    .collect()
}

/// The cells of rows, each in all columns and rows that it spans.
fn grid(rows: &[ElementRef]) -> Vec<Vec<Cell>> {
    let mut grid: Vec<Vec<Cell>> = Vec::new();
    // cells that go on from rows before: rows left, and the cell
    let mut down: Vec<Option<(usize, Cell)>> = Vec::new();
    for row in rows {
        let mut cells: Vec<Cell> = Vec::new();
        let from_above = |cells: &mut Vec<Cell>, down: &mut Vec<Option<(usize, Cell)>>| {
            while let Some(Some((left, cell))) = down.get_mut(cells.len()) {
                *left -= 1;
                let (left, cell) = (*left, cell.clone());
                if left == 0 {
                    down[cells.len()] = None;
                }
                cells.push(cell);
            }
        };
        let own = row.child_elements().filter(|cell| matches!(cell.value().name(), "td" | "th"));
        for element in own {
            from_above(&mut cells, &mut down);
            let span = |name| element.value().attr(name).and_then(|span| span.trim().parse::<usize>().ok());
            let cell = Cell { text: seen_in(*element), is_head: element.value().name() == "th" };
            let rows_down = span("rowspan").unwrap_or(1).clamp(1, MOST_SPAN);
            for _ in 0..span("colspan").unwrap_or(1).clamp(1, MOST_SPAN) {
                if cells.len() >= MOST_CELLS {
                    break;
                }
                if rows_down > 1 {
                    if down.len() <= cells.len() {
                        down.resize(cells.len() + 1, None);
                    }
                    down[cells.len()] = Some((rows_down - 1, cell.clone()));
                }
                cells.push(cell.clone());
            }
        }
        from_above(&mut cells, &mut down);
        grid.push(cells);
    }
    grid
}

/// A first row of words of its own over a second with numbers is the head, whatever its cells are called.
fn looks_like_head(grid: &[Vec<Cell>]) -> bool {
    let has_digit = |cell: &Cell| cell.text.contains(|char: char| char.is_numeric());
    let (first, second) = (&grid[0], &grid[1]);
    let mut words: Vec<&str> = first.iter().map(|cell| cell.text.trim()).collect();
    words.sort_unstable();
    let is_different = words.windows(2).all(|pair| pair[0] != pair[1]) && words.iter().all(|word| !word.is_empty());
    is_different && first.len() == second.len() && !first.iter().any(has_digit) && second.iter().any(has_digit)
}
