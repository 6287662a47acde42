//! JSON text to a tree: one pass, no recursion, and past as many faults as can be mended.
//!
//! A text within the grammar takes the short paths of this file; whatever is not goes to `recover`, which reports
//! it and puts the reader into a state it can go on from. Every step moves on in the text or pops a frame, and looks
//! ahead a bounded way, so that the time is linear whatever the text.

mod brackets;
mod quotes;
mod recover;
mod scan;
mod words;

use super::{Fault, FaultKind, MAX_DEPTH, Member, Node, NodeKind, Text, duplicates};
use crate::source::{SourceFile, Span, to_offset};

/// How many faults of a file are listed; further ones are mended silently.
const MAX_FAULTS: usize = 50;

/// Reads JSON; `loose` takes what JSON5 adds to it.
pub(super) fn read(source: &SourceFile, loose: bool) -> (Vec<Node>, Vec<Fault>) {
    let mut reader = Reader::new(source, loose);
    let roots = reader.document();
    let mut faults = reader.faults;
    faults.sort_by_key(|f| f.span.start);
    (roots, faults)
}

/// What the grammar asks for next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Root,
    AfterRoot,
    /// After `[`.
    FirstItem,
    /// After a comma.
    Item,
    AfterItem,
    /// After `{`.
    FirstKey,
    /// After a comma.
    Key,
    Colon,
    Value,
    AfterMember,
    /// Nothing: the rest of the text is not looked at.
    Nothing,
}

/// An array or object whose end was not met yet.
struct Frame {
    open: usize,
    is_object: bool,
    /// Where its children begin in the reader's `items` or `members`.
    first: usize,
    /// The key whose value is being read; `None` where the value belongs to no key and is dropped.
    key: Option<(Text, Span)>,
}

struct Reader<'t> {
    source: &'t SourceFile,
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    loose: bool,
    expect: Expect,
    frames: Vec<Frame>,
    /// How many of `frames` are objects.
    objects: usize,
    /// Items of all open arrays, the innermost's last.
    items: Vec<Node>,
    /// Members of all open objects, the innermost's last.
    members: Vec<Member>,
    root: Option<Node>,
    faults: Vec<Fault>,
    /// Where the last token that was taken begins and ends.
    last: Span,
    /// Tokens taken since the reader was last at a loss.
    steady: u32,
}

impl<'t> Reader<'t> {
    fn new(source: &'t SourceFile, loose: bool) -> Self {
        let text = source.text();
        Self {
            source,
            text,
            bytes: text.as_bytes(),
            at: if text.starts_with('\u{feff}') { 3 } else { 0 },
            loose,
            expect: Expect::Root,
            frames: Vec::new(),
            objects: 0,
            items: Vec::new(),
            members: Vec::new(),
            root: None,
            faults: Vec::new(),
            last: Span::default(),
            steady: u32::MAX / 2,
        }
    }

    fn document(&mut self) -> Vec<Node> {
        while self.expect != Expect::Nothing {
            self.skip_blanks();
            let Some(&byte) = self.bytes.get(self.at) else {
                self.end_of_text();
                break;
            };
            self.token(byte);
        }
        self.root.take().into_iter().collect()
    }

    fn skip_blanks(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    fn token(&mut self, byte: u8) {
        match (self.expect, byte) {
            (Expect::AfterItem, b',') => self.punctuation(Expect::Item),
            (Expect::AfterMember, b',') => self.punctuation(Expect::Key),
            (Expect::Colon, b':') => self.punctuation(Expect::Value),
            (Expect::AfterMember | Expect::FirstKey, b'}') if self.in_object() => self.close(),
            (Expect::AfterItem | Expect::FirstItem, b']') if self.in_array() => self.close(),
            (Expect::FirstKey | Expect::Key, b'"') => {
                let (text, span) = self.string(b'"');
                self.take_key(text, span);
            }
            (Expect::Root | Expect::FirstItem | Expect::Item | Expect::Value, b'"') => {
                let (text, span) = self.string(b'"');
                self.place(Node::new(NodeKind::String(text), span));
            }
            (Expect::Root | Expect::FirstItem | Expect::Item | Expect::Value, b'{' | b'[') => {
                self.open(byte == b'{');
            }
            (
                Expect::Root | Expect::FirstItem | Expect::Item | Expect::Value,
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'-' | b'+' | b'.' | b'_' | b'$',
            ) => self.word_value(),
            _ => self.unexpected(byte),
        }
    }

    fn in_object(&self) -> bool {
        self.frames.last().is_some_and(|f| f.is_object)
    }

    fn in_array(&self) -> bool {
        self.frames.last().is_some_and(|f| !f.is_object)
    }

    /// Takes one byte of punctuation.
    fn punctuation(&mut self, next: Expect) {
        self.take(Span::new(to_offset(self.at), to_offset(self.at + 1)));
        self.at += 1;
        self.expect = next;
    }

    /// Notes that a token was taken.
    const fn take(&mut self, span: Span) {
        self.last = span;
        self.steady = self.steady.saturating_add(1);
    }

    fn take_key(&mut self, text: Text, span: Span) {
        self.take(span);
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some((text, span));
        }
        self.expect = Expect::Colon;
    }

    fn open(&mut self, is_object: bool) {
        let span = Span::new(to_offset(self.at), to_offset(self.at + 1));
        if self.frames.len() == MAX_DEPTH {
            self.faults.push(super::too_deep(span));
            self.root = None;
            self.expect = Expect::Nothing;
            return;
        }
        self.take(span);
        self.frames.push(Frame {
            open: self.at,
            is_object,
            first: if is_object {
                self.members.len()
            } else {
                self.items.len()
            },
            key: None,
        });
        self.objects += usize::from(is_object);
        self.at += 1;
        self.expect = if is_object {
            Expect::FirstKey
        } else {
            Expect::FirstItem
        };
    }

    /// Closes the innermost frame by the byte at hand.
    fn close(&mut self) {
        self.take(Span::new(to_offset(self.at), to_offset(self.at + 1)));
        self.at += 1;
        self.close_at(self.at);
    }

    /// Closes the innermost frame, whose span then ends at `end`.
    fn close_at(&mut self, end: usize) {
        let Some(frame) = self.frames.pop() else { return };
        let kind = if frame.is_object {
            self.objects -= 1;
            let members: Vec<Member> = self.members.drain(frame.first..).collect();
            duplicates::report(&members, &mut self.faults);
            NodeKind::Object(members)
        } else {
            NodeKind::Array(self.items.drain(frame.first..).collect())
        };
        let span = Span::new(to_offset(frame.open), to_offset(end));
        let last = self.last;
        self.place(Node::new(kind, span));
        self.last = last;
    }

    /// Puts a value where it belongs.
    fn place(&mut self, node: Node) {
        self.take(node.span);
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            self.expect = Expect::AfterRoot;
            return;
        };
        if !frame.is_object {
            self.items.push(node);
            self.expect = Expect::AfterItem;
            return;
        }
        if let Some((key, key_span)) = frame.key.take() {
            self.members.push(Member {
                key,
                key_span,
                value: node,
            });
        }
        self.expect = Expect::AfterMember;
    }

    /// Reports a fault that is mended exactly, so that nothing after it is in doubt.
    fn mend(&mut self, start: usize, end: usize, message: impl Into<String>, help: impl Into<String>) {
        if self.is_full() {
            return;
        }
        self.faults.push(Fault {
            kind: FaultKind::Syntax,
            span: Span::new(to_offset(start), to_offset(end)),
            message: message.into(),
            help: Some(help.into()),
            first: None,
        });
    }

    /// Reports a fault after which the reader guesses; what it meets soon after is most likely the same fault.
    fn lose(&mut self, start: usize, end: usize, message: impl Into<String>, help: impl Into<String>) {
        if self.steady > 3 {
            self.mend(start, end, message, help);
        }
        self.steady = 0;
    }

    /// Whether enough faults are listed; then nothing is looked ahead for any more.
    fn is_full(&self) -> bool {
        self.faults.len() >= MAX_FAULTS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    fn file(text: &str) -> SourceFile {
        SourceFile::new("a.json", text)
    }

    /// The tree as JSON; what is unknown as `?`.
    fn print(node: &Node, out: &mut String) {
        match &node.kind {
            NodeKind::Null => out.push_str("null"),
            NodeKind::Bool(b) => write!(out, "{b}").unwrap(),
            NodeKind::Number(n) => out.push_str(n),
            NodeKind::String(t) => write!(out, "{:?}", t.as_str()).unwrap(),
            NodeKind::Array(items) => {
                out.push('[');
                for (i, item) in items.iter().enumerate() {
                    out.push_str(if i == 0 { "" } else { "," });
                    print(item, out);
                }
                out.push(']');
            }
            NodeKind::Object(members) => {
                out.push('{');
                for (i, m) in members.iter().enumerate() {
                    write!(out, "{}{:?}:", if i == 0 { "" } else { "," }, m.key.as_str()).unwrap();
                    print(&m.value, out);
                }
                out.push('}');
            }
            NodeKind::Unknown | NodeKind::Tagged(_) => out.push('?'),
        }
    }

    fn tree_of(text: &str, loose: bool) -> String {
        let mut out = String::new();
        for root in read(&file(text), loose).0 {
            print(&root, &mut out);
        }
        out
    }

    /// The tree, and each fault as `start..end message`.
    fn recovered(text: &str) -> (String, Vec<String>) {
        let faults = read(&file(text), false).1;
        let show = |f: &Fault| format!("{}..{} {}", f.span.start, f.span.end, f.message);
        (tree_of(text, false), faults.iter().map(show).collect())
    }

    #[track_caller]
    fn mends(text: &str, tree: &str, faults: &[&str]) {
        let (t, f) = recovered(text);
        assert_eq!(
            (t.as_str(), f),
            (tree, faults.iter().map(ToString::to_string).collect()),
            "{text}"
        );
    }

    #[test]
    fn json_is_read_as_it_stands() {
        for text in [
            "null",
            "true",
            "-0",
            "1.50e+3",
            "\"\"",
            "[]",
            "{}",
            r#"{"a":[1,{"b":"é"},[]],"c":{}}"#,
        ] {
            mends(text, text, &[]);
        }
        mends("\u{feff} {\r\n \"a\" : 1 } \n", r#"{"a":1}"#, &[]);
    }

    #[test]
    fn bare_placeholders_are_unknown_values() {
        mends(
            r#"{"a": ${Name}, "b": [${A}1, 2${B}.5, "${C}"]}"#,
            r#"{"a":?,"b":[?,?,"${C}"]}"#,
            &[],
        );
        mends(r#"{"a": ${jsonencode({"x": "}"})}}"#, r#"{"a":?}"#, &[]);
    }

    #[test]
    fn faults_of_punctuation_are_mended_in_place() {
        mends(
            "[1,2,]",
            "[1,2]",
            &["4..5 A comma stands after the last one of a list"],
        );
        mends(
            r#"{"a":1,}"#,
            r#"{"a":1}"#,
            &["6..7 A comma stands after the last one of a list"],
        );
        mends("[1 2]", "[1,2]", &["2..2 A comma is missing between two items"]);
        mends(
            "{\"a\":1\n\"b\":2}",
            r#"{"a":1,"b":2}"#,
            &["6..6 A comma is missing between two members"],
        );
        mends("[1,,2]", "[1,2]", &["3..4 There is a comma too many"]);
        mends(
            r#"{"a" 1, "b": 2}"#,
            r#"{"a":1,"b":2}"#,
            &["4..4 A colon is missing after the key `a`"],
        );
        mends(
            r#"{"a" = 1}"#,
            r#"{"a":1}"#,
            &["5..6 A key and its value are parted by a colon"],
        );
        mends(
            r#"{"a":, "b":2}"#,
            r#"{"a":?,"b":2}"#,
            &["4..5 The value of `a` is missing"],
        );
        mends(
            r#"{"a", "b":2}"#,
            r#"{"b":2}"#,
            &["1..4 The key `a` has no value"],
        );
        mends(
            r#"{"M": "M.$": "$.M"}"#,
            r#"{"M.$":"$.M"}"#,
            &["11..12 A second colon follows a value"],
        );
    }

    #[test]
    fn brackets_are_closed_where_their_lines_say() {
        mends(
            "{\"a\":[1,{\"b\":2}",
            r#"{"a":[1,{"b":2}]}"#,
            &["14..15 The text ends inside the array that line 1 opens"],
        );
        mends(
            "{\"a\":[1,2}",
            r#"{"a":[1,2]}"#,
            &["9..10 The array that line 1 opens is not closed before this"],
        );
        mends(
            "{\"a\":[1,\"b\":2}",
            r#"{"a":[1],"b":2}"#,
            &["8..11 The array that line 1 opens is not closed before this"],
        );
        mends(
            "{\n \"a\": [\n  1\n }\n}",
            r#"{"a":[1]}"#,
            &["15..16 `}` stands where `]` closes what line 2 opens"],
        );
        mends(
            "[1}",
            "[1]",
            &["2..3 `}` stands where `]` closes what line 1 opens"],
        );
        mends(
            "{}}",
            "{}",
            &["2..3 `}` closes nothing: every bracket is closed before it"],
        );
        mends(
            r#"{"a":1}, "b":2}"#,
            r#"{"a":1,"b":2}"#,
            &["6..7 This `}` closes the whole definition, yet more members follow"],
        );
        mends(r#""a":1}"#, r#"{"a":1}"#, &["0..0 The opening `{` is missing"]);
        mends(
            "{} {}",
            "{}",
            &["3..4 More text follows the end of the definition"],
        );
    }

    #[test]
    fn quotes_are_mended() {
        mends("['a']", r#"["a"]"#, &["1..4 A string takes double quotes"]);
        mends("{a: 1}", r#"{"a":1}"#, &["1..2 A key takes double quotes"]);
        mends(
            "{\"a\": “b”}",
            r#"{"a":"b"}"#,
            &["6..13 These are not the quotes of JSON"],
        );
        mends(
            "{\"a\":\"b,\n\"c\":1}",
            r#"{"a":"b","c":1}"#,
            &["5..8 The string is not closed on its line"],
        );
        mends(
            r#"{"a: "b"}"#,
            r#"{"a":"b"}"#,
            &["3..4 The closing quote of this key is missing"],
        );
        mends(
            r#"{"a": b", "c":1}"#,
            r#"{"a":"b","c":1}"#,
            &["6..8 The opening quote of this string is missing"],
        );
        mends(
            r#"{a": "b"}"#,
            r#"{"a":"b"}"#,
            &["1..3 The opening quote of this string is missing"],
        );
        mends(
            "[\"a\nb\"]",
            r#"["a\nb"]"#,
            &["3..4 A string cannot run over a line end"],
        );
        mends(
            "[\"a\tb\"]",
            r#"["a\tb"]"#,
            &["3..4 A tab stands inside a string"],
        );
        mends(r#"["\q"]"#, r#"["q"]"#, &["2..4 `\\q` is not an escape of JSON"]);
        mends(
            r#"{"a": "{% $x = "y" %}", "b": 1}"#,
            r#"{"a":"{% $x = \"y\" %}","b":1}"#,
            &["15..16 A quote inside a string must be escaped"],
        );
    }

    #[test]
    fn words_of_other_languages_are_mended() {
        mends("[True]", "[true]", &["1..5 JSON has no `True`"]);
        mends("[None]", "[null]", &["1..5 JSON has no `None`"]);
        mends("[NaN]", "[?]", &["1..4 JSON has no `NaN`"]);
        mends("[007]", "[7]", &["1..4 `007` is not a number of JSON"]);
        mends("[+1]", "[1]", &["1..3 `+1` is not a number of JSON"]);
        mends("[.5]", "[0.5]", &["1..3 `.5` is not a number of JSON"]);
        mends("[5.]", "[5]", &["1..3 `5.` is not a number of JSON"]);
        mends("[0x1F]", "[31]", &["1..5 `0x1F` is not a number of JSON"]);
        mends("[1.2.3]", "[?]", &["1..6 `1.2.3` is not a number of JSON"]);
        mends(
            "{\"a\": Hello there,\n\"b\":1}",
            r#"{"a":"Hello there","b":1}"#,
            &["6..17 Text takes double quotes"],
        );
        mends("[1 // one\n]", "[1]", &["3..9 Comments are not JSON"]);
    }

    #[test]
    fn what_is_no_json_at_all_has_one_fault_and_no_tree() {
        mends("not json", "", &["0..3 This is not JSON"]);
        mends("StartAt: A\nStates: {}", "", &["0..7 This is not JSON"]);
        mends("\0\u{1}", "", &["0..1 This is binary data, not JSON"]);
        mends("", "", &["0..0 The file is empty"]);
    }

    #[test]
    fn json5_is_taken_where_it_may() {
        let text = "{a: 'it\\'s', /* c */ b: [+1, .5, 0x10, NaN, '\\x41\\\n'],}";
        assert_eq!(tree_of(text, true), r#"{"a":"it's","b":[1,0.5,16,?,"A"]}"#);
        assert_eq!(read(&file(text), true).1, []);
    }

    #[test]
    fn duplicate_keys_are_kept_and_reported() {
        let (roots, faults) = read(&file(r#"{"a":1,"b":2,"a":3}"#), false);
        assert_eq!(roots[0].as_object().unwrap().len(), 3);
        assert_eq!(roots[0].get("a").unwrap().as_i64(), Some(3));
        assert_eq!(
            (faults[0].kind, faults[0].span.start),
            (FaultKind::DuplicateKey, 13)
        );
        assert_eq!(faults[0].first, Some(Span::new(1, 4)));
    }

    #[test]
    fn depth_is_capped_before_there_is_a_tree() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert!(read(&file(&nested(MAX_DEPTH)), false).1.is_empty());
        let (roots, faults) = read(&file(&"[".repeat(10_000)), false);
        assert!(roots.is_empty());
        assert_eq!(
            faults.iter().map(|f| f.kind).collect::<Vec<_>>(),
            [FaultKind::TooDeep]
        );
    }
}
