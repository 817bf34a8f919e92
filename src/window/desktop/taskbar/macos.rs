//! A bar over the program's icon in the Dock. `AppKit` draws it on the window's thread alone.

use objc2::rc::Retained;
use objc2::{MainThreadMarker, MainThreadOnly as _};
use objc2_app_kit::{NSApplication, NSDockTile, NSImageView, NSProgressIndicator, NSProgressIndicatorStyle};
use objc2_foundation::{NSPoint, NSRect, NSSize};

use super::Told;

#[derive(Debug, Default)]
pub struct Button {
    /// The icon, and the bar over it, once there was a run.
    shown: Option<(Retained<NSImageView>, Retained<NSProgressIndicator>)>,
}

impl Button {
    pub fn tell(&mut self, run: Option<Told>, _: &eframe::Frame) {
        let Some(thread) = MainThreadMarker::new() else { return };
        let program = NSApplication::sharedApplication(thread);
        let tile = program.dockTile();
        match run {
            None => tile.setContentView(None),
            Some(run) => {
                if self.shown.is_none() {
                    self.shown = icon_with_bar(&program, &tile, thread);
                }
                let Some((icon, bar)) = &self.shown else { return };
                bar.setDoubleValue(f64::from(run.percent));
                tile.setContentView(Some(icon));
            }
        }
        tile.display();
    }
}

/// `None` for a program without an icon.
fn icon_with_bar(
    program: &NSApplication,
    tile: &NSDockTile,
    thread: MainThreadMarker,
) -> Option<(Retained<NSImageView>, Retained<NSProgressIndicator>)> {
    let icon = NSImageView::imageViewWithImage(&*program.applicationIconImage()?, thread);
    let size = tile.size();
    let place = NSPoint::new(0.1 * size.width, 0.06 * size.height);
    let frame = NSRect::new(place, NSSize::new(0.8 * size.width, 0.12 * size.height));
    let bar = NSProgressIndicator::initWithFrame(NSProgressIndicator::alloc(thread), frame);
    bar.setStyle(NSProgressIndicatorStyle::Bar);
    bar.setIndeterminate(false);
    bar.setMaxValue(100.0);
    icon.addSubview(&bar);
    Some((icon, bar))
}
