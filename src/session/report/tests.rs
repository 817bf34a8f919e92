use calamine::{Data, Reader as _, Xlsx, open_workbook};

use super::*;
use crate::engine::{Control, Job, run};

fn cells(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = open_workbook(path).expect("a workbook");
    let names = book.sheet_names();
    let text = |cell: &Data| cell.to_string();
    let sheet = |book: &mut Xlsx<_>, name: &String| {
        let range = book.worksheet_range(name).expect("a worksheet");
        (name.clone(), range.rows().map(|row| row.iter().map(text).collect()).collect())
    };
    names.iter().map(|name| sheet(&mut book, name)).collect()
}

#[test]
fn report_tells_of_every_file_and_of_every_loss_and_is_no_source() {
    let folder = tempfile::tempdir().expect("a folder");
    let (input, output) = (folder.path().join("in"), folder.path().join("out"));
    fs::create_dir(&input).expect("made");
    let broken: String = (1..=30).map(|number| format!("{{\"id\": {number}, broken\n")).collect();
    fs::write(input.join("a.jsonl"), format!("{{\"id\": 1}}\n{broken}{{\"id\": 2}}\n")).expect("written");
    fs::write(input.join("b"), "<doc id=\"1\" title=\"t\">x</doc>\n").expect("written");
    fs::write(input.join("c"), "").expect("written");
    let job = Job::new(vec![input.clone()], output.clone());
    let summary = run(&job, &Control::default(), &|_| {}).expect("it ran");
    assert_eq!((summary.converted, summary.with_losses, summary.failed), (2, 1, 1));
    let path = write(&output, Lang::En).expect("written");
    let tables = cells(&path);
    let names: Vec<&str> = tables.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Files", "Losses and notes", "Left out", "Totals and choices"]);
    let files = &tables[FILES].1;
    let mut told: Vec<String> =
        files[1..].iter().map(|row| format!("{} {} {} {}", row[0], row[1], row[5], row[6])).collect();
    told.sort();
    assert_eq!(told, ["a.jsonl made, with losses 2 30", "b made 1 0", "c failed 0 0"]);
    let lines: Vec<&str> = tables[NOTES].1[1..].iter().map(|row| row[3].as_str()).collect();
    assert_eq!(lines, (2..=31).map(|line| line.to_string()).collect::<Vec<_>>(), "all places, each once");

    // mended and run again: the report tells of the new state alone, and in another language
    fs::write(input.join("a.jsonl"), "{\"id\": 1}\n").expect("written");
    let summary = run(&job, &Control::default(), &|_| {}).expect("it ran");
    assert_eq!((summary.converted, summary.up_to_date, summary.with_losses), (1, 1, 0));
    let tables = cells(&write(&output, Lang::Ko).expect("written"));
    assert_eq!(tables[FILES].0, "파일");
    assert_eq!((tables[FILES].1.len(), tables[NOTES].1.len()), (4, 1));
    let lines = fs::read_to_string(output.join(LINES_NAME)).expect("there");
    assert_eq!(lines.matches("{\"file\":").count(), 3);

    // the output folder put in as an input holds nothing
    let again = run(&Job::new(vec![output.clone()], folder.path().join("again")), &Control::default(), &|_| {});
    assert!(matches!(again, Err(crate::engine::RunError::NoFiles { .. })), "{again:?}");

    // a file of somebody else's under the report's name stays
    fs::write(output.join(REPORT_NAME), "mine").expect("written");
    assert!(matches!(write(&output, Lang::En), Err(Halt::Failed(Cause::NotOurs))));
    assert_eq!(fs::read(output.join(REPORT_NAME)).expect("there"), b"mine");
}
