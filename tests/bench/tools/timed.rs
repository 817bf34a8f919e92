//! What a program takes: started from here, because a process begins with the peak memory of the one that
//! started it, and this one is small.

use std::error::Error;
use std::fs::File;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use clap::Args;
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::{TimeVal, TimeValLike};
use nix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

/// Runs a program: `time PROGRAM ARGUMENTS…`; its words go to standard error.
#[derive(Debug, Args)]
pub struct Time {
    #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
    command: Vec<String>,
}

impl Time {
    /// Seconds, and MiB of the largest process of its tree.
    ///
    /// # Errors
    /// When it cannot be started.
    pub fn run(&self) -> Result<Value, Box<dyn Error>> {
        let began = Instant::now();
        let said = File::options().write(true).open("/dev/stderr").map_or_else(|_| Stdio::null(), Stdio::from);
        let status = Command::new(&self.command[0]).args(&self.command[1..]).stdout(said).status()?;
        let wall = began.elapsed().as_secs_f64();
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
        let seconds = |time: TimeVal| time.num_microseconds() as f64 / 1e6;
        // told in bytes by macOS, in KiB by others
        let unit = if cfg!(target_os = "macos") { 1.0 } else { 1024.0 };
        Ok(json!({
            "status": status.code().unwrap_or(-1),
            "cpu": seconds(usage.user_time()) + seconds(usage.system_time()),
            "system": seconds(usage.system_time()),
            "wall": wall,
            "peak": usage.max_rss() as f64 * unit / f64::from(1 << 20),
        }))
    }
}

/// Processor seconds of this process with all its threads.
pub fn cpu() -> f64 {
    clock_gettime(ClockId::CLOCK_PROCESS_CPUTIME_ID).map_or(0.0, |taken| Duration::from(taken).as_secs_f64())
}
