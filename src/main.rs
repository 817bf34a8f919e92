//! Chooses a face.
fn main() -> std::process::ExitCode {
    sheetmill::cli::run()
}
