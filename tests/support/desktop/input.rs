//! Keys and pointer as a person's hand moves them, through the XTEST extension: the program can't
//! tell them from a keyboard and a mouse.

use std::collections::HashMap;
use std::thread::sleep;
use std::time::Duration;

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ClientMessageEvent, ConnectionExt, EventMask, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, Keycode, Keysym, MOTION_NOTIFY_EVENT, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::wrapper::ConnectionExt as _;

use super::Desktop;

const ALIVE: &str = "the X server answers";
/// Between two keys; a person is slower.
const KEY: Duration = Duration::from_millis(15);
/// Programs need a moment to read a keyboard that has changed.
const NEW_KEYS: Duration = Duration::from_millis(400);
const SHIFT: Keysym = 0xffe1;

impl Desktop {
    /// Presses keys together and lets them go: `ctrl+Return`, `alt+Home`, `Escape`, `ctrl+l`.
    pub fn press(&self, keys: &str) {
        let keyboard = self.keyboard();
        let codes: Vec<Keycode> = keys
            .split('+')
            .map(|name| {
                let sign = keysym_named(name).unwrap_or_else(|| panic!("no key is called {name}"));
                keyboard.keys.get(&sign).unwrap_or_else(|| panic!("no key {name} on this keyboard")).0
            })
            .collect();
        for code in &codes {
            self.fake(KEY_PRESS_EVENT, *code);
        }
        for code in codes.iter().rev() {
            self.fake(KEY_RELEASE_EVENT, *code);
        }
    }

    /// Types a text, whatever its letters: those that the keyboard has not are laid on spare keys.
    pub fn write(&self, text: &str) {
        let letters: Vec<char> = text.chars().collect();
        let spare = self.keyboard().spare.len();
        for part in letters.chunks(spare.max(1)) {
            self.lay(part);
            let keyboard = self.keyboard();
            for letter in part {
                let (code, shifted) = keyboard.keys[&keysym(*letter)];
                let shift = keyboard.keys[&SHIFT].0;
                if shifted {
                    self.fake(KEY_PRESS_EVENT, shift);
                }
                self.fake(KEY_PRESS_EVENT, code);
                self.fake(KEY_RELEASE_EVENT, code);
                if shifted {
                    self.fake(KEY_RELEASE_EVENT, shift);
                }
            }
        }
    }

    /// Moves the pointer to a place in a window, in pixels from its corner.
    pub fn point(&self, window: Window, x: i16, y: i16) {
        let corner = self.place(window).expect("the window is there");
        self.x
            .xtest_fake_input(MOTION_NOTIFY_EVENT, 0, 0, self.root, corner.x + x, corner.y + y, 0)
            .expect(ALIVE)
            .check()
            .expect(ALIVE);
        sleep(KEY);
    }

    /// Moves the pointer into the screen's last corner, out of the way.
    pub fn point_away(&self) {
        let place = self.place(self.root).expect("the screen is there");
        self.point(self.root, place.width.cast_signed() - 1, place.height.cast_signed() - 1);
    }

    /// Points there and presses the first button.
    pub fn click(&self, window: Window, x: i16, y: i16) {
        self.click_with(1, window, x, y);
    }

    /// Points there and presses a button: 1 the first, 3 the second, the one for menus.
    pub fn click_with(&self, button: u8, window: Window, x: i16, y: i16) {
        self.point(window, x, y);
        self.fake(BUTTON_PRESS_EVENT, button);
        self.fake(BUTTON_RELEASE_EVENT, button);
    }

    /// True when the window or a part of it has the keyboard.
    pub fn has_keyboard(&self, window: Window) -> bool {
        let mut at = self.x.get_input_focus().expect(ALIVE).reply().expect(ALIVE).focus;
        while at > 1 && at != self.root && at != window {
            let tree = self.x.query_tree(at).ok().and_then(|cookie| cookie.reply().ok());
            at = tree.map_or(x11rb::NONE, |tree| tree.parent);
        }
        at == window
    }

    /// Brings a window to the front with the keyboard, as a click in a task bar does.
    pub fn activate(&self, window: Window) {
        const BY_A_PERSON: u32 = 2;
        let data = [BY_A_PERSON, x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, self.atom("_NET_ACTIVE_WINDOW"), data);
        let to_manager = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.x.send_event(false, self.root, to_manager, message).expect(ALIVE);
        self.x.sync().expect(ALIVE);
    }

    fn fake(&self, kind: u8, detail: u8) {
        self.x.xtest_fake_input(kind, detail, 0, self.root, 0, 0, 0).expect(ALIVE).check().expect(ALIVE);
        sleep(KEY);
    }

    /// Gives letters that no key has a key of their own.
    fn lay(&self, letters: &[char]) {
        let keyboard = self.keyboard();
        let mut missing: Vec<Keysym> =
            letters.iter().map(|letter| keysym(*letter)).filter(|sign| !keyboard.keys.contains_key(sign)).collect();
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() {
            return;
        }
        for (code, sign) in keyboard.spare.iter().zip(missing) {
            // the same sign on both levels, so that it comes whatever Shift says
            self.x.change_keyboard_mapping(1, *code, 2, &[sign, sign]).expect(ALIVE);
        }
        self.x.sync().expect(ALIVE);
        sleep(NEW_KEYS);
    }

    fn keyboard(&self) -> Keyboard {
        let setup = self.x.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = self.x.get_keyboard_mapping(first, last - first + 1).expect(ALIVE).reply().expect(ALIVE);
        let mut keyboard = Keyboard { keys: HashMap::new(), spare: Vec::new() };
        for (code, signs) in (first..=last).zip(map.keysyms.chunks(map.keysyms_per_keycode.into())) {
            if signs.iter().all(|sign| *sign == 0) {
                keyboard.spare.push(code);
            }
            for (level, sign) in signs.iter().take(2).enumerate().filter(|(_, sign)| **sign != 0) {
                keyboard.keys.entry(*sign).or_insert((code, level == 1));
            }
        }
        keyboard
    }
}

struct Keyboard {
    /// A sign's key and whether Shift is needed.
    keys: HashMap<Keysym, (Keycode, bool)>,
    spare: Vec<Keycode>,
}

fn keysym_named(name: &str) -> Option<Keysym> {
    Some(match name {
        "ctrl" => 0xffe3,
        "alt" => 0xffe9,
        "shift" => SHIFT,
        "Return" => 0xff0d,
        "Escape" => 0xff1b,
        "Tab" => 0xff09,
        "Delete" => 0xffff,
        "Home" => 0xff50,
        "End" => 0xff57,
        "Down" => 0xff54,
        "Up" => 0xff52,
        "space" => 0x20,
        _ => {
            let mut letters = name.chars();
            return letters.next().filter(|_| letters.next().is_none()).map(keysym);
        }
    })
}

/// X's number of a letter: Latin-1 as it is, all others by their Unicode number.
fn keysym(letter: char) -> Keysym {
    match u32::from(letter) {
        code @ (0x20..=0x7e | 0xa0..=0xff) => code,
        code => 0x0100_0000 | code,
    }
}
