//! The completion scripts and manual pages in `completions/` are current.
//!
//! `UPDATE=1 cargo test completions` regenerates them.

use aslkit::cli::command;
use aslkit::cli::completions::script;
use clap_complete::Shell;
use clap_mangen::Man;
use std::path::Path;

/// Asserts that a generated file is current. With `UPDATE` set, writes it.
pub(crate) fn assert_fresh(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let kept = || {
        let text = std::fs::read_to_string(&file);
        text.unwrap_or_default().replace("\r\n", "\n")
    };
    // Other tests read the files at the same time.
    if std::env::var_os("UPDATE").is_some() && kept() != text {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    assert!(kept() == text, "{path} is out of date: run `UPDATE=1 cargo test`");
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
        assert_fresh(path, &String::from_utf8(script(shell, command())).unwrap());
    }
}

/// The manual page of a command and those of its subcommands: name and text.
fn manual_pages() -> Vec<(String, String)> {
    let mut command = command().disable_help_subcommand(true);
    command.build();
    let subcommands: Vec<_> = command.get_subcommands().cloned().collect();
    std::iter::once(command)
        .chain(subcommands)
        .filter(|command| !command.is_hide_set())
        .map(|command| {
            let man = Man::new(command).source(concat!("asl ", env!("CARGO_PKG_VERSION")));
            let mut text = Vec::new();
            man.render(&mut text).unwrap();
            (man.get_filename(), String::from_utf8(text).unwrap())
        })
        .collect()
}

#[test]
fn manual_pages_are_current() {
    let pages = manual_pages();
    for (name, text) in &pages {
        assert_fresh(&format!("completions/{name}"), text);
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    for entry in folder.read_dir().unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let is_page = Path::new(&name).extension().is_some_and(|e| e == "1");
        let is_current = pages.iter().any(|(page, _)| *page == name);
        assert!(!is_page || is_current, "completions/{name} belongs to no command");
    }
}
