//! A finished file written out: that takes long where it is large, and hears pause and stop meanwhile.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use super::meter::Meter;
use crate::engine::error::{Cause, Halt, writing};
use crate::engine::output::{RowSink, Written};
use crate::engine::stop::StopToken;

/// Writes the rows of `sink` out into `file`, so that pause and stop are heard meanwhile; `meter` tells how far it is.
///
/// # Errors
/// When the file cannot be written, an error of writing was passed over, or `stop` says so.
pub fn written_out(
    sink: Box<dyn RowSink + '_>,
    file: &File,
    stop: &StopToken,
    meter: &mut Meter,
) -> Result<Written, Halt> {
    let given_up = AtomicBool::new(false);
    let checked = CheckpointWriter { file, stop, meter, bytes: 0, given_up: &given_up };
    let mut out = BufWriter::with_capacity(256 << 10, checked);
    let written = sink.finish(&mut out)?;
    out.flush().map_err(writing)?;
    if given_up.load(Ordering::Relaxed) {
        return Err(Cause::Workbook("an error of writing was passed over".into()).into());
    }
    Ok(written)
}

/// Writing a large workbook out takes long: pause and stop reach it here. After the first error what
/// is still written goes nowhere, so that the archive, which tries to close itself, has nothing to say.
struct CheckpointWriter<'a, 'b> {
    file: &'a File,
    stop: &'a StopToken,
    meter: &'a mut Meter<'b>,
    bytes: u64,
    given_up: &'a AtomicBool,
}

impl Write for CheckpointWriter<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.given_up.load(Ordering::Relaxed) {
            return Ok(bytes.len());
        }
        let written = match self.stop.checkpoint() {
            Ok(()) => self.file.write(bytes),
            Err(stopped) => Err(stopped.into()),
        };
        if written.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::Interrupted) {
            self.given_up.store(true, Ordering::Relaxed);
        }
        self.bytes += *written.as_ref().unwrap_or(&0) as u64;
        self.meter.written(self.bytes);
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
