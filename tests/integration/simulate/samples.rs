//! Executions without mocks.

use super::{asl, root};

/// Every definition in fixtures/definitions reaches its end with samples alone.
#[test]
fn a_first_run_without_mocks_succeeds() {
    let mut definitions = 0;
    for entry in std::fs::read_dir(root().join("fixtures/definitions")).unwrap() {
        let folder = entry.unwrap().path();
        let definition = ["definition.asl.json", "definition.asl.yaml"]
            .map(|name| folder.join(name))
            .into_iter()
            .find(|path| path.exists());
        let Some(definition) = definition else { continue };
        definitions += 1;
        let input = folder.join("input.json");
        let arguments = [
            "simulate",
            &definition.to_string_lossy(),
            "--input",
            &input.to_string_lossy(),
        ]
        .map(str::to_owned);
        let output = asl(&arguments);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
    }
    assert_eq!(definitions, 12);
}
