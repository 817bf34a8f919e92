use std::io::Write as _;

use proptest::prelude::*;

use super::*;
use crate::engine::job::choices::Compression;
use crate::engine::job::columns::Columns;
use crate::engine::output::{Alone, DEFAULT, NewFile};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_back_is_what_the_library_reads_and_what_was_written(
        rows in proptest::collection::vec(
            proptest::array::uniform3("(\\PC|[ \t\n<>&\"'_x0-9A-F]){0,12}|_x[0-9A-F]{4}_|[가-힣 ]{0,30}"), 0..12
        ),
        long in 0usize..3,
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let columns = Columns::parse("id,title,text").expect("columns");
        let columns = columns.as_chosen().expect("chosen");
        let (widths, stamp) = ([1, 1, 1], "s");
        let compression = Compression::Normal;
        let new = NewFile { folder: folder.path(), columns, widths: &widths, stamp, compression, wraps: false, digested: true };
        let mut sink = DEFAULT.begin(new, &Alone);
        let long = "긴😀 글 ".repeat(long * 9000);
        for [id, title, text] in &rows {
            sink.row(&[id.as_str().into(), title.as_str().into(), format!("{text}{long}").into()], &mut |_, _| {})
                .expect("a row");
        }
        let mut out = Vec::new();
        let written = sink.finish(&mut out).expect("written");
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(&out).expect("written");
        let stop = StopToken::default();
        let found = read_back(&file, &stop, &Alone).expect("ours");
        prop_assert_eq!((found.rows, Some(&found.digest)), (rows.len() as u64, written.digest.as_ref()));
        let library = library::read_back(&file, &stop).expect("a workbook");
        prop_assert_eq!(&found.header[..3], ["id", "title", "text"]);
        prop_assert_eq!(found, library);
    }
}
