//! Values, names and structure, each by examples worked out by hand; strings and numbers against `serde_json`.

use proptest::prelude::*;

use super::fields::{Changes, read};
use super::outline::{Outline, Selection};
use super::scan::scan;
use super::tokenizer::{Kind, Pause, Tokenizer};
use super::{compact, strings};
use crate::engine::error::syntax::Expected;
use crate::engine::records::field_list::FieldList;

type Fault = Option<(usize, Expected)>;

fn fields(text: &str) -> (Vec<(String, String)>, Changes, Fault) {
    fields_after("", text)
}

/// As [`fields`], in the room of an earlier record: the same with the text's tokens at hand and without them.
fn fields_after(before: &str, text: &str) -> (Vec<(String, String)>, Changes, Fault) {
    let mut list = FieldList::default();
    let (changes, fault) = read(text, &[], &mut list);
    let mut tokenizer = Tokenizer::default();
    let all = std::iter::from_fn(|| tokenizer.next(text.as_bytes(), true).ok().filter(|token| token.kind != Kind::End));
    let all: Vec<_> = all.collect();
    for before in [before, text, ""] {
        for tokens in [&all[..], &[]].into_iter().filter(|tokens| tokens.is_empty() || fault.is_none()) {
            let mut again = FieldList::default();
            let _ = read(before, &[], &mut again);
            again.clear();
            assert_eq!((read(text, tokens, &mut again), &again), ((changes.clone(), fault), &list), "{before} {text}");
        }
    }
    (list.into(), changes, fault)
}

fn pairs(text: &str) -> Vec<(String, String)> {
    let (pairs, _, fault) = fields(text);
    assert_eq!(fault, None, "{text}");
    pairs
}

fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// All values of one name, in order.
fn of(text: &str, name: &str) -> Vec<String> {
    pairs(text).into_iter().filter(|(known, _)| known == name).map(|(_, value)| value).collect()
}

#[test]
fn fields_are_decoded_and_numbers_kept_as_written() {
    assert_eq!(
        pairs(
            "{\"id\": 12345678901234567890, \"title\": \"R\\u0026amp;B\", \"x\": [1, 2.50], \"n\": null, \"t\": true}"
        ),
        owned(&[
            ("id", "12345678901234567890"),
            ("title", "R&amp;B"),
            ("x", "1"),
            ("x", "2.50"),
            ("n", ""),
            ("t", "true")
        ])
    );
    assert_eq!(pairs("{\"text\": \"\\ud55c\\uae00\\n\\\"\"}"), owned(&[("text", "한글\n\"")]));
    assert_eq!(
        pairs(
            "{\"_id\": {\"$oid\": \"5f\"}, \"when\": {\"$date\": {\"$numberLong\": \"7\"}}, \"none\": [], \"o\": {}}"
        ),
        owned(&[("_id", "5f"), ("when", "7"), ("none", ""), ("o", "")])
    );
    assert_eq!(pairs("{\"f\": [1.10, NaN, -Infinity]}"), owned(&[("f", "1.10"), ("f", "NaN"), ("f", "-Infinity")]));
}

#[test]
fn fields_of_objects_inside_are_named_by_their_way() {
    assert_eq!(
        pairs("{\"addr\": {\"city\": \"서울\", \"zip\": \"01234\"}, \"a\": {\"b\": {\"c\": 1}}, \"z\": 2}"),
        owned(&[("addr/city", "서울"), ("addr/zip", "01234"), ("a/b/c", "1"), ("z", "2")])
    );
}

#[test]
fn fields_of_objects_in_an_array_keep_their_places() {
    let text = "{\"author\": [{\"last\": \"Gap\", \"first\": \"A\"}, {\"last\": \"Eul\"}, {\"first\": \"C\", \"last\": \"Byeong\"}]}";
    assert_eq!(of(text, "author/last"), ["Gap", "Eul", "Byeong"]);
    assert_eq!(of(text, "author/first"), ["A", "", "C"]);
    assert_eq!(of("{\"x\": [null, {\"a\": 1}, {}, {\"a\": 2}]}", "x/a"), ["", "1", "", "2"]);
    assert_eq!(of("{\"x\": [1, {\"a\": 2}, \"s\"]}", "x"), ["1", "", "s"]);
    assert_eq!(of("{\"x\": [1, {\"a\": 2}, \"s\"]}", "x/a"), ["", "2", ""]);
    assert_eq!(
        of("{\"x\": [{\"y\": [{\"z\": 1}, {}]}, {\"y\": []}, {\"y\": [{\"z\": 3}]}]}", "x/y/z"),
        ["1", "", "", "3"]
    );
    assert_eq!(of("{\"x\": [{\"$oid\": \"a\"}, {\"$oid\": \"b\"}]}", "x"), ["a", "b"]);
}

#[test]
fn arrays_in_arrays_stay_json() {
    assert_eq!(of("{\"p\": [[1, 2.50], [3,4]]}", "p"), ["[1, 2.50]", "[3, 4]"]);
    assert_eq!(of("{\"p\": [[ {\"a\" : \"\\uac00\\n\" , \"b\":[ ] } ]]}", "p"), ["[{\"a\": \"가\\n\", \"b\": []}]"]);
}

#[test]
fn keys_that_are_empty_twice_or_hold_a_slash_lose_nothing() {
    assert_eq!(pairs("{\"\": 1, \"a\": {\"\": 2}}"), owned(&[("\"\"", "1"), ("a/\"\"", "2")]));
    assert_eq!(pairs("{\"../id\": 1, \"..\\/x\": {\"../y\": 2}}"), owned(&[("./../id", "1"), ("./../x/../y", "2")]));
    assert_eq!(pairs("{\"a\": 1, \"a\": 2}"), owned(&[("a", "1"), ("a", "2")]));
    assert_eq!(pairs("{\"a/b\": 1, \"a\": {\"b\": 2}}"), owned(&[("a/b", "1"), ("a/b", "2")]));
}

#[test]
fn objects_with_hardly_a_name_in_common_stay_json_in_one_field() {
    let all: Vec<String> = (0..200).map(|n| format!("{{\"k{n}\": {n}}}")).collect();
    let values = of(&format!("{{\"x\": [{}]}}", all.join(",")), "x");
    assert_eq!(values.len(), 200);
    assert_eq!((&*values[0], &*values[199]), ("{\"k0\": 0}", "{\"k199\": 199}"));
}

#[test]
fn names_without_end_and_without_number_are_bounded_and_every_value_stays() {
    let long = "k".repeat(40_000);
    let (pairs, changes, fault) = fields(&format!("{{\"{long}\": 1, \"{long}x\": {{\"y\": 2}}}}"));
    assert_eq!((changes.long_names, fault), (3, None));
    assert!(pairs.iter().all(|(name, _)| name.len() <= 1100), "{pairs:?}");
    assert_ne!(pairs[0].0, pairs[1].0);
    assert_eq!(pairs.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(), ["1", "2"]);
    let many: Vec<String> = (0..12_000).map(|n| format!("\"k{n}\":{n}")).collect();
    let (pairs, changes, _) = fields(&format!("{{{}}}", many.join(",")));
    assert_eq!((pairs.len(), changes.in_rest), (10_001, 2_000));
    assert_eq!(pairs[10_000].0, "rest");
    assert!(
        pairs[10_000].1.starts_with("k10000: 10000; k10001: 10001; ") && pairs[10_000].1.ends_with("; k11999: 11999")
    );
}

#[test]
fn half_a_surrogate_pair_costs_no_value() {
    let (pairs, changes, _) =
        fields("{\"id\": \"\\ud83d\\ude00 \\ud83d x \\ude00 \\\\ud83d\", \"a\": [[\"\\ud83d\"]]}");
    assert_eq!(pairs, owned(&[("id", "😀 \u{fffd} x \u{fffd} \\ud83d"), ("a", "[\"\u{fffd}\"]")]));
    assert_eq!(changes.halves, 3);
}

#[test]
fn fields_before_a_fault_are_there() {
    let (pairs, _, fault) = fields("{\"a\": 1, \"b\": [2, 3], \"c\": tru");
    assert_eq!(pairs, owned(&[("a", "1"), ("b", "2"), ("b", "3")]));
    assert_eq!(fault, Some((27, Expected::Value)));
}

fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    outline.look(text, true);
    outline
}

fn records(text: &str) -> Vec<String> {
    outline(text).records().paths
}

#[test]
fn what_repeats_is_told_with_its_count() {
    let told = |text: &str| {
        let all = outline(text).repeats();
        all.into_iter().map(|(path, count)| format!("{path} {count}")).collect::<Vec<_>>()
    };
    let text = "{\"id\": 1, \"document\": [{\"sentence\": [{\"a\": 1}, {\"a\": 2}]}, {\"sentence\": [{\"a\": 3}]}], \"n\": [1]}";
    assert_eq!(told(text), ["document 2", "document/sentence 3"]);
    assert_eq!(told("[{\"a\": 1}, {\"a\": [{}]}]"), [" 2", "a 1"]);
    assert_eq!(told("{\"a\": 1} {\"a\": 2}"), [" 2"]);
    assert_eq!(told("{\"a\": 1}"), [""; 0]);
}

#[test]
fn records_are_what_holds_most_and_has_values_of_its_own() {
    // a list that belongs to its record
    assert_eq!(
        records("{\"id\": \"N\", \"document\": [{\"id\": 1, \"sentence\": [{\"id\": 1, \"form\": \"a\"}]}]}"),
        ["document"]
    );
    // hosts and their items
    let item = "{\"port\": 1, \"sev\": 2, \"risk\": 3, \"what\": \"long enough\"}";
    assert_eq!(records(&format!("{{\"host\": [{{\"name\": \"h\", \"item\": [{item}, {item}]}}]}}")), ["host/item"]);
    // an article with a few small lists is a record itself
    assert_eq!(records("{\"title\": \"t\", \"text\": \"…………………………………………\", \"tags\": [{\"t\": 1}]}"), [""]);
    assert_eq!(records("[{\"id\": 1}, {\"id\": 2}]"), [""]);
    assert_eq!(
        records("{\"body\": {\"items\": {\"item\": [{\"a\": \"long enough\"}]}, \"n\": 1}}"),
        ["body/items/item"]
    );
    // kinds side by side
    let three = "[{\"a\": 1, \"b\": 2}, {\"a\": 3, \"b\": 4}]";
    assert_eq!(records(&format!("{{\"x\": {three}, \"y\": {three}, \"z\": {three}}}")), ["x", "y", "z"]);
}

#[test]
fn values_outside_are_counted_but_for_those_that_stand_beside_each_record() {
    let of = |text: &str, path: &str| outline(text).outside(&Selection::at(path));
    let text = "{\"id\": 1, \"version\": 2, \"meta\": {\"title\": 3}, \"x\": [{\"a\": 4}, {\"a\": 5}], \"y\": [6, 7]}";
    assert_eq!(of(text, "x"), (3, 7));
    assert_eq!(of(text, ""), (0, 7));
}

/// Every token of a text given in pieces of this length.
fn tokens(text: &str, piece: usize) -> (Vec<(Kind, String)>, Fault) {
    let (mut tokens, mut out, mut end) = (Tokenizer::default(), Vec::new(), 0);
    loop {
        let is_last = end >= text.len();
        match tokens.next(&text.as_bytes()[..end.min(text.len())], is_last) {
            Ok(token) if token.kind == Kind::End => return (out, None),
            Ok(token) => out.push((token.kind, text[token.start..token.end].to_owned())),
            Err(Pause::More) => end += piece,
            Err(Pause::Fault(at, expected)) => return (out, Some((at, expected))),
        }
    }
}

#[test]
fn faults_are_named_by_place_and_by_what_was_expected() {
    let fault = |text: &str| tokens(text, usize::MAX).1;
    for (text, at, expected) in [
        ("[1,]", 3, Expected::Value),
        ("[1 2]", 3, Expected::CommaOrArrayEnd),
        ("[", 1, Expected::ValueOrArrayEnd),
        ("{\"a\":1,}", 7, Expected::Key),
        ("{a:1}", 1, Expected::KeyOrObjectEnd),
        ("{\"a\" 1}", 5, Expected::Colon),
        ("{\"a\":1]", 6, Expected::CommaOrObjectEnd),
        ("[01]", 2, Expected::CommaOrArrayEnd),
        ("[-]", 2, Expected::Digit),
        ("[1.]", 3, Expected::Digit),
        ("[1e+]", 4, Expected::Digit),
        ("[\"\\x\"]", 3, Expected::Escape),
        ("[\"\\u12g4\"]", 6, Expected::HexDigits),
        ("[\"a", 3, Expected::Quote),
        ("[nul]", 1, Expected::ValueOrArrayEnd),
        ("{}x", 2, Expected::End),
    ] {
        assert_eq!(fault(text), Some((at, expected)), "{text}");
    }
    assert_eq!(fault(&"[".repeat(5000)), Some((4096, Expected::LessNesting)));
}

fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"a\"",
            "\"가\\u00e9\\\\\"",
            "1",
            "-2.5e+3",
            "0",
            "true",
            "null",
            "NaN",
            "-Infinity",
            " ",
            "\n",
            "\"",
            "\\",
            "x",
            "\u{feff}",
            "-",
            "1e",
            "{\"k\":",
            "\"\\ud83d\\ude00\"",
        ][..],
    );
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// A name and a value, some of them alike by chance.
fn member() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec!["a", "b", "ab", "a/b", "", "../a", "a\\u0062", "../../a", "./../a", "value"]);
    let values = vec![
        "1",
        "\"x\"",
        "\"\\n\"",
        "null",
        "{}",
        "[]",
        "{\"b\": 1, \"a\": [2]}",
        "{\"b\": \"\\n\", \"a\": {\"b\": 3}}",
        "[{\"b\": 1}, {\"a\": 2}]",
        "{\"$oid\": \"7\"}",
        "[[1], 2]",
    ];
    (names, prop::sample::select(values)).prop_map(|(name, value)| format!("\"{name}\" : {value}"))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// However a text is cut into pieces, it has the same tokens and the same fault.
    #[test]
    fn tokens_do_not_depend_on_the_window(text in soup(), piece in 1..9_usize) {
        prop_assert_eq!(tokens(&text, piece), tokens(&text, usize::MAX));
    }

    /// What is read at once is what is read token by token, and it is read at once where nothing is wrong with it.
    #[test]
    fn scan_tells_the_tokens_of_the_first_value(text in soup()) {
        let mut tokenizer = Tokenizer::default();
        let mut want = Vec::new();
        let end = loop {
            match tokenizer.next(text.as_bytes(), false) {
                Ok(token) => want.push(token),
                Err(_) => break None,
            }
            if tokenizer.depth() == 0 {
                break want.last().map(|token| token.end);
            }
        };
        let mut found = Vec::new();
        let length = scan(text.as_bytes(), &mut found);
        prop_assert_eq!(length, end.filter(|_| !text.trim_start().starts_with('\u{feff}')));
        if length.is_some() {
            prop_assert_eq!(found, want);
        }
    }

    /// What a record is does not depend on the one before it.
    #[test]
    fn fields_do_not_depend_on_earlier_ones(
        before in proptest::collection::vec(member(), 0..6), now in proptest::collection::vec(member(), 0..6),
    ) {
        let object = |members: Vec<String>| format!("{{{}}}", members.join(", "));
        fields_after(&object(before), &object(now));
    }

    /// What `serde_json` reads is read, with the same strings; what it refuses is refused but for what Python takes.
    #[test]
    fn tokens_agree_with_another_reader(text in soup()) {
        let other = serde_json::from_str::<&serde_json::value::RawValue>(&text).is_ok();
        let (tokens, fault) = tokens(&text, usize::MAX);
        let mut depth = 0_usize;
        let mut documents = 0;
        for (kind, _) in &tokens {
            documents += u32::from(depth == 0);
            match kind {
                Kind::OpenArray | Kind::OpenObject => depth += 1,
                Kind::CloseArray | Kind::CloseObject => depth -= 1,
                _ => {}
            }
        }
        let more = ["NaN", "Infinity", "\u{feff}"].iter().any(|word| text.contains(word)) || text.contains('\n');
        if other {
            prop_assert_eq!((fault, documents), (None, 1));
        } else if fault.is_none() && documents == 1 {
            prop_assert!(more, "{}", text);
        }
    }

    /// A string means what `serde_json` says it means.
    #[test]
    fn strings_agree_with_another_reader(text in any::<String>(), ascii in any::<bool>()) {
        let mut json = serde_json::to_string(&text).expect("a string");
        if ascii {
            json = json.chars().map(|char| {
                let units = char.encode_utf16(&mut [0; 2]).to_vec();
                if char.is_ascii() { char.to_string() } else { units.iter().map(|unit| format!("\\u{unit:04X}")).collect() }
            }).collect();
        }
        let mut decoded = String::new();
        prop_assert_eq!(strings::decode(&json[1..json.len() - 1], &mut decoded), 0);
        prop_assert_eq!(&decoded, &text);
        let mut compacted = String::new();
        compact::write(&json, &mut compacted);
        prop_assert_eq!(serde_json::from_str::<String>(&compacted).expect("still a string"), text);
    }
}
