//! The files that templates name: which of them may be read, and what is said of those that are not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A flow with one fault, so that whoever reads it says so.
const FLOW: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Edn": true, "End": true}}}"#;

/// A folder of this test's own: a repository, and a folder beside it.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("elsewhere")
        .join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(folder.join("repository/.git")).unwrap();
    folder
}

fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// What `asl` prints, run in a folder; findings about the resources themselves are left out.
fn run(folder: &Path, arguments: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(arguments.split(' '))
        .current_dir(folder)
        .env("NO_COLOR", "")
        .output()
        .unwrap();
    let both = [output.stdout, output.stderr].concat();
    let text = String::from_utf8(both).unwrap().replace('\\', "/");
    let counts = |line: &&str| !line.contains("missing-logging") && !line.contains("missing-tracing");
    text.split_inclusive('\n').filter(counts).collect()
}

fn machines(paths: &[&str]) -> String {
    let machine = |(i, path): (usize, &&str)| {
        format!(
            "  F{i}:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: {path}\n"
        )
    };
    let machines = paths.iter().enumerate().map(machine);
    format!("Resources:\n{}", machines.collect::<String>())
}

const LINT: &str =
    "lint deploy/template.yaml deploy/main.tf deploy/serverless.yml --format compact --severity info";

#[test]
fn reads_files_outside_the_repository_if_allowed() {
    let base = folder("outside");
    let repository = base.join("repository");
    write(&base, "outside/flow.asl.json", FLOW);
    write(
        &base,
        "outside/parts.yml",
        format!("flow: {{definition: {FLOW}}}\n"),
    );
    write(&repository, "flows/flow.asl.json", FLOW);
    let paths = [
        "../flows/flow.asl.json",
        "../../outside/flow.asl.json",
        "link.asl.json",
    ];
    write(&repository, "deploy/template.yaml", machines(&paths));
    #[cfg(unix)]
    std::os::unix::fs::symlink(
        "../../outside/flow.asl.json",
        repository.join("deploy/link.asl.json"),
    )
    .unwrap();
    #[cfg(not(unix))]
    write(&repository, "deploy/link.asl.json", FLOW);
    let terraform = "resource \"aws_sfn_state_machine\" \"file\" {\n  role_arn = \"r\"\n  \
         definition = file(\"${path.module}/../../outside/flow.asl.json\")\n}\n\
         resource \"aws_sfn_state_machine\" \"rendered\" {\n  role_arn = \"r\"\n  \
         definition = templatefile(\"../../outside/flow.asl.json\", {})\n}\n";
    write(&repository, "deploy/main.tf", terraform);
    let serverless = "service: x\nprovider: {name: aws}\nstepFunctions:\n  stateMachines:\n    \
         part: ${file(../../outside/parts.yml):flow}\n    whole:\n      definition: ${file(../../outside/flow.asl.json)}\n";
    write(&repository, "deploy/serverless.yml", serverless);

    if cfg!(unix) {
        insta::assert_snapshot!(run(&repository, LINT));
    }
    let allowed = run(&repository, &format!("{LINT} --allow-outside"));
    assert!(!allowed.contains("unreadable-definition"), "{allowed}");
    assert_eq!(allowed.matches("unknown field `Edn`").count(), 6, "{allowed}");

    // A command that works on one machine says why it has none.
    let graph = "graph deploy/main.tf --state-machine file --format mermaid";
    insta::assert_snapshot!(run(&repository, graph), @r"
    error: the definition of `file` in `deploy/main.tf` could not be read
      help: `../../outside/flow.asl.json` was not read because it is outside the checked directory; check a directory that contains both, or pass `--allow-outside`
    ");
    assert!(run(&repository, &format!("{graph} --allow-outside")).starts_with("flowchart"));
    let cost = "cost deploy/main.tf --state-machine rendered --force";
    assert!(run(&repository, cost).starts_with("error: the definition of `rendered`"));
    assert!(run(&repository, &format!("{cost} --allow-outside")).contains("per month"));
    let list = run(&repository, "list deploy --allow-outside");
    assert_eq!(list.matches("terraform").count(), 2, "{list}");
}

#[test]
fn does_not_reveal_the_names_of_forbidden_files() {
    let base = folder("names");
    let repository = base.join("repository");
    write(&base, "outside/secret.asl.json", FLOW);
    write(&repository, "flow.asl.json", FLOW);
    let paths = [
        "../outside/secret.asl.jsn",
        "../outside/absent",
        "/etc/passwdd",
        "flow.asl.jsn",
    ];
    write(&repository, "template.yaml", machines(&paths));
    let found = run(&repository, "lint template.yaml --format compact --severity info");
    assert_eq!(
        found.matches("outside the checked directory").count(),
        3,
        "{found}"
    );
    assert!(
        !found.contains("secret.asl.json") && !found.contains("etc/passwd`"),
        "{found}"
    );
    let with_help = run(&repository, "lint template.yaml");
    assert!(with_help.contains("`flow.asl.json`"), "{with_help}");
    assert!(!with_help.contains("secret.asl.json"), "{with_help}");
}

#[test]
fn without_a_repository_only_the_checked_folder_is_read() {
    let base = folder("folder");
    write(&base, "repository/inner/flow.asl.json", FLOW);
    let repository = base.join("repository");
    fs::remove_dir(repository.join(".git")).unwrap();
    // The worktree of these tests is a repository itself.
    write(&repository, "inner/.git/HEAD", "");
    write(
        &repository,
        "inner/a/template.yaml",
        machines(&["../flow.asl.json"]),
    );
    write(&repository, "flow.asl.json", FLOW);
    write(
        &repository,
        "inner/template.yaml",
        machines(&["../flow.asl.json"]),
    );
    let inside = run(&repository, "lint inner/a/template.yaml --format compact");
    assert!(inside.contains("unknown field `Edn`"), "{inside}");
    let outside = run(
        &repository,
        "lint inner/template.yaml --format compact --severity info",
    );
    assert!(
        outside.contains("it is outside the checked directory"),
        "{outside}"
    );
    // Who checks the folder that holds both has said that both may be read.
    let both = run(&repository, "lint . --format compact --severity info");
    assert!(!both.contains("outside the checked directory"), "{both}");
}

#[test]
fn reports_unreadable_definitions_at_their_paths() {
    let base = folder("unreadable");
    let repository = base.join("repository");
    let paths = [
        "binary.asl.json",
        "empty.asl.json",
        "flows",
        "\"a\\0b\"",
        "flwo.asl.json",
        "Flow.asl.json",
    ];
    write(&repository, "template.yaml", machines(&paths));
    write(&repository, "binary.asl.json", [0xff, 0x00, 0xfe]);
    write(&repository, "empty.asl.json", "");
    write(&repository, "flow.asl.json", FLOW);
    write(&repository, "flows/flow.asl.json", FLOW);
    if cfg!(target_os = "linux") {
        insta::assert_snapshot!(run(
            &repository,
            "lint template.yaml --format compact --severity info"
        ));
    }
}

#[test]
fn cyclic_file_references_terminate() {
    let base = folder("cycle");
    let repository = base.join("repository");
    let serverless = |definition: &str| {
        format!(
            "service: x\nprovider: {{name: aws}}\nstepFunctions:\n  stateMachines:\n    a:\n      definition: {definition}\n"
        )
    };
    let other = "${file(b.yml):stepFunctions.stateMachines.a.definition}";
    write(&repository, "a.yml", serverless(other));
    write(&repository, "b.yml", serverless(&other.replace("b.yml", "a.yml")));
    write(&repository, "template.yaml", machines(&["template.yaml"]));
    write(
        &repository,
        "main.tf",
        "resource \"aws_sfn_state_machine\" \"a\" {\n  role_arn = \"r\"\n  definition = templatefile(\"main.tf\", {})\n}\n",
    );
    insta::assert_snapshot!(run(&repository, "lint a.yml b.yml template.yaml main.tf --format compact"), @r"
    a.yml:6:19: info unreadable-definition definition is unknown until the configuration is resolved
    b.yml:6:19: info unreadable-definition definition is unknown until the configuration is resolved
    template.yaml:5:22: info unreadable-definition `template.yaml` refers to this file, which is not a definition
    main.tf:3:29: info unreadable-definition `main.tf` refers to this file, which is not a definition
    ");
}
