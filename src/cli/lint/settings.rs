//! Which settings hold for a file: the command line over the nearest settings file over the defaults.

use super::Args;
use crate::cli::{CliError, input, report};
use crate::config::{self, Config};
use crate::diagnostic::Severity;
use crate::lint::{Level, Rule, Settings, registry};
use crate::prose;
use crate::render::diagnostics::Format;
use crate::spec::WorkflowType;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// Settings with the file they come from.
#[derive(Debug)]
pub(super) struct Resolved {
    /// What rules and types hold.
    pub(super) settings: Settings,
    /// The folder of the settings file, and the file's content; none where no file holds.
    file: Option<(PathBuf, Config)>,
}

impl Resolved {
    /// Whether the settings file passes over a path that was found, not named.
    pub(super) fn excludes(&self, path: &Path) -> bool {
        let Some((folder, config)) = &self.file else {
            return false;
        };
        let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        absolute
            .strip_prefix(folder)
            .is_ok_and(|relative| config.excludes(relative))
    }
}

/// Finds the settings of each file, each settings file read once.
#[derive(Debug)]
pub(super) struct Resolver {
    flags: Flags,
    /// The index into `all` of what holds in a folder.
    folders: HashMap<PathBuf, usize>,
    all: Vec<Resolved>,
    /// Whether settings files are looked for.
    is_searching: bool,
}

/// What the command line says.
#[derive(Debug)]
struct Flags {
    workflow_type: Option<WorkflowType>,
    levels: Vec<(&'static Rule, Level)>,
    /// AWS's answer is wanted, which names consequences beside their causes.
    is_for_aws: bool,
}

impl Resolver {
    /// From the command line; a settings file that it names is read at once.
    pub(super) fn new(args: &Args) -> Result<Self, CliError> {
        let flags = Flags {
            workflow_type: args.workflow_type,
            levels: levels(args)?,
            is_for_aws: args.format == Format::Aws,
        };
        let named = args.config.as_deref().map(read).transpose()?;
        let is_searching = named.is_none() && !args.no_config;
        let first = flags.over(named);
        Ok(Self {
            flags,
            folders: HashMap::new(),
            all: vec![first],
            is_searching,
        })
    }

    /// The index, in [`Resolver::all`], of what holds for a file.
    pub(super) fn index_for(&mut self, file: &Path) -> Result<usize, CliError> {
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
        let here = config::FILE_NAMES
            .iter()
            .map(|name| folder.join(name))
            .find(|path| path.is_file());
        let index = match (here, folder.parent()) {
            (Some(path), _) => {
                self.all.push(self.flags.over(Some(read(&path)?)));
                self.all.len() - 1
            }
            (None, Some(parent)) => self.index_in(parent)?,
            (None, None) => 0,
        };
        self.folders.insert(folder.to_owned(), index);
        Ok(index)
    }

    /// Every set of settings that holds somewhere; the first one where no settings file does.
    pub(super) fn all(&self) -> &[Resolved] {
        &self.all
    }

    /// The least `max-warnings` of the settings files in use.
    pub(super) fn max_warnings(&self) -> Option<usize> {
        self.all
            .iter()
            .filter_map(|r| r.file.as_ref()?.1.max_warnings)
            .min()
    }
}

impl Flags {
    fn over(&self, file: Option<(PathBuf, Config)>) -> Resolved {
        let mut settings = Settings::default();
        settings.report_cascading = self.is_for_aws;
        if let Some((_, config)) = &file {
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

/// Reads a settings file; what is wrong with it is printed.
fn read(path: &Path) -> Result<(PathBuf, Config), CliError> {
    let source = input::one(path, None)?.read()?;
    let config = config::parse(&source).map_err(|errors| report::invalid_file(&source, errors, "config"))?;
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    Ok((absolute.parent().unwrap_or(Path::new("/")).to_owned(), config))
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
    // `all` gives way to the rules that are named one by one, wherever on the line they stand.
    named.sort_by_key(|(name, _)| name != ALL);
    let mut levels = Vec::new();
    for (name, level) in named {
        levels.extend(rules_named(&name)?.into_iter().map(|rule| (rule, level)));
    }
    Ok(levels)
}

/// Stands for every rule.
const ALL: &str = "all";

fn rules_named(name: &str) -> Result<Vec<&'static Rule>, CliError> {
    if name == ALL {
        return Ok(registry::rules().to_vec());
    }
    registry::find(name).map(|rule| vec![rule]).ok_or_else(|| {
        let close = registry::closest(name).map(|rule| prose::similar_name("rule", rule.name));
        CliError::new(format!("No rule is called `{name}`"))
            .help(close.unwrap_or_else(|| "`asl explain` lists the rules".into()))
    })
}
