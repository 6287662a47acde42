//! The declarations of a configuration file about data, with the files that they name.

use super::CliError;
use crate::config::{Config, DataDeclaration, DataSource};
use crate::shape::{Declarations, Declared, DeclaredResult};
use std::path::{Path, PathBuf};

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
    let inputs = config.inputs.iter().map(|declaration| (declaration, false));
    let results = config.results.iter().map(|declaration| (declaration, true));
    inputs
        .chain(results)
        .map(|(declaration, is_result)| {
            Ok(LoadedDeclaration {
                definitions: declaration.definitions.clone(),
                result: is_result.then(|| (declaration.state.clone(), declaration.resource.clone())),
                declared: declared(folder, declaration)?,
            })
        })
        .collect()
}

fn declared(folder: &Path, declaration: &DataDeclaration) -> Result<Declared, CliError> {
    match &declaration.source {
        DataSource::Schema(path) => Ok(Declared::Schema(read(&folder.join(path))?)),
        DataSource::Examples { globs, is_strict } => {
            let mut values = Vec::new();
            for glob in globs {
                for path in matching(folder, glob)? {
                    values.push(read(&path)?);
                }
            }
            Ok(Declared::Examples {
                values,
                is_strict: *is_strict,
            })
        }
    }
}

fn read(path: &Path) -> Result<serde_json::Value, CliError> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| CliError::new(format!("cannot read `{}`: {error}", path.display())))?;
    serde_json::from_str(&text)
        .map_err(|error| CliError::new(format!("`{}` is not valid JSON: {error}", path.display())))
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
