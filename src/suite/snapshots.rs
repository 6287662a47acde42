//! The file of a suite's snapshots.

use crate::value::Value;
use std::collections::BTreeMap;

/// What starts the line with the name of a case.
const MARK: &str = "=== ";

/// The snapshots of a suite by case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshots(BTreeMap<String, String>);

impl Snapshots {
    /// Reads a file of snapshots.
    pub fn parse(text: &str) -> Self {
        let mut snapshots = BTreeMap::new();
        let mut current: Option<(String, String)> = None;
        for line in text.lines() {
            if let Some(name) = line.strip_prefix(MARK) {
                snapshots.extend(current.take());
                current = Some((unquoted(name), String::new()));
            } else if let Some((_, text)) = &mut current {
                text.push_str(line);
                text.push('\n');
            }
        }
        snapshots.extend(current);
        // An empty line separates the snapshots.
        for text in snapshots.values_mut() {
            text.truncate(text.trim_end_matches('\n').len());
            text.push('\n');
        }
        Self(snapshots)
    }

    /// The file.
    pub fn to_text(&self) -> String {
        let mut text =
            String::from("# Snapshots of a suite; `asl test --update-snapshots` rewrites this file.\n");
        for (name, snapshot) in &self.0 {
            push_fmt!(text, "\n{MARK}{}\n{snapshot}", quoted(name));
        }
        text
    }

    /// The snapshot of a case.
    pub fn get(&self, case: &str) -> Option<&str> {
        self.0.get(case).map(String::as_str)
    }

    /// Sets the snapshot of a case.
    pub fn set(&mut self, case: &str, snapshot: String) {
        self.0.insert(case.to_owned(), snapshot);
    }

    /// Deletes the snapshots that `is_owned` refuses.
    pub fn retain(&mut self, is_owned: impl Fn(&str) -> bool) {
        self.0.retain(|case, _| is_owned(case));
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

fn quoted(name: &str) -> String {
    if name.contains(|c: char| c.is_control()) || name.starts_with('"') || name.trim() != name {
        return Value::from(name).to_json();
    }
    name.to_owned()
}

fn unquoted(name: &str) -> String {
    let parsed = Some(name).filter(|name| name.starts_with('"')).map(Value::parse);
    match parsed {
        Some(Ok(Value::String(text))) => text.to_string(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_are_read_as_they_were_written() {
        let mut snapshots = Snapshots::default();
        snapshots.set("two\nlines", "status: FAILED\n".to_owned());
        snapshots.set(
            "a case",
            "status: SUCCEEDED\noutput: {\n  \"a\": 1\n}\n".to_owned(),
        );
        let text = snapshots.to_text();
        assert_eq!(Snapshots::parse(&text), snapshots, "{text}");
    }
}
