//! What `tests/bench/run` measures with: makes corpora, times programs, compares workbooks, and finds the
//! limit that the compressor sets. Prints JSON.

#[cfg(unix)]
mod cells;
#[cfg(unix)]
mod compare;
#[cfg(unix)]
mod corpus;
#[cfg(unix)]
mod library;
#[cfg(unix)]
mod limit;
#[cfg(unix)]
mod read;
#[cfg(unix)]
mod scan;
#[cfg(unix)]
mod timed;

#[cfg(unix)]
mod tools {
    use std::error::Error;
    use std::io::Write;
    use std::process::ExitCode;

    use clap::Parser;

    use super::{compare, corpus, library, limit, read, scan, timed};

    #[derive(Debug, Parser)]
    #[command(name = "sheetmill-bench")]
    enum Tool {
        Corpus(corpus::Corpus),
        Time(timed::Time),
        Limit(limit::Limit),
        Library(library::Library),
        Compare(compare::Compare),
        Read(read::Read),
        Scan(scan::Scan),
    }

    pub fn main() -> ExitCode {
        let said: Result<serde_json::Value, Box<dyn Error>> = match Tool::parse() {
            Tool::Corpus(corpus) => corpus.run().map(|()| serde_json::Value::Null).map_err(Into::into),
            Tool::Time(time) => time.run(),
            Tool::Limit(limit) => limit.run(),
            Tool::Library(library) => library.run(),
            Tool::Compare(compare) => compare.run(),
            Tool::Read(read) => read.run(),
            Tool::Scan(scan) => scan.run(),
        };
        match said {
            Ok(serde_json::Value::Null) => ExitCode::SUCCESS,
            Ok(said) if writeln!(std::io::stdout(), "{said}").is_ok() => ExitCode::SUCCESS,
            Ok(_) => ExitCode::FAILURE,
            Err(error) => {
                let _ = writeln!(std::io::stderr(), "sheetmill-bench: {error}"); // nowhere left to complain
                ExitCode::FAILURE
            }
        }
    }
}

#[cfg(unix)]
fn main() -> std::process::ExitCode {
    tools::main()
}

#[cfg(not(unix))]
fn main() {} // processor time and memory are asked in Unix's way only
