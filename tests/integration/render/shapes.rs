//! What programs rely on: asl's schema, SARIF's constraints, AWS's rules for an answer.

use super::{UNICODE, print, sample};
use aslkit::diagnostic::{AwsDiagnostic, Diagnostic, Severity};
use aslkit::render::diagnostics::{Format, Settings};
use aslkit::source::Span;
use serde_json::Value;

fn parsed(format: Format) -> Value {
    serde_json::from_str(&print(format, &sample::report(), &UNICODE)).unwrap()
}

#[test]
fn json_conforms_to_its_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../../schemas/lint.schema.json")).unwrap();
    let validator = jsonschema::draft202012::options().build(&schema).unwrap();
    let errors = |value: &Value| -> Vec<String> {
        validator
            .iter_errors(value)
            .map(|e| format!("{}: {e}", e.instance_path()))
            .collect()
    };
    let mut report = parsed(Format::Json);
    assert_eq!(errors(&report), Vec::<String>::new());
    let empty = serde_json::from_str(&print(Format::Json, &[], &UNICODE)).unwrap();
    assert_eq!(errors(&empty), Vec::<String>::new());
    report["files"][0]["diagnostics"][0]["location"]["start"]["line"] = 0.into();
    assert_eq!(errors(&report).len(), 1);
}

#[test]
fn json_locations_agree_with_the_text() {
    let report = parsed(Format::Json);
    let finding = &report["files"][0]["diagnostics"][1];
    assert_eq!(
        finding["location"]["start"],
        serde_json::json!({ "line": 4, "column": 40, "offset": 77 })
    );
    assert_eq!(finding["location"]["end"]["offset"], 85);
    assert!(finding["location"].get("path").is_none());
    assert_eq!(
        report["files"][5]["diagnostics"][0]["location"]["path"],
        "machines/first.asl.json"
    );
    assert_eq!(report["summary"]["files"], 7);
}

#[test]
fn sarif_conforms_to_the_standard() {
    let log = parsed(Format::Sarif);
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    assert!(run["tool"]["driver"]["name"].is_string());
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in rules {
        assert!(rule["id"].is_string() && rule["shortDescription"]["text"].is_string());
        assert!(!rule["help"]["text"].as_str().unwrap().is_empty());
        level(&rule["defaultConfiguration"]["level"]);
    }
    let results = run["results"].as_array().unwrap();
    let found: usize = sample::report().iter().map(|file| file.diagnostics.len()).sum();
    assert_eq!(results.len(), found);
    let mut fingerprints = std::collections::HashSet::new();
    for result in results {
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        level(&result["level"]);
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert_eq!(result["locations"].as_array().unwrap().len(), 1);
        let places = [&result["locations"], &result["relatedLocations"]];
        for location in places.into_iter().filter_map(Value::as_array).flatten() {
            let place = &location["physicalLocation"];
            uri(&place["artifactLocation"], run);
            region(&place["region"]);
        }
        for fix in result["fixes"].as_array().into_iter().flatten() {
            for change in fix["artifactChanges"].as_array().unwrap() {
                uri(&change["artifactLocation"], run);
                let replacements = change["replacements"].as_array().unwrap();
                assert!(!replacements.is_empty());
                for replacement in replacements {
                    region(&replacement["deletedRegion"]);
                    assert!(replacement["insertedContent"]["text"].is_string());
                }
            }
        }
        let print = result["partialFingerprints"]["aslPlace/v1"].as_str().unwrap();
        assert!(fingerprints.insert(print.to_owned()), "{print} twice");
    }
}

fn level(level: &Value) {
    assert!(["none", "note", "warning", "error"].contains(&level.as_str().unwrap()));
}

/// §3.30: lines and columns from 1, offsets from 0, the end not before the start.
fn region(region: &Value) {
    let number = |key: &str| region[key].as_u64().unwrap();
    assert!(number("startLine") >= 1 && number("startColumn") >= 1, "{region}");
    let (start, end) = (
        ["startLine", "startColumn"].map(number),
        ["endLine", "endColumn"].map(number),
    );
    assert!(start <= end, "{region}");
    let _ = (number("byteOffset"), number("byteLength"));
}

/// §3.4: a URI reference of RFC 3986, relative to a base that the run declares.
fn uri(artifact: &Value, run: &Value) {
    let uri = artifact["uri"].as_str().unwrap();
    assert!(
        uri.bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~/%".contains(&b)),
        "{uri}"
    );
    assert!(run["originalUriBaseIds"][artifact["uriBaseId"].as_str().unwrap()].is_object());
}

#[test]
fn fingerprints_do_not_depend_on_line_numbers() {
    let at = |text: &str| {
        let place = sample::span(text, "1");
        let file = sample::file(
            "a.json",
            text,
            vec![Diagnostic::new("odd-name", Severity::Info, "m", place)],
        );
        let log: Value = serde_json::from_str(&print(Format::Sarif, &[file], &UNICODE)).unwrap();
        log["runs"][0]["results"][0]["partialFingerprints"].clone()
    };
    assert_eq!(at("[1]"), at("\n\n[\n  1\n]"));
}

/// An answer over findings with these codes of AWS's: (result, how many are listed, truncated).
fn answer(codes: &[&'static str], aws_warnings: bool) -> (String, usize, bool) {
    let diagnostics = codes.iter().map(|code| Diagnostic {
        aws: Some(AwsDiagnostic {
            code,
            severity: if code.starts_with("NO_") || *code == "PASS_RESULT_IS_STATIC" {
                Severity::Warning
            } else {
                Severity::Error
            },
            message: "m".into(),
            location: None,
        }),
        ..Diagnostic::new("odd-name", Severity::Info, "ours", Span::default())
    });
    let ours = Diagnostic::new(
        "odd-name",
        Severity::Error,
        "AWS does not know this",
        Span::default(),
    );
    let file = sample::file("a.json", "{}", diagnostics.chain([ours]).collect());
    let settings = Settings {
        style: &UNICODE,
        rules: &[],
        aws_warnings,
        lists_all_advice: true,
    };
    let mut out = Vec::new();
    Format::Aws.write(&[file], settings, &mut out).unwrap();
    let answer: Value = serde_json::from_slice(&out).unwrap();
    let listed = answer["diagnostics"].as_array().unwrap().len();
    (
        answer["result"].as_str().unwrap().to_owned(),
        listed,
        answer["truncated"].as_bool().unwrap(),
    )
}

#[test]
fn aws_refuses_for_errors_only() {
    assert_eq!(answer(&[], true), ("OK".into(), 0, false));
    assert_eq!(
        answer(&["NO_DOLLAR", "NO_PATH", "PASS_RESULT_IS_STATIC"], true),
        ("OK".into(), 3, false)
    );
    assert_eq!(
        answer(&["NO_DOLLAR", "MISSING_END_STATE"], true),
        ("FAIL".into(), 2, false)
    );
}

#[test]
fn aws_lists_warnings_only_when_asked() {
    assert_eq!(
        answer(&["NO_DOLLAR", "MISSING_END_STATE"], false),
        ("FAIL".into(), 1, false)
    );
}

#[test]
fn aws_lists_a_hundred() {
    assert_eq!(
        answer(&["MISSING_END_STATE"; 100], false),
        ("FAIL".into(), 100, false)
    );
    assert_eq!(
        answer(&["MISSING_END_STATE"; 101], false),
        ("FAIL".into(), 100, true)
    );
}
