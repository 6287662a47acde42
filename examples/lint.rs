//! Prints the findings in a file: `cargo run --example lint -- machine.asl.json`.

use aslkit::{Linter, Severity};
use std::process::ExitCode;

fn main() -> Result<ExitCode, Box<dyn std::error::Error>> {
    let file = std::env::args().nth(1).ok_or("usage: lint FILE")?;
    let findings = Linter::new().lint(&file, &std::fs::read_to_string(&file)?);
    for finding in &findings {
        println!("{finding}");
    }
    let has_errors = findings.iter().any(|f| f.severity == Severity::Error);
    Ok(ExitCode::from(u8::from(has_errors)))
}
