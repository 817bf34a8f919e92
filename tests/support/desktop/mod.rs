//! A desktop of one's own: an X server without a screen, a window manager, if asked for a message
//! bus, and a home folder that no other program sees. All of it ends when the value is dropped.

pub mod app;
pub mod clip;
pub mod drag;
pub mod input;
pub mod picture;
pub mod reader;

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConfigureWindowAux, ConnectionExt, EventMask, ImageFormat, MapState, Window,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use self::picture::Picture;
use super::{LIMIT, wait};

/// The X server's one screen, in pixels, unless another size is asked for.
const SCREEN: (u16, u16) = (1400, 1000);
const ALIVE: &str = "the X server answers";
/// Starts the bus of the screen readers when somebody asks for it.
const READERS: &str = "org.a11y.Bus.service";

pub struct Desktop {
    pub x: RustConnection,
    pub root: Window,
    screen: (u16, u16),
    display: String,
    bus: Option<String>,
    home: TempDir,
    /// In the order they were started.
    servers: Vec<Child>,
}

/// Where a window lies, in pixels of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub x: i16,
    pub y: i16,
    pub width: u16,
    pub height: u16,
}

impl Desktop {
    /// An X server and a window manager.
    pub fn start() -> Self {
        Self::start_sized(SCREEN)
    }

    /// With a screen of this size, in pixels.
    pub fn start_sized(screen_size: (u16, u16)) -> Self {
        let home = TempDir::new().expect("a temporary folder");
        for folder in ["bin", "run", "config", "cache", "data"] {
            fs::create_dir(home.path().join(folder)).expect("a folder in the temporary folder");
        }
        let private = fs::Permissions::from_mode(0o700);
        fs::set_permissions(home.path().join("run"), private).expect("rights of an own folder");

        // The server finds a free display and writes its number to file 1, which is our pipe.
        let mut server = command("Xvfb", "xvfb");
        server.args(["-displayfd", "1", "-nolisten", "tcp", "-noreset", "+extension", "GLX", "-screen", "0"]);
        server.arg(format!("{}x{}x24", screen_size.0, screen_size.1)).stdout(Stdio::piped());
        server.stderr(File::create(home.path().join("Xvfb.log")).expect("a log file"));
        let mut server = spawn(&mut server, "Xvfb", "xvfb");
        let mut number = String::new();
        let pipe = server.stdout.take().expect("a pipe was asked for");
        let read = BufReader::new(pipe).read_line(&mut number);
        let display = format!(":{}", number.trim());
        if read.is_err() || display.len() < 2 {
            let _ = server.kill();
            panic!("Xvfb did not start: {}", fs::read_to_string(home.path().join("Xvfb.log")).unwrap_or_default());
        }
        let connected = wait(LIMIT, || x11rb::connect(Some(&display)).ok());
        let (x, screen) = connected.unwrap_or_else(|| panic!("no answer from the X server at {display}"));
        let root = x.setup().roots[screen].root;
        let mut desktop = Self { x, root, screen: screen_size, display, bus: None, home, servers: vec![server] };
        desktop.start_window_manager();
        desktop.point_away();
        desktop
    }

    /// With a message bus of its own, on which the desktop portal starts when someone asks for it.
    pub fn start_with_bus() -> Self {
        let mut desktop = Self::start();
        desktop.start_bus(&["--session".into()]);
        desktop
    }

    /// With a message bus of its own, on which there is nothing but what screen readers use: dialogs are
    /// `zenity`'s (see [`Desktop::put`]).
    pub fn start_for_readers(screen: (u16, u16)) -> Self {
        let mut desktop = Self::start_sized(screen);
        let services = desktop.home().join("services");
        fs::create_dir(&services).expect("a folder in the temporary folder");
        let service = Path::new("/usr/share/dbus-1/services").join(READERS);
        fs::copy(&service, services.join(READERS))
            .unwrap_or_else(|error| panic!("{}: {error}: apt-get install at-spi2-core", service.display()));
        let file = desktop.home().join("bus.conf");
        let config = format!(
            r#"<busconfig><type>session</type><listen>unix:dir={}</listen><auth>EXTERNAL</auth>
            <servicedir>{}</servicedir><policy context="default">
            <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
            </policy></busconfig>"#,
            desktop.home().join("run").display(),
            services.display()
        );
        fs::write(&file, config).expect("a file in the temporary folder");
        desktop.start_bus(&[format!("--config-file={}", file.display())]);
        desktop
    }

    fn start_bus(&mut self, arguments: &[String]) {
        let mut bus = self.command("dbus-daemon", "dbus");
        // What the bus starts inherits these: which display to use, which portal to take.
        bus.args(arguments).args(["--nofork", "--print-address=1"]).env("XDG_CURRENT_DESKTOP", "gnome");
        bus.env("GSETTINGS_BACKEND", "memory"); // what is chosen here is for here
        bus.env_remove("DBUS_SESSION_BUS_ADDRESS").stdout(Stdio::piped()).stderr(self.log("dbus"));
        let mut bus = spawn(&mut bus, "dbus-daemon", "dbus");
        let mut address = String::new();
        let pipe = bus.stdout.take().expect("a pipe was asked for");
        BufReader::new(pipe).read_line(&mut address).expect("the bus says its address");
        self.bus = Some(address.trim().to_owned());
        self.servers.push(bus);
    }

    /// The address of the message bus, for desktops that have one.
    pub fn bus(&self) -> &str {
        self.bus.as_deref().expect("a desktop with a bus")
    }

    /// A program of the desktop's own: a script that is found before the system's of this name.
    pub fn put(&self, name: &str, script: &str) {
        let file = self.home().join("bin").join(name);
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).expect("a file in the temporary folder");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).expect("rights of an own file");
    }

    fn start_window_manager(&mut self) {
        let mut manager = self.command("openbox", "openbox");
        manager.arg("--sm-disable").stdout(Stdio::null()).stderr(self.log("openbox"));
        self.servers.push(spawn(&mut manager, "openbox", "openbox"));
        let ready = wait(LIMIT, || self.property(self.root, "_NET_SUPPORTING_WM_CHECK", AtomEnum::WINDOW.into()));
        assert!(ready.is_some(), "openbox did not become ready in {LIMIT:?}");
    }

    /// A program on this desktop, with this desktop's home and nothing of the tester's own session.
    pub fn command(&self, program: &str, package: &str) -> Command {
        let mut command = command(program, package);
        let home = self.home.path();
        for (name, folder) in
            [("HOME", ""), ("XDG_RUNTIME_DIR", "run"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")]
        {
            command.env(name, home.join(folder));
        }
        command.env("XDG_DATA_HOME", home.join("data")).env("XDG_STATE_HOME", home.join("state"));
        let path = std::env::var_os("PATH").unwrap_or_default();
        let own = std::iter::once(home.join("bin")).chain(std::env::split_paths(&path));
        command.env("PATH", std::env::join_paths(own).expect("folders without colons"));
        for name in
            ["WAYLAND_DISPLAY", "XAUTHORITY", "LC_ALL", "XDG_SESSION_TYPE", "XMODIFIERS", "WINIT_X11_SCALE_FACTOR"]
        {
            command.env_remove(name);
        }
        command.env("DISPLAY", &self.display).env("LANG", "C.UTF-8").env("NO_AT_BRIDGE", "1");
        command.env("LIBGL_ALWAYS_SOFTWARE", "1");
        command.env("DBUS_SESSION_BUS_ADDRESS", self.bus.as_deref().unwrap_or("unix:path=/nonexistent"));
        command
    }

    /// The home folder, for the test's own files too.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A new file for what a program says.
    pub fn log(&self, program: &str) -> File {
        File::create(self.log_path(program)).expect("a log file in the temporary folder")
    }

    pub fn log_path(&self, program: &str) -> PathBuf {
        self.home.path().join(format!("{program}.log"))
    }

    /// A connection to the X server apart from the desktop's own.
    pub fn connect(&self) -> RustConnection {
        x11rb::connect(Some(&self.display)).expect(ALIVE).0
    }

    pub fn atom(&self, name: &str) -> Atom {
        atom(&self.x, name)
    }

    /// A window seen on the screen for which `is` holds, the topmost first.
    pub fn find(&self, is: impl Fn(&Self, Window) -> bool) -> Option<Window> {
        let mut below = vec![self.root];
        while let Some(window) = below.pop() {
            if window != self.root && self.is_seen(window) && is(self, window) {
                return Some(window);
            }
            if let Some(tree) = self.x.query_tree(window).ok().and_then(|cookie| cookie.reply().ok()) {
                below.extend(tree.children);
            }
        }
        None
    }

    pub fn is_seen(&self, window: Window) -> bool {
        let attributes = self.x.get_window_attributes(window).ok().and_then(|cookie| cookie.reply().ok());
        attributes.is_some_and(|attributes| attributes.map_state == MapState::VIEWABLE)
    }

    /// The process that says a window is its own.
    pub fn owner(&self, window: Window) -> Option<u32> {
        let bytes = self.property(window, "_NET_WM_PID", AtomEnum::CARDINAL.into())?;
        Some(u32::from_ne_bytes(bytes.get(..4)?.try_into().ok()?))
    }

    /// The program's name as the window gives it (both words of `WM_CLASS`), in small letters.
    pub fn class(&self, window: Window) -> String {
        let bytes = self.property(window, "WM_CLASS", AtomEnum::STRING.into()).unwrap_or_default();
        String::from_utf8_lossy(&bytes).replace('\0', " ").to_lowercase()
    }

    pub fn title(&self, window: Window) -> String {
        let bytes = self.property(window, "_NET_WM_NAME", self.atom("UTF8_STRING")).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A property's bytes, `None` when it is not there or empty.
    pub fn property(&self, window: Window, name: &str, kind: Atom) -> Option<Vec<u8>> {
        let cookie = self.x.get_property(false, window, self.atom(name), kind, 0, 1 << 17).ok()?;
        cookie.reply().ok().map(|reply| reply.value).filter(|value| !value.is_empty())
    }

    pub fn place(&self, window: Window) -> Option<Place> {
        let size = self.x.get_geometry(window).ok()?.reply().ok()?;
        let corner = self.x.translate_coordinates(window, self.root, 0, 0).ok()?.reply().ok()?;
        Some(Place { x: corner.dst_x, y: corner.dst_y, width: size.width, height: size.height })
    }

    /// Asks for a size in pixels and waits until the window has it.
    pub fn resize(&self, window: Window, width: u16, height: u16) {
        let size = ConfigureWindowAux::new().width(u32::from(width)).height(u32::from(height));
        self.x.configure_window(window, &size).expect(ALIVE);
        self.x.sync().expect(ALIVE);
        let has_it = || self.place(window).filter(|place| (place.width, place.height) == (width, height));
        assert!(wait(LIMIT, has_it).is_some(), "the window stays at {:?}, not {width}x{height}", self.place(window));
    }

    /// What a window manager sends when a person clicks the cross.
    pub fn ask_to_close(&self, window: Window) {
        let data = [self.atom("WM_DELETE_WINDOW"), x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, self.atom("WM_PROTOCOLS"), data);
        self.x.send_event(false, window, EventMask::NO_EVENT, message).expect(ALIVE);
        self.x.sync().expect(ALIVE);
    }

    /// The window asks for attention.
    pub fn is_urgent(&self, window: Window) -> bool {
        const URGENCY: u32 = 256; // ICCCM 4.1.2.4
        let hints = self.property(window, "WM_HINTS", AtomEnum::WM_HINTS.into()).unwrap_or_default();
        hints.first_chunk().is_some_and(|flags| u32::from_ne_bytes(*flags) & URGENCY != 0)
    }

    /// What a window manager is told when a person puts a window away.
    pub fn iconify(&self, window: Window) {
        const ICONIC: u32 = 3; // ICCCM 4.1.3.1
        let message = ClientMessageEvent::new(32, window, self.atom("WM_CHANGE_STATE"), [ICONIC, 0, 0, 0, 0]);
        let to = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.x.send_event(false, self.root, to, message).expect(ALIVE);
        self.x.sync().expect(ALIVE);
    }

    /// The part of the screen where the window lies, with what lies on top of it.
    pub fn picture(&self, window: Window) -> Option<Picture> {
        let place = self.place(window)?;
        let x = place.x.clamp(0, self.screen.0.cast_signed());
        let y = place.y.clamp(0, self.screen.1.cast_signed());
        let width = place.width.min(self.screen.0 - x.cast_unsigned());
        let height = place.height.min(self.screen.1 - y.cast_unsigned());
        let image = self.x.get_image(ImageFormat::Z_PIXMAP, self.root, x, y, width, height, u32::MAX).ok()?;
        Some(Picture::from_z_pixmap(width, height, &image.reply().ok()?.data))
    }
}

impl Drop for Desktop {
    fn drop(&mut self) {
        for mut server in self.servers.drain(..).rev() {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

pub fn atom(x: &RustConnection, name: &str) -> Atom {
    x.intern_atom(false, name.as_bytes()).expect(ALIVE).reply().expect(ALIVE).atom
}

/// A program that must be installed: what it is and the package that brings it.
fn command(program: &str, package: &str) -> Command {
    let found = std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default())
        .any(|folder| folder.join(program).is_file())
        || Path::new(program).is_absolute();
    assert!(found, "{program} is missing: apt-get install {package}");
    Command::new(program)
}

fn spawn(command: &mut Command, program: &str, package: &str) -> Child {
    command.stdin(Stdio::null());
    command.spawn().unwrap_or_else(|error| panic!("{program} (package {package}) did not start: {error}"))
}
