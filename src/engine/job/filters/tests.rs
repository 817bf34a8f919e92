use super::*;

fn column(keeps: bool, column: &str, test: Test) -> Filter {
    Filter::Column { keeps, column: column.into(), test }
}

#[test]
fn filter_is_read_from_its_line_and_written_as_one() {
    let n = |n| NonZeroU64::new(n).expect("not zero");
    let pattern = |text| Pattern::parse(text).expect("a pattern");
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    for (line, filter) in [
        ("keep text contains 한국", column(true, "text", Test::Contains("한국".into()))),
        ("drop text contains  a in b ", column(false, "text", Test::Contains(" a in b ".into()))),
        ("keep title matches ^A", column(true, "title", Test::Matches(pattern("^A")))),
        ("keep :file longer 200", column(true, ":file", Test::Longer(200))),
        ("drop id in my ids.txt", column(false, "id", Test::In("my ids.txt".into()))),
        ("keep \"born in\" contains x", column(true, "born in", Test::Contains("x".into()))),
        ("keep \"a \"\"b\"\"\" contains x", column(true, "a \"b\"", Test::Contains("x".into()))),
        ("drop \"empty\" contains x", column(false, "empty", Test::Contains("x".into()))),
        ("drop empty", Filter::Empty(Vec::new())),
        ("drop empty:title,text", Filter::Empty(names(&["title", "text"]))),
        ("drop duplicates", Filter::Duplicates(Vec::new())),
        ("drop duplicates:\"a, b\",c", Filter::Duplicates(names(&["a, b", "c"]))),
        ("every 10", Filter::Every(n(10))),
        ("sample 1000", Filter::Sample { size: Size::Records(n(1000)), seed: 0 }),
        ("sample 0.5% seed 7", Filter::Sample { size: Size::Share(Share::parse("0.5%").expect("one")), seed: 7 }),
    ] {
        assert_eq!(Filter::parse(line), Ok(filter.clone()), "{line}");
        assert_eq!(filter.to_string(), line);
    }
    let loose = Filter::parse("keep born city contains x").map(|filter| filter.to_string());
    assert_eq!(loose.as_deref(), Ok("keep \"born city\" contains x"));
    let loose = Filter::parse("drop duplicates: id , url").map(|filter| filter.to_string());
    assert_eq!(loose.as_deref(), Ok("drop duplicates:id,url"));
}

#[test]
fn line_that_is_no_filter_says_why() {
    let why = |line: &str| Filter::parse(line).expect_err(line);
    assert_eq!(why("kep text contains x"), BadFilter::Unknown("kep text contains x".into()));
    assert_eq!(why("keep text"), BadFilter::NothingAsked("text".into()));
    assert_eq!(why("keep text has x"), BadFilter::NothingAsked("text has x".into()));
    assert_eq!(why("keep \"text\" has x"), BadFilter::NothingAsked("\"text\" has x".into()));
    assert_eq!(why("keep contains x"), BadFilter::NoColumn("contains x".into()));
    assert_eq!(why("keep \"text contains x"), BadFilter::NoColumn("\"text contains x".into()));
    assert_eq!(why("drop empty:a,,b"), BadFilter::NoColumn("empty:a,,b".into()));
    assert_eq!(why("keep text contains "), BadFilter::NoValue("contains"));
    assert_eq!(why("keep text in "), BadFilter::NoValue("in"));
    assert_eq!(why("keep text longer many"), BadFilter::Number("many".into()));
    assert_eq!(why("every 0"), BadFilter::Number("0".into()));
    assert_eq!(why("sample 0%"), BadFilter::Size("0%".into()));
    assert_eq!(why("sample 0"), BadFilter::Size("0".into()));
    assert_eq!(why("sample 5 seed x"), BadFilter::Seed("x".into()));
    let BadFilter::Pattern { pattern, why } = why("keep title matches a(") else { panic!("another fault") };
    assert!(pattern == "a(" && why.contains("unclosed group"), "{why}");
    // what would take more memory than a pattern is given is refused, not tried
    assert!(matches!(Filter::parse(r"keep a matches (\w{1000}){1000}"), Err(BadFilter::Pattern { .. })));
}

#[test]
fn share_is_kept_to_a_millionth() {
    for text in ["10%", "0.0001%", "12.5%", "100%", "99.9999%"] {
        assert_eq!(Share::parse(text).map(|share| share.to_string()).as_deref(), Some(text));
    }
    for bad in ["0%", "100.1%", "5", "-1%", "1.00001%", ".5%", "%", "1e1%", "+1%"] {
        assert_eq!(Share::parse(bad), None, "{bad}");
    }
    let quarter = Share::parse("25%").expect("a share");
    assert!(quarter.takes(0) && quarter.takes(u64::MAX / 4) && !quarter.takes(u64::MAX / 4 + 1));
    assert!(Share::parse("100%").expect("a share").takes(u64::MAX));
}

#[test]
fn list_beside_a_preset_is_found_from_its_folder() {
    let list = |line: &str| {
        let filter = Filter::parse(line).expect("a filter").from_folder(Path::new("/presets"));
        filter.list().map(Path::to_path_buf)
    };
    assert_eq!(list("keep id in ids.txt"), Some(Path::new("/presets").join("ids.txt")));
    assert_eq!(list("every 2"), None);
    if cfg!(unix) {
        assert_eq!(list("keep id in /lists/ids.txt"), Some("/lists/ids.txt".into()));
    }
}
