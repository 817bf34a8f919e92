//! A screen reader: finds what is in a window by role and name, presses it, hears what it says; through
//! AT-SPI, as Orca does. It knows nothing of the window but what the window tells.

use std::time::Duration;

use zbus::blocking::{Connection, Proxy, connection::Builder};
use zbus::zvariant::OwnedObjectPath;

use super::super::{LIMIT, wait};
use super::Desktop;

/// Whom to ask, and about which thing of theirs.
type Address = (String, OwnedObjectPath);

/// What things can be, by AT-SPI's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Role {
    CheckBox = 7,
    ComboBox = 11,
    Frame = 23,
    Label = 29,
    ListItem = 32,
    MenuItem = 35,
    Tab = 37,
    ProgressBar = 42,
    Button = 43,
    RadioButton = 44,
    RadioMenuItem = 45,
    Slider = 51,
    ToggleButton = 62,
    Field = 79,
}

/// What things can be just now, by AT-SPI's bits.
#[derive(Debug, Clone, Copy)]
#[repr(u32)]
pub enum State {
    Checked = 4,
    Focused = 12,
    Pressed = 20,
    Selected = 23,
    Sensitive = 24,
}

/// Something in the window.
#[derive(Debug, Clone)]
pub struct Thing {
    pub role: u32,
    pub name: String,
    address: Address,
}

/// Where a thing stands, in pixels from the window's corner.
#[derive(Debug, Clone, Copy)]
pub struct Extents {
    pub x: i16,
    pub y: i16,
    pub width: i16,
    pub height: i16,
}

pub struct Reader {
    bus: Connection,
    window: Address,
}

/// Says that somebody listens, for as long as it is there.
pub struct Listener {
    session: Connection,
}

impl Listener {
    /// To be said before the program starts.
    pub fn announce(desktop: &Desktop) -> Self {
        let session = Builder::address(desktop.bus()).and_then(Builder::build).expect("a message bus");
        let bus = Proxy::new(&session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Status").expect("a name");
        bus.set_property("IsEnabled", true).expect("at-spi2-core is there and starts");
        drop(bus);
        Self { session }
    }

    /// Waits for the window of the one program that is there.
    pub fn meet(&self) -> Reader {
        let proxy = Proxy::new(&self.session, "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus").expect("a name");
        let address: String = proxy.call("GetAddress", &()).expect("the readers' bus");
        let bus = Builder::address(address.as_str()).and_then(Builder::build).expect("the readers' bus");
        let root = ("org.a11y.atspi.Registry".to_owned(), path("/org/a11y/atspi/accessible/root"));
        let window = wait(LIMIT, || {
            let programs = children(&bus, &root);
            programs.iter().find_map(|program| children(&bus, program).into_iter().next())
        });
        Reader { window: window.unwrap_or_else(|| panic!("no program spoke to the reader in {LIMIT:?}")), bus }
    }
}

impl Reader {
    /// Everything in the window, in its order.
    pub fn all(&self) -> Vec<Thing> {
        let mut things = Vec::new();
        let mut next = vec![self.window.clone()];
        while let Some(address) = next.pop() {
            next.extend(children(&self.bus, &address).into_iter().rev());
            let accessible = self.ask(&address, "Accessible");
            // what has gone meanwhile has no role
            let Ok(role) = accessible.call("GetRole", &()) else { continue };
            let name = accessible.get_property("Name").unwrap_or_default();
            things.push(Thing { role, name, address });
        }
        things
    }

    pub fn find(&self, role: Role, name: &str) -> Option<Thing> {
        self.find_where(role, |found| found == name)
    }

    pub fn find_where(&self, role: Role, is: impl Fn(&str) -> bool) -> Option<Thing> {
        self.all().into_iter().find(|thing| thing.role == role as u32 && is(&thing.name))
    }

    /// Waits for it.
    pub fn wait(&self, role: Role, name: &str) -> Thing {
        self.wait_where(role, name, |found| found == name)
    }

    pub fn wait_where(&self, role: Role, what: &str, is: impl Fn(&str) -> bool) -> Thing {
        wait(LIMIT, || self.find_where(role, &is)).unwrap_or_else(|| {
            let told: Vec<_> = self.all().into_iter().map(|thing| (thing.role, thing.name)).collect();
            panic!("no {role:?} {what:?} in {LIMIT:?}; there are {told:?}")
        })
    }

    /// Waits for it and does what it is there for.
    pub fn press(&self, role: Role, name: &str) {
        let thing = self.wait(role, name);
        self.act(&thing);
    }

    pub fn act(&self, thing: &Thing) {
        let done: bool = self.ask(&thing.address, "Action").call("DoAction", &(0_i32)).expect("it can be pressed");
        assert!(done, "{thing:?} did nothing");
    }

    pub fn focus(&self, thing: &Thing) {
        let done: bool = self.ask(&thing.address, "Component").call("GrabFocus", &()).expect("it can be reached");
        assert!(done, "{thing:?} took no focus");
    }

    pub fn is(&self, thing: &Thing, state: State) -> bool {
        let bits: Vec<u32> = self.ask(&thing.address, "Accessible").call("GetState", &()).unwrap_or_default();
        let bit = state as usize;
        bits.get(bit / 32).is_some_and(|bits| bits & (1 << (bit % 32)) != 0)
    }

    /// What a field holds.
    pub fn text(&self, thing: &Thing) -> String {
        self.ask(&thing.address, "Text").call("GetText", &(0_i32, -1_i32)).expect("a field has a text")
    }

    pub fn extents(&self, thing: &Thing) -> Extents {
        const OF_THE_WINDOW: u32 = 1;
        let component = self.ask(&thing.address, "Component");
        let ((x, y, width, height),): ((i32, i32, i32, i32),) =
            component.call("GetExtents", &(OF_THE_WINDOW)).expect("it has a place");
        let [x, y, width, height] =
            [x, y, width, height].map(|value| i16::try_from(value).expect("as small as the screen"));
        Extents { x, y, width, height }
    }

    fn ask(&self, address: &Address, interface: &str) -> Proxy<'_> {
        proxy(&self.bus, address, interface)
    }
}

fn proxy<'b>(bus: &'b Connection, (name, path): &Address, interface: &str) -> Proxy<'b> {
    zbus::blocking::proxy::Builder::new(bus)
        .destination(name.clone())
        .and_then(|builder| builder.path(path.clone()))
        .and_then(|builder| builder.interface(format!("org.a11y.atspi.{interface}")))
        .map(|builder| builder.cache_properties(zbus::proxy::CacheProperties::No))
        .and_then(zbus::blocking::proxy::Builder::build)
        .expect("names as AT-SPI gives them")
}

fn children(bus: &Connection, address: &Address) -> Vec<Address> {
    proxy(bus, address, "Accessible").call("GetChildren", &()).unwrap_or_default()
}

fn path(path: &str) -> OwnedObjectPath {
    OwnedObjectPath::try_from(path).expect("a path")
}

/// A moment for what was pressed to show.
pub const MOMENT: Duration = Duration::from_millis(150);
