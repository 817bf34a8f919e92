//! What is a table, and what only looks like one.

use super::dialect;
use crate::engine::records::format::Head;

/// The delimiter and whether there is a header.
fn table(text: &str) -> Option<(char, bool)> {
    dialect::recognise(&Head::new(text, true)).map(|dialect| (char::from(dialect.delimiter), dialect.has_header))
}

#[test]
fn tables_are_known_by_even_rows_and_something_besides() {
    for (text, want) in [
        ("a,b,c\n1,2,3", (',', true)),
        ("id,title,text\n1,\"가, 나\",\"줄 하나\n줄 둘\"\n2,b,c\n", (',', true)),
        ("id\ttitle\ttext\n1\t가\t=1+1\n2\tb\tc\n", ('\t', true)),
        ("이름;나이\r\n가;3\r\n나;40\r\n", (';', true)),
        ("name|price\na|1.50\nb|2\n", ('|', true)),
        ("key,val\n1,\"{\"\"a\"\": [1, 2]}\"\n", (',', true)),
        ("word,meaning\nmill,방앗간\nriver,강\n", (',', true)),
        ("country,1990,1991\nA,5,6\nB,7,8\n", (',', true)),
        ("1,2.5,x\n2,3.5,y\n3,1.0,z\n", (',', false)),
        ("Hello there.\t안녕하세요.\nBye.\t잘 가.\n", ('\t', false)),
        ("sep=;\na;b\n1,5;2\n", (';', true)),
        ("a\tb\r1\t2\r", ('\t', true)),
    ] {
        assert_eq!(table(text), Some(want), "{text}");
    }
}

#[test]
fn prose_logs_and_code_are_no_tables() {
    for text in [
        "Roses are red, violets are blue,\nSugar is sweet, and so are you.\n",
        "그는 말했다, 그리고 떠났다.\n나는 남았다, 오래도록.\n",
        "apple, 사과\nbanana, 바나나\nriver, 강\n",
        "2024-01-01 10:00:00,123 INFO start\n2024-01-01 10:00:01,456 INFO done\n",
        "2024-01-01 10:00:00,123 INFO a, b\n2024-01-01 10:00:01,456 INFO c, d\n2024-01-01 10:00:01,556 WARN e, f\n",
        "int a;\nint b;\nint c;\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "\tindented\n\ttext\n\there\n",
        "one line, with a comma\n",
        "{\"a\": 1, \"b\": 2}\n{\"a\": 3, \"b\": 4}\n",
        "x\n\ny\n",
        "",
    ] {
        assert_eq!(table(text), None, "{text}");
    }
}

#[test]
fn table_is_any_text_when_a_person_says_so() {
    let of = |text| dialect::of(&Head::new(text, true));
    assert_eq!((of("word\nx\n").delimiter, of("apple, 사과\nriver, 강\n").delimiter), (b',', b','));
    assert_eq!(of("a;b\n1;2\n3;4;5\n").delimiter, b';');
}
