//! Which files the paths of a command line stand for, and what is said of those that cannot be read.

use aslkit::cli::input::{self, Inputs};
use std::fs;
use std::path::{Path, PathBuf};

const MACHINE: &str = r#"{ "StartAt": "A", "States": { "A": { "Type": "Succeed" } } }"#;

/// A folder of this test's own, empty at first.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("input").join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, name: &str, text: &[u8]) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

fn names(inputs: &Inputs, folder: &Path) -> Vec<String> {
    let short = |path: &Path| {
        path.strip_prefix(folder)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/")
    };
    inputs.list.iter().map(|input| short(input.path())).collect()
}

fn collect(paths: &[&Path]) -> Inputs {
    let paths: Vec<PathBuf> = paths.iter().map(|&p| p.to_owned()).collect();
    input::collect(&paths, None).unwrap()
}

/// What is said of a file that cannot be read, its folder left out.
fn trouble(path: &Path) -> String {
    let trouble = input::one(path, None).and_then(|input| input.read()).unwrap_err();
    let folder = format!(
        "{}{}",
        path.parent().unwrap().display(),
        std::path::MAIN_SEPARATOR
    );
    trouble.to_string().replace(&folder, "")
}

#[test]
fn lints_the_definitions_in_a_folder() {
    let folder = folder("folder");
    for name in [
        "b.asl.json",
        "sub/a.asl.yaml",
        "c.asl",
        "plain.json",
        "ignored/d.asl.json",
        ".hidden.asl.json",
    ] {
        write(&folder, name, MACHINE.as_bytes());
    }
    write(
        &folder,
        "plain.yml",
        b"StartAt: A\nStates:\n  A:\n    Type: Succeed\n",
    );
    write(
        &folder,
        "words.json",
        br#"{ "shape": { "StartAt": {}, "States": {} } }"#,
    );
    write(&folder, "package.json", b"{}");
    write(&folder, "empty.asl.json", b"");
    write(&folder, ".gitignore", b"ignored/\n");
    let inputs = collect(&[&folder]);
    assert_eq!(
        names(&inputs, &folder),
        [
            "b.asl.json",
            "c.asl",
            "empty.asl.json",
            "plain.json",
            "plain.yml",
            "sub/a.asl.yaml"
        ]
    );
    assert_eq!(inputs.note(), None);
    assert!(inputs.list.iter().all(|input| !input.is_named()));
}

#[test]
fn includes_named_files_and_each_file_once() {
    let folder = folder("named");
    let ignored = write(&folder, "ignored/a.json", b"{}");
    let machine = write(&folder, "b.asl.json", MACHINE.as_bytes());
    write(&folder, ".gitignore", b"ignored/\n");
    let inputs = collect(&[
        &ignored,
        &folder,
        &machine,
        &folder.join("ignored/../b.asl.json"),
        &ignored,
    ]);
    assert_eq!(names(&inputs, &folder), ["ignored/a.json", "b.asl.json"]);
    assert!(inputs.list[0].is_named() && !inputs.list[1].is_named());
}

#[test]
fn globs_are_expanded() {
    let folder = folder("globs");
    for name in ["a.json", "b.json", "c.yaml", "deep/d.json"] {
        write(&folder, name, b"{}");
    }
    assert_eq!(
        names(&collect(&[&folder.join("*.json")]), &folder),
        ["a.json", "b.json"]
    );
    assert_eq!(
        names(&collect(&[&folder.join("**/{c,d}.*")]), &folder),
        ["c.yaml", "deep/d.json"]
    );
    let nothing = input::collect(&[folder.join("*.asl")], None)
        .unwrap_err()
        .to_string();
    assert!(nothing.starts_with("no files match"), "{nothing}");
}

#[test]
fn reports_a_folder_without_definitions() {
    let folder = folder("none");
    write(&folder, "package.json", b"{}");
    let inputs = collect(&[&folder]);
    assert_eq!(inputs.list, []);
    assert!(inputs.note().unwrap().starts_with("no definitions found in "));
}

#[test]
fn reports_unreadable_files() {
    let folder = folder("trouble");
    write(&folder, "order.asl.json", MACHINE.as_bytes());
    assert_eq!(
        trouble(&folder.join("ordr.asl.json")),
        "`ordr.asl.json` does not exist\n  help: a file with a similar name exists: `order.asl.json`"
    );
    assert_eq!(trouble(&folder.join("zebra.json")), "`zebra.json` does not exist");
    let latin = write(&folder, "latin.json", b"{\n \"a\": \"caf\xe9\" }");
    assert_eq!(
        trouble(&latin),
        "`latin.json` is not UTF-8 but most likely ISO-8859-1: byte 13 (0xe9) on line 2\n  help: convert it: `iconv -f ISO-8859-1 -t UTF-8 latin.json`"
    );
    let wide = write(&folder, "wide.json", b"\xff\xfe{\0}\0");
    assert_eq!(
        trouble(&wide),
        "`wide.json` is UTF-16, not UTF-8\n  help: convert it: `iconv -f UTF-16LE -t UTF-8 wide.json`"
    );
    let folder_instead = input::one(&folder, None).unwrap_err().to_string();
    assert!(
        folder_instead.contains("is a directory\n  help: specify the file that contains the definition"),
        "{folder_instead}"
    );
}

#[test]
fn does_not_read_files_above_the_size_limit() {
    let path = write(&folder("large"), "large.json", b"");
    // A hole: nothing of the 100 MB is ever written.
    fs::File::options()
        .write(true)
        .open(&path)
        .unwrap()
        .set_len(100_000_000)
        .unwrap();
    assert_eq!(
        trouble(&path),
        "`large.json` is too large: 96 MiB, the limit is 32 MiB\n  help: AWS accepts definitions of at most 1 MiB"
    );
}

#[cfg(unix)]
#[test]
fn a_folder_of_10_000_files_is_searched() {
    let folder = folder("many");
    for i in 0..10_000 {
        let name = format!("{}/{i}.{}", i % 100, if i % 2 == 0 { "json" } else { "yaml" });
        if i < 100 {
            fs::create_dir_all(folder.join(i.to_string())).unwrap();
        }
        fs::write(
            folder.join(name),
            r#"{"name": "one of many", "values": [1, 2, 3]}"#,
        )
        .unwrap();
    }
    let template = r#"{"Resources": {"F": {"Type": "AWS::StepFunctions::StateMachine", "Properties": {}}}}"#;
    write(&folder, "57/stack.template", template.as_bytes());
    write(&folder, "57/other.template", b"Resources: []");
    write(&folder, "99/flow.json", MACHINE.as_bytes());
    let start = std::time::Instant::now();
    assert_eq!(
        names(&collect(&[&folder]), &folder),
        ["57/stack.template", "99/flow.json"]
    );
    assert!(
        start.elapsed() < std::time::Duration::from_secs(60),
        "{:?}",
        start.elapsed()
    );
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn links_to_files_are_files() {
    let folder = folder("links");
    let machine = write(&folder, "store/machine", MACHINE.as_bytes());
    std::os::unix::fs::symlink(machine, folder.join("a.asl.json")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join("b.asl.json")).unwrap();
    assert_eq!(names(&collect(&[&folder]), &folder), ["a.asl.json"]);
}
