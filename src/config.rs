//! The settings file, `asl.toml`, parsed with every error underlined.
//!
//! ```toml
//! type = "EXPRESS"            # the type of state machines whose file does not specify it
//! exclude = ["vendor/**"]     # files to skip, relative to this file's folder
//! max-warnings = 0
//! fixable = ["deprecated-iterator"]  # only these fixes are applied
//! unfixable = ["missing-dollar"]     # these are not
//!
//! [rules]
//! unused-variable = "off"     # off, info, warning, error
//!
//! [[inputs]]                  # what is known about the input of executions
//! definitions = ["orders/*.asl.json"]
//! schema = "orders.schema.json"
//!
//! [test]
//! paths = ["tests"]           # the suites that asl test runs without arguments, relative to this file's folder
//! fail-under = "90"           # the minimum coverage in percent, as in --fail-under
//! ```

mod data;
mod globs;

pub use data::{DataDeclaration, DataSource};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Member, Node};
use crate::lint::{Level, Rule, registry};
use crate::prose;
use crate::source::{SourceFile, Span};
use crate::spec::WorkflowType;
use crate::user_file::{self, Errors};
use std::path::Path;

/// The possible names of the settings file, in the order of search.
pub const FILE_NAMES: [&str; 2] = ["asl.toml", ".asl.toml"];

/// The content of a settings file.
#[derive(Debug, Default)]
pub struct Config {
    /// `type`
    pub workflow_type: Option<WorkflowType>,
    /// `exclude`, relative to the file's folder.
    pub exclude: globset::GlobSet,
    /// `max-warnings`
    pub max_warnings: Option<usize>,
    /// `fixable`: the rules whose fixes are applied; `None` for all.
    pub fixable: Option<Vec<&'static Rule>>,
    /// `unfixable`: the rules whose fixes are not applied.
    pub unfixable: Vec<&'static Rule>,
    /// `[rules]`
    pub levels: Vec<(&'static Rule, Level)>,
    /// `[[inputs]]`
    pub inputs: Vec<DataDeclaration>,
    /// `[[results]]`
    pub results: Vec<DataDeclaration>,
    /// `[test]`
    pub test: TestSettings,
    /// Warnings about former names of rules.
    pub deprecations: Vec<String>,
}

/// `[test]`: what `asl test` does without arguments.
#[derive(Debug, Default)]
pub struct TestSettings {
    /// `paths`: suites, relative to the file's folder.
    pub paths: Vec<String>,
    /// `fail-under`: the thresholds of coverage, as on the command line.
    pub fail_under: Option<String>,
}

impl Config {
    /// Whether a path, relative to the folder of the settings file, is excluded.
    pub fn excludes(&self, relative: &Path) -> bool {
        self.exclude.is_match(relative)
    }

    /// Whether the fixes of a rule may be applied.
    pub fn allows_fix(&self, rule: &str) -> bool {
        let has = |rules: &[&Rule]| rules.iter().any(|known| known.name == rule);
        self.fixable.as_deref().is_none_or(has) && !has(&self.unfixable)
    }
}

/// Reads a settings file, or returns all errors in it.
pub fn parse(source: &SourceFile) -> Result<Config, Vec<Diagnostic>> {
    let root = user_file::read_toml(source)?;
    let mut reader = Reader::default();
    for setting in root.as_object().unwrap_or_default() {
        reader.setting(setting);
    }
    reader.errors.into_result(reader.config)
}

#[derive(Default)]
struct Reader {
    config: Config,
    errors: Errors,
}

const KEYS: [&str; 9] = [
    "exclude",
    "fixable",
    "inputs",
    "max-warnings",
    "results",
    "rules",
    "test",
    "type",
    "unfixable",
];

impl Reader {
    fn setting(&mut self, setting: &Member) {
        let value = &setting.value;
        match setting.key.as_str() {
            "type" => match value.as_str().and_then(WorkflowType::from_name) {
                Some(workflow_type) => self.config.workflow_type = Some(workflow_type),
                None => self.errors.expected("\"STANDARD\" or \"EXPRESS\"", value),
            },
            "exclude" => self.config.exclude = globs::read(&mut self.errors, value).unwrap_or_default(),
            "inputs" => self.config.inputs = DataDeclaration::read_all(&mut self.errors, value, false),
            "results" => self.config.results = DataDeclaration::read_all(&mut self.errors, value, true),
            "fixable" => self.config.fixable = Some(self.rules(value)),
            "unfixable" => self.config.unfixable = self.rules(value),
            "max-warnings" => match value.as_number().map(str::parse) {
                Some(Ok(max)) => self.config.max_warnings = Some(max),
                _ => self.errors.expected("a non-negative integer", value),
            },
            "rules" => {
                for rule in self.errors.members("a table of rules", value) {
                    self.rule(rule);
                }
            }
            "test" => {
                for setting in self.errors.members("a table", value) {
                    self.test(setting);
                }
            }
            _ => self.errors.unknown_key(setting, &KEYS),
        }
    }

    fn test(&mut self, setting: &Member) {
        let value = &setting.value;
        match setting.key.as_str() {
            "paths" => self.config.test.paths = data::texts(&mut self.errors, value).unwrap_or_default(),
            "fail-under" => {
                let text = value.as_str().or_else(|| value.as_number()).map(str::to_owned);
                if text.is_none() {
                    self.errors.expected("a number or a string", value);
                }
                self.config.test.fail_under = text;
            }
            _ => self.errors.unknown_key(setting, &["paths", "fail-under"]),
        }
    }

    /// The rules of a list of names.
    fn rules(&mut self, list: &Node) -> Vec<&'static Rule> {
        let Some(names) = list.as_array() else {
            self.errors.expected("an array of rules", list);
            return Vec::new();
        };
        let mut rules = Vec::with_capacity(names.len());
        for name in names {
            match name.as_str() {
                Some(text) => rules.extend(self.named(text, name.span)),
                None => self.errors.expected("the name of a rule", name),
            }
        }
        rules
    }

    /// The rule of a name; reports an unknown one.
    fn named(&mut self, name: &str, place: Span) -> Option<&'static Rule> {
        let Some(known) = registry::find(name) else {
            let help = registry::closest(name).map_or_else(
                || "`asl explain` lists the rules".to_owned(),
                |rule| prose::similar_name("rule", rule.name),
            );
            self.errors
                .add_with_help(place, format!("unknown rule `{name}`"), help);
            return None;
        };
        self.config
            .deprecations
            .extend(registry::deprecation(name, known));
        Some(known)
    }

    fn rule(&mut self, rule: &Member) {
        let Some(known) = self.named(&rule.key, rule.key_span) else {
            return;
        };
        let level = match rule.value.as_str() {
            Some("off") => Level::Allow,
            Some("info") => Level::Report(Severity::Info),
            Some("warning") => Level::Report(Severity::Warning),
            Some("error") => Level::Report(Severity::Error),
            _ => {
                let levels = "\"off\", \"info\", \"warning\", or \"error\"";
                self.errors.expected(levels, &rule.value);
                return;
            }
        };
        self.config.levels.push((known, level));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(text: &str) -> Vec<(String, String)> {
        let source = SourceFile::new("asl.toml", text);
        let errors = parse(&source).map(|_| ()).unwrap_err();
        errors
            .into_iter()
            .map(|d| (text[d.span.range()].to_owned(), d.message.into_owned()))
            .collect()
    }

    #[test]
    fn reads_settings() {
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
    fn reports_every_error_at_its_place() {
        let text = "tpye = 1\nmax-warnings = -1\nexclude = [\"a[\", 2]\n[rules]\nduplicate-kye = \"off\"\nduplicate-key = \"never\"\n";
        let at: Vec<String> = errors(text).into_iter().map(|(at, _)| at).collect();
        assert_eq!(
            at,
            ["tpye", "-1", "\"a[\"", "2", "duplicate-kye", "\"never\""]
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        );
    }

    #[test]
    fn limits_fixes_to_rules() {
        for (text, allowed) in [
            ("", [true, true]),
            ("fixable = [\"duplicate-key\"]", [true, false]),
            ("unfixable = [\"duplicate-key\"]", [false, true]),
            (
                "fixable = [\"duplicate-key\"]\nunfixable = [\"duplicate-key\"]",
                [false, false],
            ),
            ("fixable = []", [false, false]),
        ] {
            let config = parse(&SourceFile::new("asl.toml", text)).unwrap();
            let rules = ["duplicate-key", "missing-dollar"];
            assert_eq!(rules.map(|rule| config.allows_fix(rule)), allowed, "{text}");
        }
        assert_eq!(errors("fixable = 3\nunfixable = [1, \"duplicate-kye\"]").len(), 3);
    }

    #[test]
    fn rejects_a_file_that_is_not_toml() {
        assert!(!errors("a = = 3").is_empty());
    }
}
