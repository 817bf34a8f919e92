//! The program, started on a desktop and watched: its window, its settings file, the processor time
//! it takes; when a test fails, what it said and a picture of the screen.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus};
use std::time::Duration;

use x11rb::protocol::xproto::Window;

use super::super::{LIMIT, program, wait};
use super::Desktop;
use super::picture::Picture;

pub struct App<'a> {
    pub desktop: &'a Desktop,
    pub window: Window,
    process: Child,
    settings: PathBuf,
}

impl<'a> App<'a> {
    /// Starts the program and waits until its window is drawn and holds the keyboard.
    ///
    /// `settings` is what the settings file says before the start.
    pub fn start<S: AsRef<OsStr>>(desktop: &'a Desktop, settings: &str, arguments: &[S]) -> Self {
        Self::start_scaled(desktop, settings, arguments, 1.0)
    }

    /// On a screen with so many pixels a point.
    pub fn start_scaled<S: AsRef<OsStr>>(desktop: &'a Desktop, settings: &str, arguments: &[S], scale: f32) -> Self {
        let file = desktop.home().join("config/sheetmill/settings.toml");
        fs::create_dir_all(file.parent().expect("it has a folder")).expect("a folder in the temporary folder");
        fs::write(&file, settings).expect("a file in the temporary folder");
        let program = program();
        let mut command = desktop.command(&program.to_string_lossy(), "cargo build --release");
        command.args(arguments).env("SHEETMILL_SETTINGS", &file).current_dir(desktop.home());
        command.env("WINIT_X11_SCALE_FACTOR", scale.to_string());
        command.stdout(desktop.log("stdout")).stderr(desktop.log("stderr"));
        let process = command.spawn().unwrap_or_else(|error| panic!("{} did not start: {error}", program.display()));
        let mut app = Self { desktop, window: 0, process, settings: file };
        app.window = app.wait("a window of the program", |app| {
            app.desktop.find(|desktop, window| {
                desktop.owner(window) == Some(app.process.id()) && desktop.class(window).contains("sheetmill")
            })
        });
        app.wait_for_keyboard(app.window);
        app.wait("the first picture", |app| app.look().filter(Picture::has_many_colours));
        app.settle();
        app
    }

    /// Asks until there is an answer; fails with a picture when the program ends or time is over.
    pub fn wait<T>(&mut self, what: &str, mut ask: impl FnMut(&Self) -> Option<T>) -> T {
        let mut ended = None;
        let answer = wait(LIMIT, || {
            let answer = ask(self);
            if answer.is_none() && ended.is_none() {
                ended = self.process.try_wait().ok().flatten();
            }
            match answer {
                Some(answer) => Some(Ok(answer)),
                None => ended.map(Err),
            }
        });
        match answer {
            Some(Ok(answer)) => answer,
            Some(Err(status)) => panic!("the program ended ({status}) while waiting for {what}"),
            None => panic!("{what} did not come in {LIMIT:?}"),
        }
    }

    /// Waits until a window (the program's or one it asked for) has the keyboard.
    pub fn wait_for_keyboard(&mut self, window: Window) {
        let mut asked = 0;
        self.wait("the keyboard on the window", |app| {
            asked += 1;
            if asked % 100 == 0 {
                app.desktop.activate(window); // window managers keep new windows from stealing it
            }
            app.desktop.has_keyboard(window).then_some(())
        });
    }

    /// The window as it is now.
    pub fn look(&self) -> Option<Picture> {
        self.desktop.picture(self.window)
    }

    /// Waits until the picture has not changed for half a second, and gives it.
    pub fn settle(&mut self) -> Picture {
        self.settle_for(Duration::from_millis(500))
    }

    /// [`App::settle`] for another time.
    pub fn settle_for(&mut self, time: Duration) -> Picture {
        let mut last: Option<Picture> = None;
        self.wait("a picture that stays as it is", |app| {
            std::thread::sleep(time);
            let now = app.look()?;
            let same = last.as_ref() == Some(&now);
            last = Some(now);
            last.clone().filter(|_| same)
        })
    }

    /// Presses keys in the window (see [`Desktop::press`]).
    pub fn press(&self, keys: &str) {
        self.desktop.press(keys);
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    pub fn settings(&self) -> &Path {
        &self.settings
    }

    pub fn is_running(&mut self) -> bool {
        self.process.try_wait().is_ok_and(|status| status.is_none())
    }

    /// Closes the window as its cross does and waits until the program has ended.
    pub fn close(mut self) -> ExitStatus {
        self.desktop.ask_to_close(self.window);
        self.ended()
    }

    /// Waits until the program has ended by itself.
    pub fn ended(&mut self) -> ExitStatus {
        match wait(LIMIT, || self.process.try_wait().expect("an own process can be asked")) {
            Some(status) => status,
            None => panic!("the program did not end in {LIMIT:?}"),
        }
    }

    /// Processor time taken so far (see [`ticks`]).
    pub fn ticks(&self) -> u64 {
        ticks(self.process.id())
    }

    /// What the program said, and where a picture of the whole screen lies.
    fn evidence(&self) -> String {
        let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("failed-{test}.png"));
        let picture = match self.desktop.picture(self.desktop.root).map(|picture| picture.save(&file)) {
            Some(Ok(())) => file.display().to_string(),
            _ => "could not be taken".to_owned(),
        };
        let said = fs::read_to_string(self.desktop.log_path("stderr")).unwrap_or_default();
        format!("picture of the screen: {picture}\nthe program's stderr:\n{said}")
    }
}

impl Drop for App<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}", self.evidence());
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Processor time that a process has taken so far, user and system, in ticks (a hundred a second).
pub fn ticks(id: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("the process is there");
    // the name in brackets may hold spaces; field 14 is the twelfth after it
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields[11..13].iter().map(|field| field.parse::<u64>().expect("a number of ticks")).sum()
}
