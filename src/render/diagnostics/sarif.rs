//! SARIF 2.1.0, which code-scanning services read.
//! Source: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/sarif-v2.1.0-os.html>; sections are named where used.

use super::line_index::{LineColumn, LineIndex};
use super::printer::Printer;
use super::report::{FileReport, Summary, with_slashes};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::render::rules::RuleInfo;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::io::{self, Write};

/// Paths are relative to the working directory, whose location is omitted (§3.14.14 allows it), so that a report is the
/// same on every machine.
const BASE: &str = "%SRCROOT%";

pub(super) struct Sarif<'a> {
    rules: &'a [RuleInfo],
    index: HashMap<&'static str, usize>,
    results: usize,
    /// The number of findings so far with the same identity, to distinguish equal findings.
    seen: HashMap<String, u32>,
}

impl<'a> Sarif<'a> {
    pub(super) fn new(rules: &'a [RuleInfo]) -> Self {
        let index = rules.iter().enumerate().map(|(i, rule)| (rule.name, i)).collect();
        Self {
            rules,
            index,
            results: 0,
            seen: HashMap::new(),
        }
    }

    fn result(&mut self, file: &FileReport, diagnostic: &Diagnostic, places: LineIndex<'_>) -> Value {
        let artifact = artifact(file.file_of(diagnostic).0);
        let mut result = Map::new();
        result.insert("ruleId".into(), diagnostic.rule.into());
        if let Some(&index) = self.index.get(diagnostic.rule) {
            result.insert("ruleIndex".into(), index.into());
        }
        result.insert("level".into(), level(diagnostic.severity).into());
        let text = match &diagnostic.help {
            Some(help) => format!("{}\n{help}", diagnostic.message),
            None => diagnostic.message.to_string(),
        };
        result.insert("message".into(), json!({ "text": text }));
        let (start, end) = places.ends(diagnostic.span);
        let mut location = json!({
            "physicalLocation": { "artifactLocation": artifact, "region": region(start, end) },
        });
        if !diagnostic.pointer.is_empty() {
            location["logicalLocations"] =
                json!([{ "fullyQualifiedName": diagnostic.pointer, "kind": "value" }]);
        }
        if !diagnostic.label.is_empty() {
            location["message"] = json!({ "text": diagnostic.label });
        }
        result.insert("locations".into(), json!([location]));
        result.insert(
            "partialFingerprints".into(),
            json!({ "aslPlace/v1": self.fingerprint(file, diagnostic) }),
        );
        let mut related = diagnostic.related.iter().chain(&diagnostic.similar).peekable();
        if related.peek().is_some() {
            let related = related.enumerate().map(|(id, label)| {
                let (start, end) = places.ends(label.span);
                json!({
                    "id": id,
                    "message": { "text": label.message },
                    "physicalLocation": { "artifactLocation": artifact, "region": region(start, end) },
                })
            });
            result.insert("relatedLocations".into(), related.collect());
        }
        // The standard does not allow a change without a replacement (§3.56.3).
        if let Some(fix) = diagnostic
            .fix
            .as_ref()
            .filter(|fix| fix.applicable().is_ok_and(|edits| !edits.is_empty()))
        {
            result.insert("fixes".into(), json!([fix_value(fix, &artifact, places)]));
        }
        result.into()
    }

    /// Identifies a finding even after lines have moved (§3.27.17): by rule, file, pointer, and, for findings with the same
    /// three, their order.
    fn fingerprint(&mut self, file: &FileReport, diagnostic: &Diagnostic) -> String {
        let key = [diagnostic.rule, file.file_of(diagnostic).0, &diagnostic.pointer].join("\0");
        let mut hash = Sha256::new();
        hash.update(&key);
        let times = self.seen.entry(key).or_default();
        hash.update(times.to_le_bytes());
        *times += 1;
        hash.finalize()
            .iter()
            .take(16)
            .fold(String::new(), |mut hex, byte| {
                // Writing into a String cannot fail.
                push_fmt!(hex, "{byte:02x}");
                hex
            })
    }
}

impl Printer for Sarif<'_> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let mut driver = json!({
            "name": "asl",
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": self.rules.iter().map(descriptor).collect::<Value>(),
        });
        let home = env!("CARGO_PKG_REPOSITORY");
        if !home.is_empty() {
            driver["informationUri"] = home.into();
        }
        let bases = json!({ BASE: { "description": { "text": "Working directory of asl" } } });
        write!(
            out,
            r#"{{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","#
        )?;
        write!(
            out,
            r#""runs":[{{"tool":{{"driver":{driver}}},"originalUriBaseIds":{bases},"#
        )?;
        // Columns are counted in code points (§3.14.17).
        write!(out, r#""columnKind":"unicodeCodePoints","results":["#)
    }

    fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        let here = LineIndex::new(&file.source);
        for diagnostic in &file.diagnostics {
            let result = match &diagnostic.source {
                None => self.result(file, diagnostic, here),
                Some(elsewhere) => self.result(file, diagnostic, LineIndex::new(elsewhere)),
            };
            out.write_all(if self.results == 0 { b"\n" } else { b",\n" })?;
            self.results += 1;
            serde_json::to_writer(&mut *out, &result)?;
        }
        Ok(())
    }

    fn end(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let closing = if self.results == 0 { "" } else { "\n" };
        writeln!(
            out,
            r#"{closing}],"invocations":[{{"executionSuccessful":true}}]}}]}}"#
        )
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

fn descriptor(rule: &RuleInfo) -> Value {
    let manual = rule.manual.trim();
    let manual = if manual.is_empty() { rule.summary } else { manual };
    let problem = match rule.severity {
        Severity::Info => "recommendation",
        severity => severity.as_str(),
    };
    let mut descriptor = json!({
        "id": rule.name,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.summary },
        "help": { "text": manual, "markdown": manual },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": ["step-functions", rule.family],
            "problem.severity": problem,
        },
    });
    if let Some(code) = rule.aws_code {
        descriptor["properties"]["awsCode"] = code.into();
    }
    descriptor
}

fn region(start: LineColumn, end: LineColumn) -> Value {
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "byteOffset": start.offset,
        "byteLength": end.offset - start.offset,
    })
}

fn fix_value(fix: &Fix, artifact: &Value, places: LineIndex<'_>) -> Value {
    let replacements = fix.edits.iter().map(|edit| {
        let (start, end) = places.ends(edit.span);
        json!({ "deletedRegion": region(start, end), "insertedContent": { "text": edit.replacement } })
    });
    json!({
        "description": { "text": fix.title },
        "artifactChanges": [{
            "artifactLocation": artifact,
            "replacements": replacements.collect::<Value>(),
        }],
    })
}

/// A path as an `artifactLocation` (§3.4): relative to [`BASE`], or a `file:` URI if it is absolute.
fn artifact(path: &str) -> Value {
    let path = with_slashes(path);
    if let Some((drive, rest)) = path.split_once(":/")
        && drive.len() == 1
        && cfg!(windows)
    {
        return json!({ "uri": format!("file:///{drive}:/{}", encoded(rest)) });
    }
    if path.starts_with('/') {
        return json!({ "uri": format!("file://{}", encoded(&path)) });
    }
    json!({ "uri": encoded(path.strip_prefix("./").unwrap_or(&path)), "uriBaseId": BASE })
}

/// Percent-encoded, except for the unreserved characters of RFC 3986 and the slash.
fn encoded(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            push_fmt!(uri, "%{byte:02X}");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_paths_to_uris() {
        let uri = |path| artifact(path)["uri"].clone();
        assert_eq!(uri("./a b/ü.json"), "a%20b/%C3%BC.json");
        assert_eq!(uri("a:b%.json"), "a%3Ab%25.json");
        assert_eq!(uri("/tmp/x.json"), "file:///tmp/x.json");
        assert_eq!(uri("<stdin>"), "%3Cstdin%3E");
    }
}
