//! The saved corpus of the fuzz targets, read again on every compiler.

use std::fs;
use std::path::Path;

#[path = "../fuzz/readers.rs"]
mod readers;

#[test]
fn corpus_of_every_fuzz_target_is_read() {
    type Target = (&'static str, fn(&[u8]));
    let targets: [Target; 12] = [
        ("tags", readers::tags),
        ("json_lines", readers::json_lines),
        ("json_document", readers::json_document),
        ("sgml", readers::sgml),
        ("xml", readers::xml),
        ("csv", readers::csv),
        ("warc", readers::warc),
        ("page", readers::page),
        ("text", readers::text),
        ("compressed", readers::compressed),
        ("tar", readers::tar),
        ("zip", readers::zip),
    ];
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus");
    for (name, read) in targets {
        let files = fs::read_dir(corpus.join(name)).expect("a folder a target");
        let files: Vec<_> = files.map(|entry| entry.expect("an entry").path()).collect();
        assert!(!files.is_empty(), "{name}");
        for file in files {
            read(&fs::read(file).expect("readable"));
        }
    }
}
