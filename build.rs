//! Links `asl` at a fixed address on Linux with glibc.
//!
//! A position-independent executable needs about 15,000 relocations before `main`. Measured on x86-64, they raise the
//! time of `asl --version` from 1.0 ms to 1.4 ms, and the relocation table adds 4% to the binary. The limit for giving
//! up position independence is 0.3 ms: measure again before you change this. Static builds keep the default of their
//! target.
//!
//! The unwinder's library is linked statically because loading the shared library takes a tenth of the same run. It is
//! never called, because a panic aborts.

#![expect(
    clippy::disallowed_methods,
    reason = "cargo passes the build target to build scripts in the environment"
)]

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |part: &str| std::env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
        println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
    }
}
