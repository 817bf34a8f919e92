//! The whole story by accessible names alone, as somebody lives it who hears the window: nothing is pointed
//! at, nothing is seen.

use super::support::desktop::Desktop;
use super::support::desktop::app::App;
use super::support::desktop::reader::{Listener, Role, State};
use super::support::handmade;
use super::support::workbooks::finished;

#[test]
#[ignore = "needs Xvfb and AT-SPI; tests/run runs it"]
fn story_is_told_by_names_alone() {
    let desktop = Desktop::start_for_readers((1400, 1000));
    let input = desktop.home().join("한국어 위키");
    handmade::write(&input);
    std::fs::write(input.join("AA/notes.pdf"), b"%PDF-1.7\n").expect("a file in the temporary folder");
    desktop.put("zenity", &format!("echo '{}'", input.display()));
    desktop.put("xdg-open", "echo \"$1\" >> \"$HOME/opened\"");
    let listener = Listener::announce(&desktop);
    let mut app = App::start(&desktop, "lang = \"ko\"\nworkers = 2\n", &[""; 0]);
    let reader = listener.meet();
    reader.wait(Role::Frame, "Sheetmill");

    reader.press(Role::Button, "폴더 선택…");
    let from = reader.wait(Role::Field, "원본 폴더");
    assert_eq!(reader.text(&from), "~/한국어 위키");
    let row = reader.wait(Role::ListItem, "AA/wiki_00, –");
    reader.act(&row);
    // found anew each time: what stood there while the list was made may be another thing
    let start = app
        .wait("Start", |_| reader.find(Role::Button, "변환 시작").filter(|start| reader.is(start, State::Sensitive)));
    // what the first file will be, before anything is written
    reader.press(Role::Tab, "미리 보기");
    reader.act(&start);

    let output = desktop.home().join("한국어 위키-xlsx");
    app.wait("the workbooks", |_| (finished(&output) == handmade::WORKBOOKS.len()).then_some(()));
    let failed = reader.wait_where(Role::ListItem, "notes.pdf, failed", |name| name.starts_with("AA/notes.pdf, 실패"));
    assert!(failed.name.ends_with("PDF 문서(텍스트 아님)"), "{failed:?}");
    reader.wait_where(Role::ListItem, "wiki_00, done", |name| name.starts_with("AA/wiki_00, 완료"));
    reader.act(&failed);
    reader.press(Role::Tab, "상세 정보");
    reader.wait(Role::Button, "실패한 파일 다시 시도");
    handmade::check(&output);

    reader.press(Role::Button, "저장 폴더 열기");
    let opened = app.wait("the folder opened", |_| std::fs::read_to_string(desktop.home().join("opened")).ok());
    assert_eq!(opened.trim(), output.to_string_lossy());

    // the language changes, and with it every name
    reader.press(Role::Button, "설정");
    reader.press(Role::RadioMenuItem, "English");
    reader.wait(Role::Button, "Open output folder");
    assert!(app.close().success());
}
