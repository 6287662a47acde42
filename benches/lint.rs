//! Linting a definition of about 1 MB, in the process, beside `serde_json` reading the same bytes.

use aslkit::asl::lower;
use aslkit::document::{self, Syntax};
use aslkit::lint::{self, Settings};
use aslkit::source::SourceFile;
use aslkit::spec::WorkflowType;
use std::sync::{Arc, LazyLock};

fn main() {
    divan::main();
}

/// Tasks with arguments, a retrier and a result path, in a row.
static TEXT: LazyLock<String> = LazyLock::new(|| {
    let mut text = String::from(r#"{"StartAt": "S0", "States": {"#);
    let mut n = 0;
    while text.len() < 1_000_000 {
        let note = "x".repeat(120);
        let state = format!(
            r#""S{n}": {{"Type": "Task", "Resource": "arn:aws:lambda:us-east-1:111122223333:function:F{n}", "Parameters": {{"id.$": "$.id", "note": "{note}", "k": {{"a": [1, 2, 3], "b.$": "$.b"}}}}, "Retry": [{{"ErrorEquals": ["States.TaskFailed"], "IntervalSeconds": 2, "MaxAttempts": 3, "BackoffRate": 2}}], "ResultPath": "$.r", "Next": "S{}"}}, "#,
            n + 1
        );
        text.push_str(&state);
        n += 1;
    }
    text.push_str(&["\"S", &n.to_string(), r#"": {"Type": "Succeed"}}}"#].concat());
    text
});

#[divan::bench]
fn serde_json_value(bencher: divan::Bencher) {
    let text = TEXT.as_str();
    bencher.bench(|| {
        serde_json::from_str::<serde_json::Value>(text)
            .map(|_| ())
            .is_ok()
    });
}

#[divan::bench]
fn read(bencher: divan::Bencher) {
    let source = Arc::new(SourceFile::new("big.asl.json", TEXT.as_str()));
    bencher.bench(|| document::read(Arc::clone(&source), Syntax::Json));
}

#[divan::bench]
fn lower(bencher: divan::Bencher) {
    let document = document::read(
        Arc::new(SourceFile::new("big.asl.json", TEXT.as_str())),
        Syntax::Json,
    );
    bencher.bench(|| lower::machine(&document.roots[0]));
}

#[divan::bench]
fn lint_whole(bencher: divan::Bencher) {
    let source = Arc::new(SourceFile::new("big.asl.json", TEXT.as_str()));
    let settings = Settings::default();
    bencher.bench(|| {
        let document = document::read(Arc::clone(&source), Syntax::Json);
        let machine = lower::machine(&document.roots[0]);
        lint::check(
            &document,
            &document.roots[0],
            &machine,
            WorkflowType::Standard,
            &settings,
        )
    });
}
