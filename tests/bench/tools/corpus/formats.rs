//! One record in each of the formats that people bring, around the same prose: what stands before all records, a
//! record, what stands behind them.

use super::Profile;

/// What is to be told of a record.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    pub id: u64,
    pub title: &'a str,
    pub text: &'a str,
}

/// Before and behind the records of a file; `None` where a profile is of no such format.
pub fn around(profile: Profile) -> Option<(&'static str, &'static str)> {
    Some(match profile {
        Profile::JsonLine | Profile::JsonPretty => (r#"{"name": "made", "data": ["#, "]}\n"),
        Profile::Xml => ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<export made=\"2026\">\n", "</export>\n"),
        Profile::Wiki => ("<mediawiki version=\"0.11\" xml:lang=\"ko\">\n", "</mediawiki>\n"),
        Profile::Tmx => {
            ("<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"ko\"/><body>\n", "</body></tmx>\n")
        }
        Profile::Csv => ("id,title,made,text\n", ""),
        Profile::CsvShort => ("id,a,b,c,d,e,f,g\n", ""),
        Profile::JsonLines | Profile::Trec | Profile::Warc | Profile::Conllu => ("", ""),
        _ => return None,
    })
}

/// A record; `follows` where another stands before it.
pub fn record(profile: Profile, told: Told, follows: bool) -> String {
    let Told { id, title, text } = told;
    let escaped = || text.replace('&', "&amp;").replace('<', "&lt;");
    let name = title.replace(['&', '<', '"'], " ");
    match profile {
        Profile::JsonLines => format!("{}\n", serde_json::json!({"id": id, "title": title, "text": text})),
        Profile::Xml => format!(
            "  <item id=\"{id}\" lang=\"ko\">\n    <title>{name}</title>\n    <by><name>{name}</name><year>{}</year></by>\n    <tag>made</tag><tag>{name}</tag>\n    <body>{}</body>\n  </item>\n",
            1900 + id % 120,
            escaped()
        ),
        Profile::Wiki => format!(
            "  <page>\n    <title>{name}</title>\n    <ns>0</ns>\n    <id>{id}</id>\n    <revision>\n      <id>{}</id>\n      <timestamp>2026-01-02T03:04:05Z</timestamp>\n      <text bytes=\"{}\" xml:space=\"preserve\">{}</text>\n    </revision>\n  </page>\n",
            id + 7,
            text.len(),
            escaped()
        ),
        Profile::Tmx => format!(
            "<tu tuid=\"{id}\"><tuv xml:lang=\"ko\"><seg>{}</seg></tuv><tuv xml:lang=\"en\"><seg>{name}</seg></tuv></tu>\n",
            escaped()
        ),
        Profile::Trec => {
            format!("<DOC>\n<DOCNO> M-{id} </DOCNO>\n<TITLE>{name}</TITLE>\n<TEXT>\n{}\n</TEXT>\n</DOC>\n", escaped())
        }
        Profile::Warc => {
            let head = format!(
                "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://example.org/{id}\r\nWARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:{id}>\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
                text.len()
            );
            format!("{head}{text}\r\n\r\n")
        }
        Profile::Conllu => {
            let mut sentence = format!("# sent_id = {id}\n# text = {}\n", text.replace('\n', " "));
            for (n, word) in text.split_whitespace().enumerate() {
                sentence.push_str(&format!("{}\t{word}\t{word}\tNOUN\tNNG\t_\t{n}\tdep\t_\t_\n", n + 1));
            }
            sentence + "\n"
        }
        Profile::Csv => {
            format!("{id},\"{}\",2026-01-02,\"{}\"\n", title.replace('"', "\"\""), text.replace('"', "\"\""))
        }
        Profile::CsvShort => {
            let [a, b] = [id % 9973, id * 7 % 8191];
            format!("{id},{a},{b},{a},x{b},{a},1.5,{b}\n")
        }
        _ => json(profile, told, follows),
    }
}

/// An element of an array: numbers, a list, an object, a list of objects, and a text.
fn json(profile: Profile, told: Told, follows: bool) -> String {
    let Told { id, title, text } = told;
    let half = id / 2;
    let record = serde_json::json!({
        "id": id, "title": title, "score": 0.5, "tags": ["made", title], "place": {"page": half, "of": id},
        "words": [{"form": title, "count": 1}, {"form": "made", "count": half}], "text": text,
    });
    let is_pretty = matches!(profile, Profile::JsonPretty);
    let json = if is_pretty { serde_json::to_string_pretty(&record) } else { serde_json::to_string(&record) };
    let before = if !follows {
        ""
    } else if is_pretty {
        ",\n"
    } else {
        ", "
    };
    format!("{before}{}", json.unwrap_or_default())
}
