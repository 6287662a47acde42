//! Reading and linting never panic, whatever the text, and every finding lies inside it.
//!
//! `PROPTEST_CASES=200000 cargo test hostile` runs for as long as one likes.

mod growth;

use crate::fixing::{CHANGED, Subject};
use crate::fuzz::targets::lint_text;
use aslkit::document::Syntax;
use proptest::prelude::*;
use std::path::Path;
use std::sync::LazyLock;

/// Every definition of the fixtures, broken ones included, that is UTF-8.
static SEEDS: LazyLock<Vec<(Syntax, String)>> = LazyLock::new(|| {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut folders = vec![fixtures];
    let mut seeds = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if let (Some(syntax), Ok(text)) =
                (Syntax::from_path(&path), std::fs::read_to_string(&path))
            {
                seeds.push((syntax, text));
            }
        }
    }
    seeds.sort_by(|a, b| a.1.cmp(&b.1));
    seeds
});

/// Pieces that mean something to one of the parsers.
const PIECES: [&str; 40] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "\\",
    "\n",
    "\t",
    " ",
    "- ",
    "|",
    ">",
    "&a",
    "*a",
    "!Ref ",
    "#",
    "'",
    "null",
    "true",
    "1e999",
    "-0",
    "$",
    "$$.",
    ".$",
    "${X}",
    "{% ",
    " %}",
    "States.Format('{}', $.a)",
    "$states.result",
    "..",
    "[?(@.a>1)]",
    "\"Type\"",
    "\"Next\"",
    "\"Map\"",
    "\"QueryLanguage\": \"JSONata\"",
    "\u{0}",
    "é",
    "\u{1F600}",
];

/// A change of a text: where, of a thousand, and what.
#[derive(Debug, Clone)]
enum Change {
    Insert(u16, usize),
    Delete(u16, u8),
    Copy(u16, u16, u8),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..1000u16, 0..PIECES.len()).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (0..1000u16, any::<u8>()).prop_map(|(at, n)| Change::Delete(at, n)),
        (0..1000u16, 0..1000u16, any::<u8>()).prop_map(|(from, to, n)| Change::Copy(from, to, n)),
    ]
}

fn apply(text: &mut String, change: &Change) {
    let at = |text: &str, thousandth: u16| {
        let mut i = text.len() * usize::from(thousandth) / 1000;
        while !text.is_char_boundary(i) {
            i -= 1;
        }
        i
    };
    let after = |text: &str, start: usize, n: u8| {
        text[start..]
            .char_indices()
            .nth(usize::from(n))
            .map_or(text.len(), |(i, _)| start + i)
    };
    match *change {
        Change::Insert(place, piece) => text.insert_str(at(text, place), PIECES[piece]),
        Change::Delete(place, n) => {
            let start = at(text, place);
            text.replace_range(start..after(text, start, n), "");
        }
        Change::Copy(from, to, n) => {
            let start = at(text, from);
            let copied = text[start..after(text, start, n)].to_owned();
            text.insert_str(at(text, to), &copied);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_definitions_are_linted(seed in any::<prop::sample::Index>(), changes in prop::collection::vec(change(), 0..8)) {
        let (syntax, seed) = seed.get(&SEEDS);
        let mut text = seed.clone();
        for change in &changes {
            apply(&mut text, change);
        }
        lint_text(*syntax, &text);
    }

    #[test]
    fn changed_definitions_are_fixed(seed in any::<prop::sample::Index>(), changes in prop::collection::vec(change(), 0..5)) {
        let (syntax, seed) = seed.get(&SEEDS);
        // A large file takes long to check in each of many passes.
        prop_assume!(seed.len() < 20_000);
        let mut text = seed.clone();
        for change in &changes {
            apply(&mut text, change);
        }
        Subject::new(CHANGED, &text, *syntax).assert_that_fixes_keep_it_readable();
    }

    #[test]
    fn any_text_is_linted(text in "\\PC{0,200}", yaml in any::<bool>()) {
        lint_text(if yaml { Syntax::Yaml } else { Syntax::Json }, &text);
    }
}
