//! The files of packages agree with Cargo.toml: versions, targets, and the address of the repository.

use crate::documents::{files, read, root};
use std::collections::BTreeSet;
use std::path::Path;

fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The value of a key of `[package]`.
fn manifest(key: &str) -> String {
    let text = read("Cargo.toml");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix(&format!("{key} = \"")));
    line.unwrap().trim_end_matches('"').to_owned()
}

#[test]
fn every_version_is_that_of_the_manifest() {
    let v = version();
    // Whole lines, except where the rest depends on the address of the repository.
    let cases = [
        ("setup.py", format!("version=\"{v}\"")),
        ("setup.py", format!("install_requires=[\"aslkit=={v}\"]")),
        ("action.yml", format!("    default: {v}\n")),
        ("packaging/install.sh", format!("\nVERSION={v}\n")),
        (".pre-commit-hooks.yaml", format!("/asl:{v} lint")),
        ("packaging/gitlab-ci.yml", format!("    ASL_VERSION: {v}\n")),
        ("packaging/gitlab-ci.yml", format!("/asl/v{v}/packaging/")),
    ];
    for (path, expected) in cases {
        assert!(
            read(path).contains(&expected),
            "{path} does not contain `{expected}`"
        );
    }
}

/// Versions that a document names after one of these words are the current one.
#[test]
fn documents_name_the_current_version() {
    let marks = [
        "rev: v",
        "asl@v",
        "asl:v",
        "--version v",
        "aslkit==",
        "aslkit@",
        "/asl:",
        "/asl/v",
        "/download/v",
        "aslkit\": \"",
    ];
    let documents = files("docs").into_iter().chain(["README.md".to_owned()]);
    for path in documents.filter(|path| Path::new(path).extension().is_some_and(|end| end == "md")) {
        let text = read(&path);
        for mark in marks {
            for (at, _) in text.match_indices(mark) {
                let rest = &text[at + mark.len()..];
                let named: String = rest
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                let named = named.trim_end_matches('.');
                assert!(
                    named.is_empty() || named == version(),
                    "{path}: {mark}{named} is not {}",
                    version()
                );
            }
        }
    }
}

#[test]
fn the_python_package_agrees_with_the_manifest() {
    let project = read("packaging/pypi/pyproject.toml");
    for key in ["name", "description", "license"] {
        let expected = format!("\n{key} = \"{}\"\n", manifest(key));
        assert!(project.contains(&expected), "{key}");
    }
    assert!(project.contains("\ndynamic = [\"version\"]\n"));
}

/// The target triples in a text.
fn triples(text: &str) -> BTreeSet<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    text.split(|c| !is_part(c))
        .filter(|word| {
            ["-linux-musl", "-apple-darwin", "-windows-msvc"]
                .iter()
                .any(|end| word.ends_with(end) && word.len() > end.len() + 3)
        })
        .map(|word| word.trim_start_matches("asl-v").to_owned())
        .filter(|word| word.starts_with("x86_64-") || word.starts_with("aarch64-"))
        .collect()
}

#[test]
fn every_installer_knows_the_targets_of_a_release() {
    let targets = triples(&read("packaging/release/project.py"));
    assert_eq!(targets.len(), 5);
    for path in [".github/workflows/release.yml", "packaging/install.sh"] {
        assert_eq!(triples(&read(path)), targets, "{path}");
    }
    for path in files("packaging/manifests") {
        let named = triples(&read(&path));
        assert!(named.is_subset(&targets), "{path}: {named:?}");
    }
    // npm's names of the platforms, in the list of packages and in the program that chooses among them.
    let project = read("packaging/release/project.py");
    let shim = read("packaging/npm/bin/asl.js");
    for line in project.lines().filter(|line| line.contains("(\"")) {
        let Some((_, rest)) = line.split_once("(\"") else {
            continue;
        };
        let Some((system, rest)) = rest.split_once("\", \"") else {
            continue;
        };
        let Some((cpu, _)) = rest.split_once('"') else {
            continue;
        };
        if ["linux", "darwin", "win32"].contains(&system) {
            assert!(
                shim.contains(&format!("@aslkit/{system}-{cpu}/")),
                "{system} {cpu}"
            );
        }
    }
}

#[test]
fn binstall_finds_the_archives_under_their_names() {
    let manifest = read("Cargo.toml");
    let project = read("packaging/release/project.py");
    assert!(project.contains("f\"asl-v{VERSION}-{self.triple}\""));
    assert!(manifest.contains("/releases/download/v{ version }/asl-v{ version }-{ target }.tar.gz\""));
    assert!(manifest.contains("bin-dir = \"asl-v{ version }-{ target }/{ bin }{ binary-ext }\""));
}

#[test]
fn the_address_of_the_repository_is_set_everywhere_or_nowhere() {
    let is_set = !manifest("repository").contains("OWNER");
    for path in ["packaging/install.sh", ".pre-commit-hooks.yaml", "README.md"] {
        let is_open = read(path).contains("owner.invalid/asl");
        assert_eq!(is_open, !is_set, "{path}");
    }
    let address = manifest("repository");
    for path in [
        "packaging/install.sh",
        "action.yml",
        "setup.py",
        "Dockerfile",
        "README.md",
    ] {
        let text = read(path);
        for (at, _) in text.match_indices("github.com/") {
            let owner = text[at + "github.com/".len()..].split('/').next().unwrap();
            assert!(
                owner == "owner.invalid" || address.contains(&format!("/{owner}/")),
                "{path}: github.com/{owner}"
            );
        }
    }
}

#[test]
fn windows_can_check_out_every_file() {
    let reserved = |name: &str| {
        let stem = name.split('.').next().unwrap().to_ascii_lowercase();
        let numbered = |word: &str| {
            stem.strip_prefix(word).is_some_and(|rest| {
                rest.len() == 1 && rest != "0" && rest.chars().all(|c| c.is_ascii_digit())
            })
        };
        ["con", "prn", "aux", "nul"].contains(&stem.as_str()) || numbered("com") || numbered("lpt")
    };
    let folders = [
        "src",
        "tests",
        "fixtures",
        "fuzz/corpus",
        "schemas",
        "completions",
        "docs",
        "packaging",
        "scripts",
        "benches",
    ];
    for path in folders.iter().flat_map(|folder| files(folder)) {
        let is_bad = path.split('/').any(|name| {
            reserved(name)
                || name.ends_with(['.', ' '])
                || name.contains(|c: char| "<>:\"\\|?*".contains(c) || c.is_control())
        });
        assert!(!is_bad, "{path}");
        assert!(path.len() < 200, "{path} is too long for Windows");
    }
}

#[test]
fn the_root_folder_contains_only_what_must_be_there() {
    // What tools, hosts, and readers look for in the root folder.
    let expected = [
        ".editorconfig",
        ".gitattributes",
        ".gitignore",
        ".pre-commit-hooks.yaml",
        "AGENTS.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CODE_OF_CONDUCT.md",
        "CONTRIBUTING.md",
        "Cargo.lock",
        "Cargo.toml",
        "Dockerfile",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "NOTICE",
        "README.md",
        "RELEASING.md",
        "SECURITY.md",
        "action.yml",
        "build.rs",
        "clippy.toml",
        "deny.toml",
        "justfile",
        "rust-toolchain.toml",
        "rustfmt.toml",
        "setup.py",
    ];
    for entry in root().read_dir().unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let is_file = entry.file_type().unwrap().is_file()
            && name != ".git"
            && Path::new(&name).extension().is_none_or(|end| end != "log");
        assert!(!is_file || expected.contains(&name.as_str()), "{name}");
    }
}
