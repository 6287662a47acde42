//! Links `asl` at a fixed address on Linux with glibc.
//!
//! A position-independent binary has its loader patch some 15,000 addresses before `main`, a quarter of what
//! `asl --version` takes, and carries the table of them. The unwinder's library is linked in for the same reason: it is
//! nowhere used, as a panic aborts, but to find it and its names takes a tenth. The static builds for other systems keep
//! their defaults.

#![expect(
    clippy::disallowed_methods,
    reason = "the environment is where cargo tells a build script what it builds for"
)]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}
