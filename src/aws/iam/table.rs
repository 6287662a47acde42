//! The service authorization reference: actions with their access levels, resource types, condition keys, and dependents.
//!
//! `scripts/refresh-iam.py` builds the table and documents its format. A lookup decompresses the block of the service.

use crate::aws::archive::{Archive, Entry};
use std::sync::LazyLock;

static TABLE: LazyLock<Archive> = LazyLock::new(|| Archive::new(include_bytes!("../data/iam.bin")));

/// The source of the table.
pub fn source() -> &'static str {
    TABLE.source()
}

/// The day it was retrieved, `YYYY-MM-DD`.
pub fn retrieved() -> &'static str {
    TABLE.retrieved()
}

/// What an action does, by the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessLevel {
    /// It lists resources.
    List,
    /// It reads the content of resources.
    Read,
    /// It creates, changes, or deletes resources.
    Write,
    /// It changes tags.
    Tagging,
    /// It changes who may access resources.
    Permissions,
}

/// The actions of a prefix: `dynamodb`.
#[derive(Debug, Clone, Copy)]
pub struct Service {
    entry: &'static Entry,
    text: &'static str,
}

/// A kind of resources.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResourceType {
    /// The name in the reference: `table`.
    pub name: &'static str,
    /// The format of its ARNs after `arn:${Partition}:`, with `${Region}`, `${Account}`, and other variables. `~` at the
    /// start means the prefix of the service, region, and account.
    pub format: &'static str,
    /// Whether every call of the action needs a resource of this type.
    pub is_required: bool,
}

/// An action.
#[derive(Debug, Clone, Copy)]
pub struct Action {
    /// The prefix: `dynamodb`.
    pub prefix: &'static str,
    verb: &'static str,
    rest: &'static str,
    kind: &'static str,
    text: &'static str,
}

/// The service with a prefix.
pub fn service(prefix: &str) -> Option<Service> {
    let entry = TABLE.find(prefix)?;
    Some(Service {
        entry,
        text: TABLE.text(entry),
    })
}

/// The prefix that, without its hyphens, is this name: `acm-pca` for `acmpca`.
pub(super) fn prefix_without_hyphens(name: &str) -> Option<&'static str> {
    let is_it = |entry: &&Entry| {
        entry.name.len() > name.len() && entry.name.bytes().filter(|&b| b != b'-').eq(name.bytes())
    };
    TABLE.entries().iter().find(is_it).map(|entry| entry.name)
}

/// The action `prefix:name`, ignoring case.
pub fn action(prefix: &str, name: &str) -> Option<Action> {
    service(prefix)?.action(name)
}

impl Service {
    /// Its prefix.
    pub fn prefix(self) -> &'static str {
        self.entry.name
    }

    /// Its actions.
    pub fn actions(self) -> impl Iterator<Item = Action> {
        let (text, prefix) = (self.text, self.entry.name);
        let mut sections = text.split("\n\n").skip(1);
        let kinds = sections.next().unwrap_or_default();
        let names = sections.next().unwrap_or_default();
        kinds.lines().zip(names.lines()).flat_map(move |(kind, names)| {
            let groups = names.split(' ').filter_map(|group| group.split_once(':'));
            groups.flat_map(move |(verb, rests)| {
                rests.split(',').map(move |rest| Action {
                    prefix,
                    verb,
                    rest,
                    kind,
                    text,
                })
            })
        })
    }

    /// The action with this name, ignoring case.
    pub fn action(self, name: &str) -> Option<Action> {
        self.actions().find(|action| action.is_named(name))
    }
}

impl Action {
    /// Its name without the prefix: `GetItem`.
    pub fn name(&self) -> String {
        format!("{}{}", self.verb, self.rest)
    }

    /// `dynamodb:GetItem`.
    pub fn full_name(&self) -> String {
        format!("{}:{}{}", self.prefix, self.verb, self.rest)
    }

    fn is_named(&self, name: &str) -> bool {
        name.split_at_checked(self.verb.len())
            .is_some_and(|(verb, rest)| {
                verb.eq_ignore_ascii_case(self.verb) && rest.eq_ignore_ascii_case(self.rest)
            })
    }

    fn field(&self, number: usize) -> &'static str {
        self.kind.split('|').nth(number).unwrap_or_default()
    }

    /// What it does.
    pub fn level(&self) -> AccessLevel {
        match self.field(0) {
            "L" => AccessLevel::List,
            "R" => AccessLevel::Read,
            "T" => AccessLevel::Tagging,
            "P" => AccessLevel::Permissions,
            _ => AccessLevel::Write,
        }
    }

    /// The types of resources on which it is granted; none if it is granted on `*` only.
    pub fn resource_types(&self) -> impl Iterator<Item = ResourceType> + use<> {
        let lines = self.text.split("\n\n").next().unwrap_or_default();
        self.field(1).split_ascii_whitespace().filter_map(move |word| {
            let number = word.trim_end_matches('*');
            let line = lines.lines().nth(number.parse::<usize>().ok()? + 1)?;
            let (name, format) = line.split_once(' ')?;
            Some(ResourceType {
                name,
                format,
                is_required: number.len() < word.len(),
            })
        })
    }

    /// The condition keys that restrict it.
    pub fn condition_keys(&self) -> impl Iterator<Item = &'static str> + use<> {
        let keys = self.text.lines().next().unwrap_or_default();
        let numbers = self.field(2).split_ascii_whitespace();
        numbers.filter_map(move |number| keys.split_ascii_whitespace().nth(number.parse().ok()?))
    }

    /// The actions that a caller also needs in some cases: `iam:PassRole`.
    pub fn dependents(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.field(3).split_ascii_whitespace()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_complete_and_small() {
        assert!(include_bytes!("../data/iam.bin").len() <= 200_000);
        assert!(TABLE.is_sound());
        let services = TABLE.entries().iter().filter_map(|entry| service(entry.name));
        assert!(services.map(|service| service.actions().count()).sum::<usize>() >= 22_000);
    }

    #[test]
    fn actions_have_types_keys_and_dependents() {
        let query = action("dynamodb", "query").expect("in the table");
        assert_eq!(
            (query.full_name().as_str(), query.level()),
            ("dynamodb:Query", AccessLevel::Read)
        );
        let types: Vec<_> = query
            .resource_types()
            .map(|t| (t.name, t.format, t.is_required))
            .collect();
        assert_eq!(
            types,
            [
                ("index", "~table/${TableName}/index/${IndexName}", false),
                ("table", "~table/${TableName}", true)
            ]
        );
        assert!(query.condition_keys().any(|key| key == "dynamodb:LeadingKeys"));
        let run_task = action("ecs", "RunTask").expect("in the table");
        assert_eq!(run_task.dependents().collect::<Vec<_>>(), ["iam:PassRole"]);
        assert_eq!(
            action("xray", "PutTraceSegments")
                .expect("in the table")
                .resource_types()
                .count(),
            0
        );
        assert!(action("s3", "HeadObject").is_none() && action("nothing", "GetItem").is_none());
        assert_eq!(prefix_without_hyphens("acmpca"), Some("acm-pca"));
    }
}
