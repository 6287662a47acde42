//! Lists the JSON schemas for `src/schemas.rs`, and links `asl` at a fixed address on Linux with glibc.
//!
//! A position-independent executable needs about 15,000 relocations before `main`. Measured on x86-64, they raise the
//! time of `asl --version` from 1.0 ms to 1.4 ms, and the relocation table adds 4% to the binary. The limit for giving
//! up position independence is 0.3 ms: measure again before you change this. Static builds keep the default of their
//! target.
//!
//! The unwinder's library is linked statically because loading the shared library takes a tenth of the same run.

#![expect(
    clippy::disallowed_methods,
    reason = "cargo passes the build target and the folders to build scripts in the environment"
)]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
    list_schemas()
}

/// Writes `schemas.rs` into the build's folder: a constant for the text of every schema, and the list of them.
fn list_schemas() -> io::Result<()> {
    println!("cargo::rerun-if-changed=schemas");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("schemas");
    let mut files = fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()?;
    files.sort();
    let (mut texts, mut list) = (String::new(), String::new());
    for file in files {
        let name = file
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        let Some(name) = name.strip_suffix(".schema.json") else {
            continue;
        };
        let path = file.to_string_lossy();
        let constant = name.to_uppercase().replace('-', "_");
        // Writing to a string cannot fail.
        _ = writeln!(
            texts,
            "/// The schema `{name}`.\npub const {constant}: &str = include_str!({path:?});"
        );
        _ = writeln!(list, "    Schema {{ name: {name:?}, text: {constant} }},");
    }
    let module =
        format!("{texts}/// All schemas, sorted by name.\npub static ALL: &[Schema] = &[\n{list}];\n");
    fs::write(
        Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("schemas.rs"),
        module,
    )
}
