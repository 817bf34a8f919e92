//! Looks at files that are there, that change, and that are gone.

use super::*;
use crate::engine::Job;
use crate::engine::{Columns, Form};
use crate::session::Session;

#[test]
fn preview_that_was_stopped_tells_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("a");
    std::fs::write(&path, "<doc id=\"1\">x</doc>\n").expect("written");
    let source = SourceFile::at(path, "a", 21);
    let stop = StopToken::default();
    let look = || looked(&source, &Choices::default(), &Reading::default(), 5, &stop);
    assert!(matches!(look(), Some(Ok(_))));
    stop.stop();
    assert!(look().is_none());
}

fn wait(preview: &mut Preview, until: impl Fn(&Preview) -> bool) {
    let begun = Instant::now();
    while !until(preview) {
        assert!(begun.elapsed() < Duration::from_secs(20), "no answer");
        std::thread::sleep(Duration::from_millis(2));
        preview.poll();
    }
}

/// These files, written into a folder and listed as a run would.
fn listed(folder: &Path, files: &[(String, String)]) -> Vec<SourceFile> {
    for (name, text) in files {
        std::fs::write(folder.join(name), text).expect("written");
    }
    let job = Job::new(vec![folder.to_owned()], folder.with_extension("out"));
    let mut session = Session::list(job, || {});
    while session.wait(Duration::from_millis(50)) {}
    session.progress().files.iter().map(|row| row.source.clone()).collect()
}

fn doc(id: u32, body: &str) -> String {
    format!("<doc id=\"{id}\" title=\"t{id}\">\n{body}\n</doc>\n")
}

#[test]
fn preview_answers_the_latest_question_and_knows_long_cells() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let long = doc(99, &"가".repeat(40_000));
    let texts: Vec<_> = (0..20).map(|n| (n.to_string(), doc(n, "짧음") + &long)).collect();
    let files = listed(folder.path(), &texts);
    let mut preview = Preview::new(|| {});
    assert!(preview.look().is_none() && preview.slow_in().is_none());
    for file in &files {
        preview.look_at(file, &Choices::default(), &Reading::default());
    }
    wait(&mut preview, |preview| preview.slow_in().is_none());
    let look = preview.look().expect("an answer");
    let found = look.found.as_ref().expect("records");
    assert_eq!((found.rows.len(), &*found.rows[0][0], found.is_all), (2, "19", true));
    assert_eq!((look.goes_on(0, 2), look.goes_on(1, 2), look.goes_on(1, 0)), (false, true, false));

    let columns = Columns::parse(":file,title").expect("columns");
    let choices = |form| Choices { form, columns: columns.clone(), ..Choices::default() };
    preview.look_at(&files[3], &choices(Form::Xlsx), &Reading::default());
    wait(&mut preview, |preview| preview.slow_in().is_none());
    let found = preview.look().and_then(|look| look.found.as_ref().ok()).expect("records");
    assert_eq!(found.rows[0], ["3", "t3"]);
}

#[test]
fn preview_is_of_the_form_that_was_chosen() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let long = format!("=\u{7}{}", "가".repeat(40_000));
    let files = listed(folder.path(), &[("a".into(), format!("<doc id=\"1\" title=\"t\">{long}</doc>\n"))]);
    let mut preview = Preview::new(|| {});
    let mut text = |form, guard| {
        preview.look_at(&files[0], &Choices { form, guard, ..Choices::default() }, &Reading::default());
        let asked = preview.answers_so_far;
        wait(&mut preview, |preview| preview.answers_so_far > asked);
        let look = preview.look().expect("an answer");
        (look.found.as_ref().expect("records").rows[0][2].clone(), look.goes_on(0, 2))
    };
    assert_eq!(text(Form::Xlsx, false), (long.replace('\u{7}', ""), true));
    assert_eq!(text(Form::Jsonl, false), (long.clone(), false));
    assert_eq!(text(Form::Csv, false), (long.clone(), false));
    assert_eq!(text(Form::Csv, true), (format!("'{long}"), false));
}

#[test]
fn file_that_cannot_be_read_says_why() {
    let mut preview = Preview::new(|| {});
    let folder = tempfile::tempdir().expect("a temporary folder");
    let gone = listed(folder.path(), &[("gone".into(), doc(1, "글"))]);
    std::fs::remove_file(folder.path().join("gone")).expect("removed");
    preview.look_at(&gone[0], &Choices::default(), &Reading::default());
    wait(&mut preview, |preview| preview.slow_in().is_none());
    let found = &preview.look().expect("an answer").found;
    assert!(matches!(found, Err(ConvertError { cause: Cause::Read(_), .. })), "{found:?}");
}

#[test]
fn fields_of_files_all_over_the_list_are_offered_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut texts: Vec<_> = (0..29).map(|n| (n.to_string(), doc(n, "글"))).collect();
    texts.push(("last".into(), "{\"text\": \"a\", \"url\": \"u\"}\n{\"text\": \"b\"}\n".into()));
    let files = listed(folder.path(), &texts);
    let mut preview = Preview::new(|| {});
    let reading = Reading::default();
    preview.sample(files.len(), |at| &files[at], |_| Cow::Borrowed(&reading));
    wait(&mut preview, |preview| !preview.offers().fields.is_empty());
    let offers = preview.offers();
    let names: Vec<_> = offers.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["id", "title", "text", "url"]);
    assert_eq!(offers.formats, [FormatKind::Wikiextractor, FormatKind::JsonLines]);
    assert_eq!(offers.fields[0].example, "0");
    preview.clear();
    assert!(preview.offers().fields.is_empty() && preview.look().is_none());
}

#[test]
fn sample_is_spread_over_the_list() {
    assert_eq!(spread(0).count(), 0);
    assert_eq!(spread(1).collect::<Vec<_>>(), [0]);
    assert_eq!(spread(3).collect::<Vec<_>>(), [0, 1, 2]);
    assert_eq!(spread(918).collect::<Vec<_>>(), [0, 131, 262, 393, 524, 655, 786, 917]);
}
