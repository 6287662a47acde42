//! `asl`: see the library for what it does; here only the exit code is made.

use std::process::ExitCode;

fn main() -> ExitCode {
    aslkit::cli::main().into()
}
