//! The settings file, `asl.toml`: from what was written to what is meant, every fault reported in its place.
//!
//! ```toml
//! type = "EXPRESS"            # the type of machines where nothing nearer says it
//! exclude = ["vendor/**"]     # files to pass over, relative to this file's folder
//! max-warnings = 0
//!
//! [rules]
//! unused-variable = "off"     # off, info, warning, error
//! ```

use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{self, Level, Rule, registry};
use crate::source::{SourceFile, Span, to_offset};
use crate::spec::WorkflowType;
use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The names under which the settings file is looked for, in this order.
pub const FILE_NAMES: [&str; 2] = ["asl.toml", ".asl.toml"];

/// The name that faults of the file are reported under.
const FAULT: &str = "invalid-settings";

/// What a settings file says.
#[derive(Debug, Default)]
pub struct Config {
    /// `type`
    pub workflow_type: Option<WorkflowType>,
    /// `exclude`, relative to the file's folder.
    pub exclude: globset::GlobSet,
    /// `max-warnings`
    pub max_warnings: Option<usize>,
    /// `[rules]`
    pub levels: Vec<(&'static Rule, Level)>,
}

impl Config {
    /// Whether a path, relative to the settings file's folder, is passed over.
    pub fn excludes(&self, relative: &Path) -> bool {
        self.exclude.is_match(relative)
    }
}

/// Reads a settings file; every fault is a diagnostic of it.
pub fn parse(source: &SourceFile) -> Result<Config, Vec<Diagnostic>> {
    let (table, errors) = DeTable::parse_recoverable(source.text());
    let mut reader = Reader {
        config: Config::default(),
        faults: Vec::new(),
    };
    for error in errors {
        reader.fault(
            error.span().unwrap_or(0..0),
            error.message().to_owned(),
            "see `asl schema config` for the settings there are",
        );
    }
    for (key, value) in table.get_ref() {
        reader.top(key.get_ref(), key.span(), value);
    }
    reader.faults.sort_by_key(|fault| fault.span);
    if reader.faults.is_empty() {
        Ok(reader.config)
    } else {
        Err(reader.faults)
    }
}

struct Reader {
    config: Config,
    faults: Vec<Diagnostic>,
}

const KEYS: [&str; 4] = ["exclude", "max-warnings", "rules", "type"];

impl Reader {
    fn fault(
        &mut self,
        at: Range<usize>,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) {
        let span = Span::new(to_offset(at.start), to_offset(at.end));
        let mut fault = Diagnostic::new(FAULT, Severity::Error, message, span);
        fault.help = Some(help.into());
        self.faults.push(fault);
    }

    fn top(&mut self, key: &str, key_span: Range<usize>, value: &Spanned<DeValue<'_>>) {
        match key {
            "type" => match value.get_ref().as_str().and_then(WorkflowType::from_name) {
                Some(workflow_type) => self.config.workflow_type = Some(workflow_type),
                None => self.fault(
                    value.span(),
                    "`type` is \"STANDARD\" or \"EXPRESS\"",
                    "write one of the two",
                ),
            },
            "exclude" => self.exclude(value),
            "max-warnings" => match value.get_ref() {
                DeValue::Integer(n) if n.as_str().parse::<usize>().is_ok() => {
                    self.config.max_warnings = n.as_str().parse().ok();
                }
                _ => self.fault(
                    value.span(),
                    "`max-warnings` is a whole number",
                    "write a number, such as 0",
                ),
            },
            "rules" => match value.get_ref().as_table() {
                Some(table) => {
                    for (name, level) in table {
                        self.rule(name.get_ref(), name.span(), level);
                    }
                }
                None => self.fault(
                    value.span(),
                    "`rules` is a table",
                    "write `[rules]` and a line per rule",
                ),
            },
            other => {
                let help = lint::closest(other, KEYS).map_or_else(
                    || format!("there are {}", KEYS.join(", ")),
                    |key| format!("did you mean `{key}`?"),
                );
                self.fault(key_span, format!("There is no setting `{other}`"), help);
            }
        }
    }

    fn exclude(&mut self, value: &Spanned<DeValue<'_>>) {
        let Some(patterns) = value.get_ref().as_array() else {
            self.fault(
                value.span(),
                "`exclude` is a list of globs",
                "write it as [\"vendor/**\"]",
            );
            return;
        };
        let mut set = globset::GlobSetBuilder::new();
        for pattern in patterns {
            let Some(text) = pattern.get_ref().as_str() else {
                self.fault(pattern.span(), "A glob is a string", "write it as \"vendor/**\"");
                continue;
            };
            match globset::GlobBuilder::new(text).literal_separator(true).build() {
                Ok(glob) => {
                    set.add(glob);
                }
                Err(error) => self.fault(
                    pattern.span(),
                    format!("This is no glob: {}", error.kind()),
                    "mend the pattern",
                ),
            }
        }
        match set.build() {
            Ok(set) => self.config.exclude = set,
            Err(error) => self.fault(
                value.span(),
                format!("These globs are too much: {error}"),
                "write fewer of them",
            ),
        }
    }

    fn rule(&mut self, name: &str, name_span: Range<usize>, value: &Spanned<DeValue<'_>>) {
        let Some(rule) = registry::find(name) else {
            let help = registry::closest(name).map_or_else(
                || "`asl explain` lists the rules".to_owned(),
                |rule| format!("did you mean `{}`?", rule.name),
            );
            self.fault(name_span, format!("No rule is called `{name}`"), help);
            return;
        };
        let level = match value.get_ref().as_str() {
            Some("off") => Level::Allow,
            Some("info") => Level::Report(Severity::Info),
            Some("warning") => Level::Report(Severity::Warning),
            Some("error") => Level::Report(Severity::Error),
            _ => {
                let message = format!("The level of `{name}` is \"off\", \"info\", \"warning\" or \"error\"");
                self.fault(value.span(), message, "write one of the four");
                return;
            }
        };
        self.config.levels.push((rule, level));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> Vec<(String, String)> {
        let source = SourceFile::new("asl.toml", text);
        let faults = parse(&source).map(|_| ()).unwrap_err();
        faults
            .into_iter()
            .map(|d| (text[d.span.range()].to_owned(), d.message.into_owned()))
            .collect()
    }

    #[test]
    fn settings_are_read() {
        let text = "type = \"express\"\nexclude = [\"vendor/**\"]\nmax-warnings = 3\n[rules]\nduplicate-key = \"off\"\n";
        let config = parse(&SourceFile::new("asl.toml", text)).unwrap();
        assert_eq!(
            (config.workflow_type, config.max_warnings),
            (Some(WorkflowType::Express), Some(3))
        );
        assert!(
            config.excludes(Path::new("vendor/a/b.asl.json"))
                && !config.excludes(Path::new("src/b.asl.json"))
        );
        assert_eq!(
            config
                .levels
                .iter()
                .map(|(r, l)| (r.name, *l))
                .collect::<Vec<_>>(),
            [("duplicate-key", Level::Allow)]
        );
    }

    #[test]
    fn every_fault_is_reported_in_its_place() {
        let text = "tpye = 1\nmax-warnings = -1\nexclude = [\"a[\", 2]\n[rules]\nduplicate-kye = \"off\"\nduplicate-key = \"never\"\n";
        let at: Vec<String> = faults(text).into_iter().map(|(at, _)| at).collect();
        assert_eq!(
            at,
            ["tpye", "-1", "\"a[\"", "2", "duplicate-kye", "\"never\""]
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn a_file_that_is_no_toml_is_a_fault() {
        assert!(!faults("a = = 3").is_empty());
    }
}
