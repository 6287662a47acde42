//! The binary `asl`, which runs the command line of the library and ends the process.

use aslkit::cli::{self, Exit};
use std::process::{self, ExitCode};

/// The published binaries for Linux are linked with musl, whose own allocator has one lock for all threads: linting many files
/// takes five times as long with it.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::main(exit).into()
}

/// Ends the process without freeing what the run still owns: trees, plans and histories of a large run are millions of
/// allocations, and the operating system takes them all back at once. A command calls this as its last step, after its
/// output is flushed.
#[expect(
    clippy::disallowed_methods,
    reason = "the one place that may skip destructors; its callers have flushed their output"
)]
fn exit(exit: Exit) -> ! {
    process::exit(exit.code().into())
}
