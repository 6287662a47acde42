//! The checked-in completion scripts and manual page are those of today's command line.
//!
//! `UPDATE=1 cargo test completions` writes them again.

use aslkit::cli::completions::{manual_page, script};
use clap_complete::Shell;
use std::path::Path;

/// Holds a generated file to what it is generated from; with `UPDATE` set, writes it.
pub(crate) fn assert_fresh(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    let kept = std::fs::read_to_string(&file)
        .unwrap_or_default()
        .replace("\r\n", "\n");
    assert!(kept == text, "{path} is out of date: run `UPDATE=1 cargo test`");
}

#[test]
fn scripts_are_current() {
    let shells = [
        ("completions/asl.bash", Shell::Bash),
        ("completions/_asl", Shell::Zsh),
        ("completions/asl.fish", Shell::Fish),
        ("completions/asl.ps1", Shell::PowerShell),
    ];
    for (path, shell) in shells {
        assert_fresh(path, &String::from_utf8(script(shell)).unwrap());
    }
}

#[test]
fn the_manual_page_is_current() {
    assert_fresh(
        "completions/asl.1",
        &String::from_utf8(manual_page().unwrap()).unwrap(),
    );
}
