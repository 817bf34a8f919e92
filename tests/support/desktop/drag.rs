//! A file manager's side of a drag: XDND version 5 as the protocol's page tells it.
//!
//! The source owns `XdndSelection`, tells the window that a drag enters and where it is, answers
//! when the window asks for the list of files, and drops or leaves.

use std::fmt::Write as _;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::super::LIMIT;
use super::{Desktop, atom};

const VERSION: u32 = 5;
const ALIVE: &str = "the X server answers";

/// A drag over one window. Dropping the value without [`Drag::release`] leaves the window.
pub struct Drag {
    x: RustConnection,
    source: Window,
    target: Window,
    /// Middle of the target in the screen's pixels.
    middle: (i16, i16),
    list: String,
    said: Said,
    inside: bool,
}

/// What the window has said so far.
#[derive(Debug, Default)]
struct Said {
    /// `XdndStatus`: would it take a drop?
    status: Option<bool>,
    /// `XdndFinished`: did it take it?
    finished: Option<bool>,
    /// How often it has asked for the list of files and got it.
    served: usize,
}

impl Drag {
    /// Begins to drag `paths` (absolute) and enters the window in its middle.
    pub fn enter(desktop: &Desktop, target: Window, paths: &[&Path]) -> Self {
        let aware = desktop.property(target, "XdndAware", AtomEnum::ATOM.into());
        assert!(aware.is_some(), "the window does not take drops: it has no XdndAware property");
        let place = desktop.place(target).expect("the window is there");
        let middle = (place.x + place.width.cast_signed() / 2, place.y + place.height.cast_signed() / 2);

        let x = desktop.connect();
        let source = x.generate_id().expect(ALIVE);
        let look = CreateWindowAux::new().event_mask(EventMask::PROPERTY_CHANGE);
        x.create_window(0, source, desktop.root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &look).expect(ALIVE);
        x.set_selection_owner(source, atom(&x, "XdndSelection"), x11rb::CURRENT_TIME).expect(ALIVE);
        x.sync().expect(ALIVE);

        let list = paths.iter().fold(String::new(), |list, path| list + "file://" + &encoded(path) + "\r\n");
        let drag = Self { x, source, target, middle, list, said: Said::default(), inside: true };
        drag.tell("XdndEnter", [VERSION << 24, drag.atom("text/uri-list"), 0, 0]);
        let mut drag = drag;
        drag.hover(0, 0);
        drag
    }

    /// Moves to a place, in pixels from the window's middle; true when a drop would be taken.
    pub fn hover(&mut self, right: i16, down: i16) -> bool {
        let (x, y) = (self.middle.0 + right, self.middle.1 + down);
        let packed = (u32::from(x.cast_unsigned()) << 16) | u32::from(y.cast_unsigned());
        self.said.status = None;
        self.tell("XdndPosition", [0, packed, x11rb::CURRENT_TIME, self.atom("XdndActionCopy")]);
        self.listen(LIMIT, |said| said.status.is_some());
        self.said.status.unwrap_or_else(|| panic!("no answer to a drag over the window in {LIMIT:?}"))
    }

    /// Keeps the drag where it is and goes on answering.
    pub fn rest(&mut self, time: Duration) {
        self.listen(time, |_| false);
    }

    /// Lets go over the window; true when the window says it took the files.
    pub fn release(mut self) -> bool {
        assert!(self.hover(5, 5), "the window would not take a drop");
        self.listen(LIMIT, |said| said.served > 0);
        assert!(self.said.served > 0, "the window did not ask which files are dragged");
        self.rest(Duration::from_millis(100)); // the list is on its way
        self.tell("XdndDrop", [0, x11rb::CURRENT_TIME, 0, 0]);
        self.inside = false;
        self.listen(LIMIT, |said| said.finished.is_some());
        self.said.finished.unwrap_or_else(|| panic!("the window did not finish the drop in {LIMIT:?}"))
    }

    /// Goes out of the window without a drop.
    pub fn leave(mut self) {
        self.go();
    }

    fn go(&mut self) {
        if std::mem::take(&mut self.inside) {
            self.tell("XdndLeave", [0; 4]);
        }
    }

    fn tell(&self, what: &str, rest: [u32; 4]) {
        let data = [self.source, rest[0], rest[1], rest[2], rest[3]];
        let message = ClientMessageEvent::new(32, self.target, self.atom(what), data);
        self.x.send_event(false, self.target, EventMask::NO_EVENT, message).expect(ALIVE);
        self.x.sync().expect(ALIVE); // a connection closed at once would take the message with it
    }

    fn listen(&mut self, limit: Duration, enough: impl Fn(&Said) -> bool) {
        let end = Instant::now() + limit;
        while !enough(&self.said) && Instant::now() < end {
            match self.x.poll_for_event().expect(ALIVE) {
                Some(Event::ClientMessage(message)) => self.hear(&message),
                Some(Event::SelectionRequest(request)) => self.serve(&request),
                Some(_) => {}
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }

    fn hear(&mut self, message: &ClientMessageEvent) {
        let yes = message.data.as_data32()[1] & 1 == 1;
        if message.type_ == self.atom("XdndStatus") {
            self.said.status = Some(yes);
        } else if message.type_ == self.atom("XdndFinished") {
            self.said.finished = Some(yes);
        }
    }

    fn serve(&mut self, request: &SelectionRequestEvent) {
        let list = self.atom("text/uri-list");
        // old programs name no property and mean the target's
        let property = if request.property == x11rb::NONE { request.target } else { request.property };
        let known = if request.target == list {
            self.x
                .change_property8(PropMode::REPLACE, request.requestor, property, list, self.list.as_bytes())
                .expect(ALIVE);
            self.said.served += 1;
            true
        } else if request.target == self.atom("TARGETS") {
            let kind: Atom = AtomEnum::ATOM.into();
            self.x.change_property32(PropMode::REPLACE, request.requestor, property, kind, &[list]).expect(ALIVE);
            true
        } else {
            false
        };
        let answer = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: request.requestor,
            selection: request.selection,
            target: request.target,
            property: if known { property } else { x11rb::NONE },
        };
        self.x.send_event(false, request.requestor, EventMask::NO_EVENT, answer).expect(ALIVE);
        self.x.flush().expect(ALIVE);
    }

    fn atom(&self, name: &str) -> Atom {
        atom(&self.x, name)
    }
}

impl Drop for Drag {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.go();
        }
    }
}

/// A path as a `file:` address holds it: all but unreserved signs and `/` percent-encoded.
fn encoded(path: &Path) -> String {
    let mut address = String::new();
    for byte in path.as_os_str().as_bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(byte) {
            address.push(char::from(*byte));
        } else {
            let _ = write!(address, "%{byte:02X}"); // a string takes all
        }
    }
    address
}
