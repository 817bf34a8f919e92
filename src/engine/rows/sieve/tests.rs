use super::*;
use crate::engine::job::filters::Filter;

fn record(fields: &[(&str, &str)]) -> Record {
    let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Record { line: 1, fields: fields.collect::<Vec<_>>().into(), ..Record::default() }
}

fn mesh(lines: &[&str]) -> Mesh {
    let filters: Vec<Filter> = lines.iter().map(|line| Filter::parse(line).expect("a filter")).collect();
    Mesh::of(&filters).expect("no lists").expect("filters")
}

fn kept(mesh: &Mesh, records: &[&[(&str, &str)]]) -> Vec<u64> {
    let name = Path::new("f");
    let mut sieve = Sieve::new(mesh, None, name, None);
    let at = |number| RecordPosition { name, number };
    let kept = (1..).zip(records).filter(|(number, fields)| sieve.keeps(&record(fields), at(*number)).is_none());
    kept.map(|(number, _)| number).collect()
}

#[test]
fn values_that_only_run_together_are_no_duplicates() {
    let mesh = mesh(&["drop duplicates:a,b"]);
    let records: &[&[(&str, &str)]] = &[
        &[("a", "xy"), ("b", "z")],
        &[("a", "x"), ("b", "yz")],
        &[("a", "x"), ("a", "yz")],
        &[("b", "xyz")],
        &[("a", "xyz")],
        &[("a", "x"), ("b", "yz"), ("c", "other")],
        &[("b", "xyz"), ("c", "")],
        &[("c", "1")],
        &[("c", "1")],
    ];
    assert_eq!(kept(&mesh, records), [1, 2, 3, 4, 5, 8, 9]);
}

#[test]
fn whole_records_are_the_same_by_names_and_values() {
    let records: &[&[(&str, &str)]] = &[&[("a", "1")], &[("b", "1")], &[("a", "1")], &[("a", "1"), ("a", "")], &[]];
    assert_eq!(kept(&mesh(&["drop duplicates"]), records), [1, 2, 4, 5]);
    assert_eq!(kept(&mesh(&["drop empty"]), records), [1, 2, 3, 4]);
}

#[test]
fn second_sample_is_drawn_from_the_first() {
    let (mesh, name) = (mesh(&["sample 5 seed 1", "sample 2 seed 2"]), Path::new("f"));
    let mut counting = Sieve::new(&mesh, None, name, None);
    let drawn_from = |sieve: &mut Sieve| {
        (1..=50).filter(|n| sieve.keeps(&record(&[]), RecordPosition { name, number: *n }).is_none()).count()
    };
    assert_eq!((drawn_from(&mut counting), counting.reached()), (50, 50));
    let mut drawing = Sieve::new(&mesh, None, name, Some(50));
    assert_eq!((drawn_from(&mut drawing), drawing.gate.left_out()), (2, &[45, 3][..]));
}

#[test]
fn stamp_knows_a_list_by_its_content_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let stamp = |name: &str, content: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).expect("written");
        let line = format!("keep id in {}", path.display());
        Mesh::of(&[Filter::parse(&line).expect("a filter")]).expect("read").expect("a filter").stamp().to_owned()
    };
    assert_eq!(stamp("a", "1\n"), stamp("b", "1\n"));
    assert_ne!(stamp("a", "1\n"), stamp("a", "2\n"));
    assert_eq!(mesh(&["every 2"]).stamp(), mesh(&["every 2"]).stamp());
    assert_ne!(mesh(&["every 2"]).stamp(), mesh(&["every 3"]).stamp());
    assert!(Mesh::of(&[]).expect("no lists").is_none());
}
