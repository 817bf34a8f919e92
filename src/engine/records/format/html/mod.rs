//! HTML: a page as a record ([`page`]), what a person's selector finds in one ([`selected`]).

pub mod page;
pub mod selected;

pub use page::HtmlPage;
