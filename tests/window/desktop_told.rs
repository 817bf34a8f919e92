//! What the desktop is told by the real window: how far a run is, for its task bar; that a long one has
//! ended, where nobody looks; and whose window it is, by a picture.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use super::support::desktop::Desktop;
use super::support::desktop::app::App;
use super::support::handmade;
use super::support::workbooks::finished;
use x11rb::protocol::xproto::AtomEnum;
use zbus::blocking::connection;
use zbus::message::Type;
use zbus::zvariant::{OwnedValue, Value};

/// A run that the program takes for long.
const LONG: Duration = Duration::from_secs(11);
const FILES: usize = 300;

/// A desktop with a service that shows notifications: those shown, head and text.
struct Notifications(Sender<(String, String)>);

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(
        clippy::too_many_arguments,
        clippy::needless_pass_by_value,
        reason = "as the Desktop Notifications Specification has it"
    )]
    fn notify(
        &self,
        app: &str,
        replaces: u32,
        icon: &str,
        head: &str,
        text: &str,
        actions: Vec<String>,
        hints: HashMap<String, OwnedValue>,
        expires: i32,
    ) -> u32 {
        assert_eq!((app, replaces, icon), ("Sheetmill", 0, "sheetmill"));
        assert_eq!((actions, expires), (Vec::new(), -1), "it goes when the desktop thinks it has been seen");
        assert_eq!(hints["desktop-entry"].downcast_ref(), Ok("sheetmill"));
        let _ = self.0.send((head.into(), text.into()));
        1
    }

    #[expect(clippy::unused_self, reason = "a method of the interface")]
    fn get_capabilities(&self) -> Vec<String> {
        vec!["body".into()]
    }

    #[expect(clippy::unused_self, reason = "a method of the interface")]
    fn get_server_information(&self) -> (&str, &str, &str, &str) {
        ("test", "test", "1", "1.2")
    }
}

#[test]
#[ignore = "needs Xvfb and D-Bus; tests/run runs it"]
fn desktop_hears_how_far_a_run_is_and_that_it_has_ended() {
    let desktop = Desktop::start_for_readers((1400, 1000));
    let input = desktop.home().join("in");
    handmade::write_many(&input, FILES, 400);
    let (sender, shown) = channel();
    let builder = connection::Builder::address(desktop.bus()).expect("an address");
    let _service = builder
        .name("org.freedesktop.Notifications")
        .and_then(|builder| builder.serve_at("/org/freedesktop/Notifications", Notifications(sender)))
        .and_then(connection::Builder::build)
        .expect("a service on the desktop's bus");
    let parts = listen(&desktop);

    let mut app = App::start(&desktop, "lang = \"ko\"\nworkers = 1\n", &[&input]);
    let output = desktop.home().join("in-xlsx");
    app.press("ctrl+Return");
    app.wait("the first workbook", |_| (finished(&output) > 0).then_some(()));
    app.press("ctrl+p");
    app.settle();
    assert!(finished(&output) < FILES, "the run was over too soon to say anything");
    std::thread::sleep(LONG);
    app.press("ctrl+p");
    desktop.iconify(app.window);
    app.wait("the workbooks", |_| (finished(&output) == FILES).then_some(()));
    let (head, text) = app.wait("a notification", |_| shown.try_recv().ok());
    assert_eq!(head, "변환이 끝났습니다");
    let (what, rows) = text.split_once('\n').expect("two lines");
    assert!(what.starts_with("통합 문서 300개 완성, "), "{what}");
    assert_eq!(rows, "레코드 120,000건 → 행 120,000개");
    app.wait("a sign on the button", |app| app.desktop.is_urgent(app.window).then_some(()));

    let parts = until_hidden(&parts);
    let (last, run) = parts.split_last().expect("something was told");
    assert_eq!(*last, (0.0, false), "the button is as before");
    assert!(run.len() > 3, "{run:?}");
    assert!(run.iter().all(|(part, is_shown)| *is_shown && (0.0..=1.0).contains(part)), "{run:?}");
    assert!(run.is_sorted_by_key(|(part, _)| *part) && run[run.len() - 1].0 > 0.5, "it grows: {run:?}");
    assert!(shown.try_recv().is_err(), "once is enough");
}

#[test]
#[ignore = "needs Xvfb; tests/run runs it"]
fn window_has_the_programs_picture() {
    let desktop = Desktop::start();
    let app = App::start(&desktop, "lang = \"en\"\n", &[""; 0]);
    let icon = desktop.property(app.window, "_NET_WM_ICON", AtomEnum::CARDINAL.into()).expect("a picture");
    let numbers: Vec<u32> =
        icon.chunks_exact(4).map(|bytes| u32::from_ne_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).collect();
    assert_eq!(numbers[..2], [256, 256]);
    assert_eq!(numbers[2 + 20 * 256 + 128], 0xFF0B_7A5B, "the accent above the sails");
}

/// What task bars are told of the program: how far it is, and whether that is shown.
fn listen(desktop: &Desktop) -> Receiver<(f64, bool)> {
    const RULE: &str = "type='signal',interface='com.canonical.Unity.LauncherEntry'";
    let bus = connection::Builder::address(desktop.bus()).and_then(connection::Builder::build).expect("the bus");
    let dbus = "org.freedesktop.DBus";
    bus.call_method(Some(dbus), "/org/freedesktop/DBus", Some(dbus), "AddMatch", &RULE).expect("a match");
    let (sender, parts) = channel();
    std::thread::spawn(move || {
        for message in zbus::blocking::MessageIterator::from(bus) {
            let Ok(message) = message else { return };
            if message.message_type() != Type::Signal || message.header().member().is_none_or(|name| name != "Update") {
                continue;
            }
            let body = message.body();
            let (program, says): (String, HashMap<String, Value>) = body.deserialize().expect("as launchers read it");
            assert_eq!(program, "application://sheetmill.desktop");
            let part = says["progress"].downcast_ref().expect("a part");
            if sender.send((part, says["progress-visible"].downcast_ref().expect("yes or no"))).is_err() {
                return;
            }
        }
    });
    parts
}

/// All that was told until nothing is shown any more.
fn until_hidden(parts: &Receiver<(f64, bool)>) -> Vec<(f64, bool)> {
    let (mut told, start) = (Vec::new(), Instant::now());
    while told.last().is_none_or(|(_, is_shown)| *is_shown) {
        let left = Duration::from_secs(10).saturating_sub(start.elapsed());
        told.push(parts.recv_timeout(left).unwrap_or_else(|_| panic!("the bar stays: {told:?}")));
    }
    told
}
