//! The fuzz targets on their saved corpus, so that a fixed crash stays fixed without a fuzzer.

#[expect(unreachable_pub, reason = "fuzz/ builds this module as a library")]
pub(crate) mod targets;

use std::path::{Path, PathBuf};
use targets::TARGETS;

/// The folder of the fuzz targets, or `None` in the published package, which does not contain it.
fn fuzz_folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    folder.exists().then_some(folder)
}

fn names(folder: &Path) -> Vec<String> {
    let entries = folder.read_dir().unwrap().map(|entry| entry.unwrap());
    let mut names: Vec<_> = entries
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn corpus_causes_no_panic() {
    let Some(fuzz) = fuzz_folder() else { return };
    for (target, run) in TARGETS {
        let folder = fuzz.join("corpus").join(target);
        let inputs = names(&folder);
        assert!(!inputs.is_empty(), "{target} has no corpus");
        for input in inputs {
            // Shown if the test fails.
            println!("fuzz/corpus/{target}/{input}");
            run(&std::fs::read(folder.join(input)).unwrap());
        }
    }
}

#[test]
fn every_target_has_a_binary_and_a_corpus() {
    let Some(fuzz) = fuzz_folder() else { return };
    let mut targets: Vec<_> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    targets.sort();
    assert_eq!(names(&fuzz.join("corpus")), targets);
    let files: Vec<_> = targets.iter().map(|name| format!("{name}.rs")).collect();
    assert_eq!(names(&fuzz.join("fuzz_targets")), files);
    let manifest = std::fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for name in targets {
        let wrapper = fuzz.join("fuzz_targets").join(format!("{name}.rs"));
        let wrapper = std::fs::read_to_string(wrapper).unwrap();
        assert!(
            wrapper.contains(&format!("fuzz_target!(|data: &[u8]| targets::{name}(data));")),
            "{name}"
        );
        let path = format!("path = \"fuzz_targets/{name}.rs\"");
        assert!(manifest.contains(&path), "fuzz/Cargo.toml has no binary {name}");
    }
}
