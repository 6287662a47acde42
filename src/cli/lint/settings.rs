//! The settings for a file: the command line takes precedence over the nearest configuration file, and that over the
//! defaults.

use super::args::Args;
use crate::cli::config_file::ConfigFile;
use crate::cli::{CliError, rule_name};
use crate::diagnostic::Severity;
use crate::lint::{Level, Rule, Settings, registry};
use crate::render::diagnostics::Format;
use crate::spec::WorkflowType;
use std::borrow::Cow;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Settings with their configuration file.
#[derive(Debug)]
pub(in crate::cli) struct Resolved {
    /// The levels of the rules, and the workflow type.
    pub(super) settings: Settings,
    /// The configuration file, if there is one.
    file: Option<ConfigFile>,
}

impl Resolved {
    /// The settings for a file, with the declarations about its data.
    pub(in crate::cli) fn settings_for(&self, path: &Path) -> Cow<'_, Settings> {
        let declarations = self.file.as_ref().and_then(|file| file.declarations_for(path));
        let Some(declarations) = declarations else {
            return Cow::Borrowed(&self.settings);
        };
        let mut settings = self.settings.clone();
        settings.declarations = declarations;
        Cow::Owned(settings)
    }

    /// Whether the configuration file allows the fixes of a rule.
    pub(in crate::cli) fn allows_fix(&self, rule: &str) -> bool {
        self.file.as_ref().is_none_or(|file| file.config.allows_fix(rule))
    }

    /// Whether the configuration file excludes a path.
    pub(super) fn excludes(&self, path: &Path) -> bool {
        self.file.as_ref().is_some_and(|file| file.excludes(path))
    }
}

/// Finds the settings of each file, and reads each configuration file once.
#[derive(Debug)]
pub(in crate::cli) struct Resolver {
    flags: Flags,
    /// The index into `all` of the settings of a directory.
    folders: HashMap<PathBuf, usize>,
    all: Vec<Resolved>,
    /// Whether to search for configuration files.
    is_searching: bool,
}

/// The settings of the command line.
#[derive(Debug)]
struct Flags {
    workflow_type: Option<WorkflowType>,
    levels: Vec<(&'static Rule, Level)>,
    /// Whether the output format is AWS's, which also reports cascading errors.
    is_for_aws: bool,
}

impl Resolver {
    /// Reads the command line, and the configuration file that it names.
    pub(super) fn new(args: &Args) -> Result<Self, CliError> {
        let flags = Flags {
            workflow_type: args.workflow_type,
            levels: levels(args)?,
            is_for_aws: args.format == Format::Aws,
        };
        let named = args.config.as_deref().map(ConfigFile::read).transpose()?;
        let is_searching = named.is_none() && !args.no_config;
        let first = flags.over(named);
        Ok(Self {
            flags,
            folders: HashMap::new(),
            all: vec![first],
            is_searching,
        })
    }

    /// The settings of configuration files alone.
    pub(in crate::cli) fn from_files() -> Self {
        let flags = Flags {
            workflow_type: None,
            levels: Vec::new(),
            is_for_aws: false,
        };
        let first = flags.over(None);
        Self {
            flags,
            folders: HashMap::new(),
            all: vec![first],
            is_searching: true,
        }
    }

    /// The index in [`Resolver::all`] of the settings of a file.
    pub(in crate::cli) fn index_for(&mut self, file: &Path) -> Result<usize, CliError> {
        if !self.is_searching {
            return Ok(0);
        }
        let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        absolute.parent().map_or(Ok(0), |folder| self.index_in(folder))
    }

    fn index_in(&mut self, folder: &Path) -> Result<usize, CliError> {
        if let Some(index) = self.folders.get(folder) {
            return Ok(*index);
        }
        let index = match (ConfigFile::path_in(folder), folder.parent()) {
            (Some(path), _) => {
                self.all.push(self.flags.over(Some(ConfigFile::read(&path)?)));
                self.all.len() - 1
            }
            (None, Some(parent)) => self.index_in(parent)?,
            (None, None) => 0,
        };
        self.folders.insert(folder.to_owned(), index);
        Ok(index)
    }

    /// All settings; the first are those without a configuration file.
    pub(in crate::cli) fn all(&self) -> &[Resolved] {
        &self.all
    }

    /// The smallest `max-warnings` of the configuration files in use.
    pub(super) fn max_warnings(&self) -> Option<usize> {
        self.all
            .iter()
            .filter_map(|r| r.file.as_ref()?.config.max_warnings)
            .min()
    }
}

impl Flags {
    fn over(&self, file: Option<ConfigFile>) -> Resolved {
        let mut settings = Settings::default();
        settings.report_cascading = self.is_for_aws;
        settings.aws_answers = self.is_for_aws;
        if let Some(ConfigFile { config, .. }) = &file {
            settings.workflow_type = config.workflow_type.unwrap_or_default();
            config
                .levels
                .iter()
                .for_each(|(rule, level)| settings.set(rule, *level));
        }
        settings.workflow_type = self.workflow_type.unwrap_or(settings.workflow_type);
        self.levels
            .iter()
            .for_each(|(rule, level)| settings.set(rule, *level));
        Resolved { settings, file }
    }
}

fn levels(args: &Args) -> Result<Vec<(&'static Rule, Level)>, CliError> {
    let flags = [
        (args.warn.as_slice(), Level::Report(Severity::Warning)),
        (args.deny.as_slice(), Level::Report(Severity::Error)),
        (args.allow.as_slice(), Level::Allow),
    ];
    let split = |(names, level): (&'_ [String], Level)| -> Vec<(String, Level)> {
        names
            .iter()
            .flat_map(|names| names.split(','))
            .map(|name| (name.trim().to_owned(), level))
            .collect()
    };
    let mut named: Vec<(String, Level)> = flags.into_iter().flat_map(split).collect();
    // Rules by name take precedence over `all`, regardless of their order on the command line.
    named.sort_by_key(|(name, _)| name != ALL);
    let mut levels = Vec::new();
    for (name, level) in named {
        levels.extend(rules_named(&name)?.into_iter().map(|rule| (rule, level)));
    }
    Ok(levels)
}

/// Selects every rule.
const ALL: &str = "all";

fn rules_named(name: &str) -> Result<Vec<&'static Rule>, CliError> {
    if name == ALL {
        return Ok(registry::rules().to_vec());
    }
    rule_name::find(name).map(|rule| vec![rule])
}
