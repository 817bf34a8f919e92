//! A copied text, as another program holds it: X's clipboard is a promise, kept by whoever copied.

use std::thread::sleep;
use std::time::{Duration, Instant};

use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    AtomEnum, ConnectionExt, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT, SelectionNotifyEvent,
    SelectionRequestEvent, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use super::super::LIMIT;
use super::{Desktop, atom};

const ALIVE: &str = "the X server answers";

/// Copies `text`, calls `paste`, and answers until the text has been asked for.
pub fn paste(desktop: &Desktop, text: &str, paste: impl FnOnce()) {
    let x = desktop.connect();
    let owner = x.generate_id().expect(ALIVE);
    let look = CreateWindowAux::new();
    x.create_window(0, owner, desktop.root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &look).expect(ALIVE);
    x.set_selection_owner(owner, atom(&x, "CLIPBOARD"), x11rb::CURRENT_TIME).expect(ALIVE);
    x.sync().expect(ALIVE);
    paste();
    let end = Instant::now() + LIMIT;
    let mut served = false;
    while !served {
        assert!(Instant::now() < end, "nobody asked for the copied text in {LIMIT:?}");
        match x.poll_for_event().expect(ALIVE) {
            Some(Event::SelectionRequest(request)) => served = serve(&x, &request, text),
            Some(_) => {}
            None => sleep(Duration::from_millis(5)),
        }
    }
    sleep(Duration::from_millis(100)); // the text is on its way
}

/// True when the text itself was asked for.
fn serve(x: &RustConnection, request: &SelectionRequestEvent, text: &str) -> bool {
    let utf8 = atom(x, "UTF8_STRING");
    let (requestor, property) = (request.requestor, request.property);
    let is_text = request.target == utf8;
    let known = is_text || request.target == atom(x, "TARGETS");
    if is_text {
        x.change_property8(PropMode::REPLACE, requestor, property, utf8, text.as_bytes()).expect(ALIVE);
    } else if known {
        x.change_property32(PropMode::REPLACE, requestor, property, AtomEnum::ATOM, &[utf8]).expect(ALIVE);
    }
    let answer = SelectionNotifyEvent {
        response_type: SELECTION_NOTIFY_EVENT,
        sequence: 0,
        time: request.time,
        requestor,
        selection: request.selection,
        target: request.target,
        property: if known { property } else { x11rb::NONE },
    };
    x.send_event(false, requestor, EventMask::NO_EVENT, answer).expect(ALIVE);
    x.flush().expect(ALIVE);
    is_text
}
