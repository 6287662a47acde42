//! The writer of suites.

mod content;
mod entry;
mod yaml;

use super::model::{Entry, Settings, Suite};
use content::content;
use yaml::Yaml;

/// The line that assigns a suite its schema in editors: `asl schema suite > suite.schema.json` writes it.
const SCHEMA: &str = "# yaml-language-server: $schema=suite.schema.json\n";

/// A suite as YAML.
pub fn write(suite: &Suite) -> String {
    let mut text = SCHEMA.to_owned();
    let mut yaml = Yaml::new(&mut text, 0);
    yaml.plain("version", 1);
    yaml.text("machine", &suite.machine.to_string());
    if !suite.substitutions.is_empty() {
        yaml.object("substitutions", |yaml| {
            for (name, value) in &suite.substitutions {
                yaml.node(name, value);
            }
        });
    }
    if let Some(mocks) = &suite.mocks {
        content(&mut yaml, "mocks", mocks);
    }
    if let Some(machine) = &suite.mock_machine {
        yaml.text("mock-machine", machine);
    }
    if let Some(role) = &suite.role {
        yaml.text("role", role);
    }
    if suite.defaults != Settings::default() {
        yaml.object("defaults", |yaml| entry::settings(yaml, &suite.defaults));
    }
    if suite.entries.is_empty() {
        text.push_str("cases: []\n");
    } else {
        text.push_str("cases:\n");
        text.push_str(&write_entries(&suite.entries, 2));
    }
    text
}

/// Entries as items of a block list in YAML, whose dashes are indented by `indent`.
pub fn write_entries(entries: &[Entry], indent: usize) -> String {
    let mut text = String::new();
    for entry in entries {
        entry::write(entry, indent, &mut text);
    }
    text
}
