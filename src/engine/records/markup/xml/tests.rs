//! XML's pieces by hand.

use super::entities::{Amiss, Entities};

#[test]
fn entities_are_put_in_once_and_never_without_end() {
    let laughs: String =
        (1..12).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    let doctype =
        format!("<!DOCTYPE a [<!ENTITY l0 \"ha\">{laughs}<!ENTITY % p 'x'><!ENTITY e SYSTEM \"/etc/passwd\">]>");
    let entities = Entities::of(&doctype);
    let decode = |text: &str| {
        let mut amiss = Amiss::default();
        (entities.decode(text, &mut amiss).into_owned(), amiss)
    };
    assert_eq!(decode("&l0;&amp;lt;&uuml;&#x41;").0, "ha&lt;üA");
    assert_eq!(
        decode("&e; &nothing; a && b &copy x"),
        ("&e; &nothing; a && b © x".to_owned(), Amiss { halves: 0, unknown: 2, first: "&e;".into() })
    );
    assert!(decode("&l11;").0.len() < 3 << 20);
    assert_eq!(decode("&#55357;&#56838;&#xD83D;!").0, "😆\u{fffd}!");
}
