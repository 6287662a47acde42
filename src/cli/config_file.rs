//! The configuration files that apply to files: `asl.toml` or `.asl.toml` in a folder above them.

use super::declarations::{self, LoadedDeclaration};
use super::{CliError, exit, input, report};
use crate::config::{self, Config};
use crate::shape::Declarations;
use std::path::{Path, PathBuf};

/// A configuration file, with the files that it names.
#[derive(Debug)]
pub(super) struct ConfigFile {
    folder: PathBuf,
    /// Its content.
    pub(super) config: Config,
    data: Vec<LoadedDeclaration>,
}

impl ConfigFile {
    /// Reads a configuration file and prints its errors.
    pub(super) fn read(path: &Path) -> Result<Self, CliError> {
        let source = input::one(path, None)?.read()?;
        let config =
            config::parse(&source).map_err(|errors| report::invalid_file(&source, errors, "config"))?;
        for warning in &config.deprecations {
            exit::warn(&format!("`{}`: {warning}", path.display()));
        }
        let folder = absolute(path).parent().unwrap_or(Path::new("/")).to_owned();
        let data = declarations::load(&folder, &config)?;
        Ok(Self { folder, config, data })
    }

    /// The path of the configuration file in a folder, if it has one.
    pub(super) fn path_in(folder: &Path) -> Option<PathBuf> {
        let mut paths = config::FILE_NAMES.iter().map(|name| folder.join(name));
        paths.find(|path| path.is_file())
    }

    /// Reads the configuration file in the nearest folder above a file, if there is one.
    pub(super) fn nearest(file: &Path) -> Result<Option<Self>, CliError> {
        let path = Self::path_above(file);
        path.map(|path| Self::read(&path)).transpose()
    }

    /// The path of the configuration file in the nearest folder above a file, if there is one.
    pub(super) fn path_above(file: &Path) -> Option<PathBuf> {
        absolute(file).ancestors().skip(1).find_map(Self::path_in)
    }

    /// The paths of suites, relative to the current directory where they are in it.
    pub(super) fn test_paths(&self) -> Vec<PathBuf> {
        let here = std::env::current_dir().unwrap_or_default();
        let path = |path: &String| {
            let path = self.folder.join(path);
            path.strip_prefix(&here)
                .map_or_else(|_| path.clone(), Path::to_owned)
        };
        self.config.test.paths.iter().map(path).collect()
    }

    /// Whether it excludes a file.
    pub(super) fn excludes(&self, file: &Path) -> bool {
        let file = absolute(file);
        let relative = file.strip_prefix(&self.folder);
        relative.is_ok_and(|relative| self.config.excludes(relative))
    }

    /// What it declares about the data of a file; `None` if it declares nothing about any file.
    pub(super) fn declarations_for(&self, file: &Path) -> Option<Declarations> {
        if self.data.is_empty() {
            return None;
        }
        let file = absolute(file);
        let relative = file.strip_prefix(&self.folder).unwrap_or(&file);
        let mut declarations = Declarations::default();
        for declaration in &self.data {
            if declaration.applies_to(relative) {
                declaration.add_to(&mut declarations);
            }
        }
        Some(declarations)
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}
