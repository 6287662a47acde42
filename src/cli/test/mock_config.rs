//! A MockConfigFile.json on its own: a case for each of its test cases, which must succeed.

use super::args::Args;
use super::load::Loader;
use crate::cli::{CliError, input, json_input, report};
use crate::document::Node;
use crate::prose;
use crate::simulate::mocks::read_local;
use crate::source::Span;
use crate::suite::{self, Case, Content, Entry, ExecutionTest, MachineRef, Spanned, Suite, Test};
use crate::user_file;
use crate::value::Value;
use std::path::Path;
use std::sync::Arc;

/// Whether a file is a MockConfigFile.json.
pub(super) fn is_one(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let may_be = name.ends_with(".json") && !name.ends_with(".asl-test.json");
    may_be
        && input::one(path, None)
            .and_then(|input| input.read())
            .is_ok_and(|source| source.text().contains("\"StateMachines\""))
}

/// The suites of a file, one for each of its machines that has a definition.
pub(super) fn add(loader: &mut Loader, path: &Path, args: &Args) -> Result<(), CliError> {
    let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
    let root = user_file::read(Arc::clone(&source), syntax)
        .map_err(|errors| report::invalid_file(&source, errors, "mocks"))?;
    let input = args.input.as_deref().map(json_input::argument).transpose()?;
    for suite in suites(path, &root, &args.mock_machine, input.as_ref(), true)? {
        loader.build(path, Path::new(""), &source, root.clone(), suite)?;
    }
    Ok(())
}

/// The definitions of the machines of a MockConfigFile.json, as `NAME=DEFINITION`. The only machine needs no name.
pub(super) fn definitions(root: &Node, args: &Args) -> Vec<String> {
    let machines = match read_local(root) {
        Some(local) => local.machines(),
        None => Vec::new(),
    };
    match (machines.as_slice(), &args.definition) {
        ([only], Some(definition)) if args.mock_machine.is_empty() => vec![format!("{only}={definition}")],
        _ => args.mock_machine.clone(),
    }
}

/// The suites of a MockConfigFile.json: of the machines that have a definition, and with `all_machines` all must. Paths in them are relative to the current directory.
pub(super) fn suites(
    path: &Path,
    root: &Node,
    definitions: &[String],
    input: Option<&Value>,
    all_machines: bool,
) -> Result<Vec<Suite>, CliError> {
    let shown = path.display();
    let Some(local) = read_local(root) else {
        return Err(CliError::new(format!("`{shown}` is not a MockConfigFile.json")));
    };
    let machines = local.machines();
    let mut suites = Vec::new();
    for definition in definitions {
        let Some((name, file)) = definition.split_once('=') else {
            return Err(
                CliError::new(format!("missing `=DEFINITION` in `--mock-machine {definition}`"))
                    .help("use --mock-machine NAME=DEFINITION"),
            );
        };
        if !machines.contains(&name) {
            let error = CliError::new(format!("no state machine named `{name}` in `{shown}`"));
            return Err(error.help(prose::suggestion("state machine", name, machines.iter().copied())));
        }
        let cases = root
            .get("StateMachines")
            .and_then(|all| all.get(name)?.get("TestCases"));
        let place = |case: &str| {
            cases
                .and_then(|cases| cases.member(case))
                .map(|member| member.key_span)
        };
        let entry = |case: &&str| {
            let span = place(case).unwrap_or_default();
            entry(case, span, input)
        };
        suites.push(Suite {
            machine: Spanned::new(MachineRef::parse(file), Span::default()),
            mocks: Some(Content::File(path.display().to_string().into())),
            mock_machine: Some(name.to_owned().into()),
            entries: local.test_cases(name).iter().map(entry).collect(),
            ..Suite::default()
        });
    }
    let is_given = |machine: &&&str| {
        definitions.iter().any(|definition| {
            definition
                .split_once('=')
                .is_some_and(|(name, _)| name == **machine)
        })
    };
    let is_needed = all_machines || suites.is_empty();
    if let Some(missing) = machines.iter().find(|machine| is_needed && !is_given(machine)) {
        return Err(CliError::new(format!(
            "no definition for the state machine `{missing}` of `{shown}`"
        ))
        .help(format!("use --mock-machine {missing}=DEFINITION")));
    }
    Ok(suites)
}

fn entry(case: &str, span: Span, input: Option<&Value>) -> Entry {
    let input = input.map(|value| match value {
        // A string would be the path of a file.
        Value::String(_) => suite::node(&Value::from(value.to_json())),
        value => suite::node(value),
    });
    Entry::Case(Case {
        name: Spanned::new(case.to_owned(), span),
        test: Test::Execution(Box::new(ExecutionTest {
            input: input.map(Content::Inline),
            test_case: Some(Spanned::new(case.to_owned(), span)),
            ..ExecutionTest::default()
        })),
        ..Case::default()
    })
}
