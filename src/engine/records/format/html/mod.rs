//! HTML: a page as a record ([`page`]), what a person's selector finds in one ([`selected`]) and how, there and in XML,
//! records are cut by it ([`selection`]), what repeats in one ([`repeating`]), the rows of tables
//! ([`tables`]), and pages that hold nothing else ([`only_tables`]).

pub mod only_tables;
pub mod page;
pub mod repeating;
pub mod selected;
pub mod selection;
pub mod tables;

pub use page::HtmlPage;
