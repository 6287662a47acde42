//! The declarations of a configuration file about data, with the files that they name.

use super::{CliError, input, report};
use crate::asl::literal;
use crate::config::{Config, DataDeclaration, DataSource};
use crate::shape::{Declarations, Declared, DeclaredResult};
use crate::user_file;
use serde_json::Value as Json;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A declaration with the content of its files.
#[derive(Debug)]
pub(super) struct LoadedDeclaration {
    definitions: Option<globset::GlobSet>,
    /// The state and the resource of a result; `None` for an input.
    result: Option<(Option<String>, Option<String>)>,
    declared: Declared,
}

impl LoadedDeclaration {
    /// Whether it applies to a file, relative to the configuration file's folder.
    pub(super) fn applies_to(&self, file: &Path) -> bool {
        self.definitions.as_ref().is_none_or(|globs| globs.is_match(file))
    }

    /// Adds it to the declarations about a file; the first declaration of an input is used.
    pub(super) fn add_to(&self, declarations: &mut Declarations) {
        match &self.result {
            None => {
                declarations.input.get_or_insert_with(|| self.declared.clone());
            }
            Some((state, resource)) => declarations.results.push(DeclaredResult {
                state: state.clone(),
                resource: resource.clone(),
                result: self.declared.clone(),
            }),
        }
    }
}

/// Reads the files that the declarations of a configuration file name.
pub(super) fn load(folder: &Path, config: &Config) -> Result<Vec<LoadedDeclaration>, CliError> {
    let mut loaded = Vec::new();
    for declaration in &config.inputs {
        let declared = match &declaration.source {
            DataSource::Schema(path) => Declared::Schema(read(&folder.join(path))?),
            DataSource::Examples { globs, is_strict } => {
                let mut values = Vec::new();
                for path in all_matching(folder, globs)? {
                    let example = read(&path)?;
                    match inputs_of_suite(&path, &example)? {
                        Some(inputs) => values.extend(inputs),
                        None => values.push(example),
                    }
                }
                Declared::Examples {
                    values,
                    is_strict: *is_strict,
                }
            }
        };
        loaded.push(LoadedDeclaration {
            definitions: declaration.definitions.clone(),
            result: None,
            declared,
        });
    }
    for declaration in &config.results {
        load_results(folder, declaration, &mut loaded)?;
    }
    Ok(loaded)
}

/// Reads the files of a declaration about results. A mock file has results of several states.
fn load_results(
    folder: &Path,
    declaration: &DataDeclaration,
    loaded: &mut Vec<LoadedDeclaration>,
) -> Result<(), CliError> {
    let mut add = |state: Option<String>, resource: Option<String>, declared| {
        loaded.push(LoadedDeclaration {
            definitions: declaration.definitions.clone(),
            result: Some((state, resource)),
            declared,
        });
    };
    let own = || (declaration.state.clone(), declaration.resource.clone());
    let (globs, is_strict) = match &declaration.source {
        DataSource::Schema(path) => {
            let (state, resource) = own();
            add(state, resource, Declared::Schema(read(&folder.join(path))?));
            return Ok(());
        }
        DataSource::Examples { globs, is_strict } => (globs, *is_strict),
    };
    let mut values = Vec::new();
    for path in all_matching(folder, globs)? {
        let example = read(&path)?;
        if !is_mocks(&example) {
            values.push(example);
            continue;
        }
        for (section, names_state) in [("states", true), ("resources", false)] {
            for (name, outcomes) in example[section].as_object().into_iter().flatten() {
                let wanted = if names_state {
                    &declaration.state
                } else {
                    &declaration.resource
                };
                let is_other = wanted.as_ref().is_some_and(|wanted| wanted != name);
                let Some(values) = returned(outcomes).filter(|_| !is_other) else {
                    continue;
                };
                let name = Some(name.clone());
                let (state, resource) = if names_state { (name, None) } else { (None, name) };
                add(state, resource, Declared::Examples { values, is_strict });
            }
        }
    }
    if !values.is_empty() {
        let (state, resource) = own();
        add(state, resource, Declared::Examples { values, is_strict });
    }
    Ok(())
}

/// Whether an example is a mock file.
fn is_mocks(example: &Json) -> bool {
    const KEYS: [&str; 5] = ["version", "states", "resources", "objects", "children"];
    example.as_object().is_some_and(|file| {
        (file.contains_key("states") || file.contains_key("resources"))
            && file.keys().all(|key| KEYS.contains(&key.as_str()))
    })
}

/// What the outcomes of a state or a resource return; `None` if nothing is known about it, because an expression in it is
/// evaluated or all of them fail.
fn returned(outcomes: &Json) -> Option<Vec<Json>> {
    let all = match outcomes {
        Json::Array(all) => all.as_slice(),
        one => std::slice::from_ref(one),
    };
    let values: Vec<Json> = all.iter().filter_map(|one| one.get("return")).cloned().collect();
    (!values.is_empty() && !values.iter().any(has_expression)).then_some(values)
}

fn has_expression(value: &Json) -> bool {
    match value {
        Json::String(text) => text.starts_with("{%") && text.ends_with("%}"),
        Json::Array(items) => items.iter().any(has_expression),
        Json::Object(members) => members.values().any(has_expression),
        _ => false,
    }
}

/// The inputs of the cases of a suite, given in the suite or as files; `None` if the example is not a suite.
fn inputs_of_suite(path: &Path, example: &Json) -> Result<Option<Vec<Json>>, CliError> {
    let (Some(_), Some(cases)) = (example.get("machine"), example["cases"].as_array()) else {
        return Ok(None);
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut inputs = Vec::new();
    // A state that is tested alone has another input than the execution.
    for case in cases.iter().filter(|case| case.get("state").is_none()) {
        if let Some(glob) = case["each"].as_str() {
            for file in matching(folder, glob)? {
                let given = read(&file)?;
                inputs.push(given.get("input").cloned().unwrap_or(given));
            }
        }
        match case.get("input") {
            Some(Json::String(text)) if text.starts_with('"') => {
                let input = serde_json::from_str(text)
                    .map_err(|error| CliError::new(format!("`{}`: {error}: {text}", path.display())))?;
                inputs.push(input);
            }
            Some(Json::String(file)) => inputs.push(read(&folder.join(file))?),
            Some(input) => inputs.push(input.clone()),
            None => {}
        }
    }
    Ok(Some(inputs))
}

/// The JSON or YAML value in a file.
fn read(path: &Path) -> Result<Json, CliError> {
    // Messages show the path as users write it.
    let here = std::env::current_dir().unwrap_or_default();
    let path = path.strip_prefix(&here).unwrap_or(path);
    let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
    let root = user_file::read_value(Arc::clone(&source), syntax).map_err(|errors| {
        report::print(&source, errors);
        CliError::new(format!("`{}` is not valid", source.name()))
    })?;
    Ok((&literal::value(&root)).into())
}

/// The files that match any of several globs.
fn all_matching(folder: &Path, globs: &[String]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for glob in globs {
        files.extend(matching(folder, glob)?);
    }
    Ok(files)
}

/// The files that match a glob, sorted.
fn matching(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, CliError> {
    let glob = globset::GlobBuilder::new(pattern)
        .literal_separator(true)
        .build()
        .map_err(|error| CliError::new(format!("invalid glob `{pattern}`: {}", error.kind())))?
        .compile_matcher();
    let mut files: Vec<PathBuf> = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|path| {
            path.strip_prefix(folder)
                .is_ok_and(|relative| glob.is_match(relative))
        })
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(CliError::new(format!(
            "no file matches the examples `{pattern}` in `{}`",
            folder.display()
        )));
    }
    Ok(files)
}
