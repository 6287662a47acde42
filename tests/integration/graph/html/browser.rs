//! The page in a browser, where there is one.

use super::{document, page};
use aslkit::document::Document;
use aslkit::render::graph::Format;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Chromium on PATH, under any of its names.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let names = ["chromium", "chromium-browser", "google-chrome"];
    std::env::split_paths(&path)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|file| file.is_file() && starts(file))
}

/// Whether it is a browser and not what asks for one to be installed.
fn starts(browser: &Path) -> bool {
    let out = Command::new(browser).arg("--version").output();
    out.is_ok_and(|out| out.status.success())
}

/// What `browser.js` says of a page in a window of a width; nothing where there is no browser.
fn verdict(name: &str, page: &str, width: u32) -> Option<String> {
    let early = "<head><script>window.errors=[];addEventListener('error',e=>errors.push(e.message))</script>";
    let late = format!(
        "<script>\n{}{}</script></body>",
        include_str!("picture.js"),
        include_str!("browser.js")
    );
    let page = page.replacen("<head>", early, 1).replacen("</body>", &late, 1);
    shown(name, "page.html", &page, width, &[])
}

/// What `picture.js` says of a picture that stands alone.
fn verdict_of_picture(name: &str, svg: &str, flags: &[&str]) -> Option<String> {
    let script = include_str!("picture.js");
    let verdict =
        "document.documentElement.dataset.verdict = faultsOf(document.documentElement).join('; ') || 'good';";
    let script = format!("<script><![CDATA[\n{script}{verdict}]]></script></svg>");
    let (picture, _) = svg.rsplit_once("</svg>").unwrap();
    shown(name, "picture.svg", &format!("{picture}{script}"), 1600, flags)
}

/// The verdict that a script of a file comes to in a window of a width.
fn shown(name: &str, file: &str, text: &str, width: u32, flags: &[&str]) -> Option<String> {
    let Some(browser) = browser() else {
        println!("skipped: no Chromium on PATH");
        return None;
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("page-{name}-{width}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("profile")).unwrap();
    let file = folder.join(file);
    fs::write(&file, text).unwrap();
    let out = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .args(["--disable-dev-shm-usage", "--force-prefers-reduced-motion"])
        .arg(format!("--window-size={width},900"))
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .args(flags)
        .arg("--dump-dom")
        .arg(format!("file://{}", file.display()))
        .stderr(Stdio::null())
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&out.stdout);
    let verdict = dom
        .split_once("data-verdict=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or("the page came to no end", |(verdict, _)| verdict);
    let verdict = verdict.to_owned();
    let _ = fs::remove_dir_all(&folder);
    Some(verdict)
}

fn check(name: &str, page: &str) {
    for width in [1600, 400] {
        if let Some(verdict) = verdict(name, page, width) {
            assert_eq!(verdict, "good", "{name} at {width}");
        }
    }
}

#[test]
fn a_page_can_be_used_by_keys_and_mouse() {
    let text = include_str!("../../../../fixtures/graph/new.asl.yaml");
    check("small", &page(&document("new.asl.yaml", text)));
}

#[test]
fn a_page_of_hostile_names_can_be_used() {
    let names = [
        "</script><script>throw 1</script>",
        "\u{202e}right to left",
        "ünï \u{1f980} 日本語日本語日本語日本語日本語日本語",
        "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
        "a\nb\tc\u{0}\"'&amp;<b>",
    ];
    let states: serde_json::Map<String, serde_json::Value> = names
        .iter()
        .enumerate()
        .map(|(i, name)| {
            let state = match names.get(i + 1) {
                Some(next) => json!({
                    "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": next,
                    "Catch": [{ "ErrorEquals": ["</title>"], "Next": names[names.len() - 1] }],
                }),
                None => json!({ "Type": "Succeed" }),
            };
            ((*name).to_owned(), state)
        })
        .collect();
    let text = json!({ "StartAt": names[0], "States": states }).to_string();
    check("hostile", &page(&document("hostile.asl.json", &text)));
}

/// A hundred states: loops, jumps over several, branches, and a Catch of every task.
fn hundred_states() -> Document {
    let state = |i: usize| {
        let step = |to: usize| format!("Step {}", to.min(99));
        let next = step(i + 1);
        match i % 10 {
            _ if i == 99 => json!({ "Type": "Succeed" }),
            3 => json!({ "Type": "Choice", "Default": next, "Choices": [
                { "Variable": "$.kind", "StringEquals": "express", "Next": step(i + 4) },
                { "Variable": "$.amount", "NumericGreaterThan": 1000, "Next": step(i - 2) },
            ] }),
            6 => json!({ "Type": "Wait", "Seconds": 30, "Next": next }),
            8 => json!({ "Type": "Parallel", "Next": next, "Branches": [
                { "StartAt": format!("A{i}"), "States": { format!("A{i}"): { "Type": "Pass", "End": true } } },
                { "StartAt": format!("B{i}"), "States": { format!("B{i}"): { "Type": "Pass", "End": true } } },
            ] }),
            _ => json!({ "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Next": next,
                "Retry": [{ "ErrorEquals": ["States.TaskFailed"] }],
                "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Failed" }] }),
        }
    };
    let mut states: serde_json::Map<_, _> = (0..100).map(|i| (format!("Step {i}"), state(i))).collect();
    states.insert("Failed".to_owned(), json!({ "Type": "Fail" }));
    let text = json!({ "StartAt": "Step 0", "States": states }).to_string();
    document("hundred.asl.json", &text)
}

#[test]
fn a_page_of_a_hundred_states_can_be_used() {
    check("hundred", &page(&hundred_states()));
}

#[test]
fn an_svg_works_on_light_and_dark_pages() {
    let dark = "--blink-settings=preferredColorScheme=0";
    for (name, flags) in [("light", &[] as &[&str]), ("dark", &[dark])] {
        let svg = super::drawn(&hundred_states(), Format::Svg);
        if let Some(verdict) = verdict_of_picture(&format!("svg-{name}"), &svg, flags) {
            assert_eq!(verdict, "good", "{name}");
        }
    }
}

#[test]
fn an_execution_can_be_stepped_through() {
    let out = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args([
            "graph",
            "fixtures/graph/new.asl.yaml",
            "--history",
            "fixtures/graph/history.json",
        ])
        .args(["--lint", "--format", "html"])
        .output()
        .unwrap();
    assert!(out.status.success());
    let page = String::from_utf8(out.stdout).unwrap();
    assert!(super::data(&page)["visits"].as_array().unwrap().len() > 3);
    check("execution", &page);
}

/// A loop of 1,100 rounds, a Map over 600 items, and a task that fails in the end.
fn long_execution() -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("page-long");
    fs::create_dir_all(&folder).unwrap();
    let definition = r#"{"StartAt": "Count", "QueryLanguage": "JSONata", "States": {
        "Count": {"Type": "Pass", "Assign": {"n": "{% $exists($n) ? $n + 1 : 1 %}"}, "Next": "More?"},
        "More?": {"Type": "Choice", "Choices": [{"Condition": "{% $n < 1100 %}", "Next": "Count"}], "Default": "Each"},
        "Each": {"Type": "Map", "Items": "{% [1..600] %}", "Next": "Last", "ItemProcessor": {"StartAt": "Charge", "States": {
            "Charge": {"Type": "Pass", "Next": "Note"}, "Note": {"Type": "Pass", "End": true}}}},
        "Last": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke",
            "Arguments": {"FunctionName": "last"}, "End": true}}}"#;
    let mocks =
        r#"{"version": 1, "states": {"Last": {"throw": {"error": "Broken", "cause": "<img src=x>"}}}}"#;
    let [machine, mocked, report] = ["long.asl.json", "mocks.json", "report.html"].map(|n| folder.join(n));
    fs::write(&machine, definition).unwrap();
    fs::write(&mocked, mocks).unwrap();
    let out = Command::new(env!("CARGO_BIN_EXE_asl"))
        .arg("simulate")
        .arg(&machine)
        .args(["--format", "json", "--mocks"])
        .arg(&mocked)
        .arg("--report")
        .arg(&report)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert_eq!(
        out.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    let page = fs::read_to_string(&report).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    page
}

#[test]
fn a_page_shows_the_beginning_and_end_of_a_long_execution() {
    let page = long_execution();
    let data = super::data(&page);
    let visits = data["visits"].as_array().unwrap();
    assert_eq!(data["entered"], 2 * 1_100 + 1 + 2 * 600 + 1);
    assert!(visits.len() > 1_900 && visits.len() <= 2_002, "{}", visits.len());
    let last = visits.last().unwrap();
    assert_eq!(
        (&last["number"], &last["is_end"]),
        (&data["entered"], &true.into())
    );
    assert_eq!(last["failure"]["error"], "Broken");
    assert!(visits.iter().any(|visit| visit["iteration"] == 599));
    // What is left out between is counted where it is left out.
    let left_out = |visit: &serde_json::Value| {
        ["skipped", "more"]
            .map(|n| visit[n].as_u64().unwrap_or(0))
            .iter()
            .sum::<u64>()
    };
    let left_out: u64 = visits.iter().map(left_out).sum();
    assert_eq!(data["entered"], left_out + visits.len() as u64);
    assert!(page.len() < 600_000, "{}", page.len());
    if let Some(verdict) = verdict("long", &page, 1600) {
        assert_eq!(verdict, "good");
    }
}
