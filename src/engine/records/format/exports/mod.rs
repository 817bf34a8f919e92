//! What programs hand on to others: crawls, wikis, translation memories.

pub mod mediawiki;
pub mod tmx;
pub mod warc;
