//! What is not YAML: said in words, and altered in a copy of the text so that the rest of the file can still be read.
//!
//! The usual alterations are a disguise (bytes that mean something to YAML become `_`, so that they read as plain
//! text) and another indentation. The tree shows neither: strings are restored from the text that the user wrote.

use super::layout::blanks;
use super::scratch::{Scratch, fault};
use crate::document::escape;
use crate::document::limits::too_deep;
use crate::document::placeholder::placeholder;
use crate::document::syntax_error::Fault;
use crate::source::{Span, to_offset};
use granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// How many faults of a file are listed.
const MAX_FAULTS: usize = 50;

/// The one fault of a text that cannot be YAML at all.
pub(super) fn hopeless(text: &str) -> Option<Fault> {
    if let Some(at) = text.bytes().take(4096).position(|b| b == 0) {
        let help = "name the file that holds the definition";
        let span = Span::new(to_offset(at), to_offset(at + 1));
        return Some(fault(span, "This is binary data, not YAML", help));
    }
    let tag = text
        .lines()
        .position(|line| line.trim_start().starts_with("{%") && line.trim_end().ends_with("%}"))?;
    let at = text.split_inclusive('\n').take(tag).map(str::len).sum::<usize>();
    let line = text[at..].lines().next().unwrap_or_default();
    let start = at + line.len() - line.trim_start().len();
    // `{% … %}` alone on a line is a statement of Jinja, except as the item or the value of a JSONata expression.
    let before = text[..at].trim_end();
    if before.ends_with([':', '-', '|', '>']) {
        return None;
    }
    Some(fault(
        Span::new(to_offset(start), to_offset(at + line.trim_end().len())),
        "This is a template of Jinja, not YAML",
        "render it first, and name the file that comes of it",
    ))
}

impl Scratch<'_> {
    /// Reports an error, and alters the text so that the parser gets past it. False where it cannot, or where
    /// `may_go_on` is false; `open` are the flow collections that were open.
    pub(super) fn mend(&mut self, error: &ScanError, open: &[usize], may_go_on: bool) -> bool {
        if self.faults.len() >= MAX_FAULTS {
            return false;
        }
        let at = error.marker().byte_offset().unwrap_or(0).min(self.text.len());
        let at = (0..=at)
            .rev()
            .find(|&i| self.text.is_char_boundary(i))
            .unwrap_or(0);
        let before = self.text.clone().into_owned();
        self.explain(error.kind(), at, open);
        may_go_on && *self.text != *before
    }

    fn explain(&mut self, kind: &ErrorKind, at: usize, open: &[usize]) {
        use ErrorKind as E;
        let line = self.line(at);
        let rest = self.rest(at);
        match kind {
            E::RecursionLimitExceeded => {
                let span = self.span(&(at..at));
                self.faults.push(too_deep(span));
            }
            _ if self.tabs_in_indentation(kind, at) => {}
            E::UnexpectedCharacter { character } => self.reserved_character(at, *character),
            E::MissingAnchorOrAliasName | E::MisplacedFlowCollectionEnd => self.takes_quotes(rest),
            E::MappingValueNotAllowed => self.colon_in_value(at, &line),
            E::InvalidTrailingDoubleQuotedScalar | E::InvalidTrailingSingleQuotedScalar => {
                self.text_after_quote(at, &line, *kind == E::InvalidTrailingSingleQuotedScalar);
            }
            E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
                self.unclosed_quote(at);
            }
            E::UnknownQuotedScalarEscape
            | E::InvalidQuotedScalarHexEscape
            | E::InvalidLowSurrogateHexEscape
            | E::InvalidLowSurrogate
            | E::MissingLowSurrogate
            | E::UnpairedLowSurrogate
            | E::InvalidUnicodeEscape => self.bad_escape(at),
            E::UnclosedFlowCollection { .. }
            | E::ExpectedFlowMappingSeparator
            | E::ExpectedFlowSequenceSeparator
            | E::InvalidColonPlacement
            | E::FlowMappingValueAdjacentCollection
            | E::BlockEntryInFlowCollection
            | E::UnexpectedEofFlowSequence
            | E::UnexpectedEofFlowMapping
            | E::UnexpectedEofImplicitFlowMapping
            | E::InvalidFlowScalarIndent => self.flow(kind, at, open),
            E::MismatchedFlowCollectionEnd { open, close } => {
                let right = if *open == '[' { (b']', "]") } else { (b'}', "}") };
                let found = self.text[at..].find(*close).map_or(at, |i| at + i);
                let message = format!("`{open}` is closed by `{close}`");
                self.report(found..found + 1, message, format!("write `{}`", right.1));
                self.put(found, right.0);
            }
            E::BlockSequenceEntryNotAllowed => {
                self.report(
                    rest.clone(),
                    "A list cannot begin on the line of its key",
                    "begin it on the next line: `- …`",
                );
                self.lose_type(&rest);
                self.disguise(rest);
            }
            E::CommentInterceptedScalar => {
                let help = "put quotes around the value, or move the comment";
                self.report(
                    rest.clone(),
                    "A comment stands inside a value that runs over lines",
                    help,
                );
                self.blank(rest);
            }
            E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => {
                let bar = self.text[at..].find(['|', '>']).map_or(at, |i| at + i + 1);
                let header = bar..self.line(bar).end.max(bar);
                self.report(
                    rest,
                    "Nothing but `+`, `-` and a digit from 1 to 9 may follow `|` or `>` on its line",
                    "begin the text on the next line",
                );
                self.blank(header);
            }
            E::InvalidTagTerminator
            | E::MissingTagUri
            | E::UnclosedVerbatimTag
            | E::InvalidTagEscape
            | E::InvalidTagUtf8LeadingByte
            | E::InvalidTagUtf8TrailingByte
            | E::InvalidTagUtf8
            | E::InvalidGlobalTagCharacter
            | E::UndeclaredTagHandle => {
                self.report(
                    rest.clone(),
                    "This is not a tag",
                    "put quotes around it if it is text",
                );
                self.disguise(rest);
            }
            _ => self.structure(kind, at, &line),
        }
    }

    /// A line of the wrong shape or depth. It is left out, with what is indented below it.
    fn structure(&mut self, kind: &ErrorKind, at: usize, line: &Range<usize>) {
        let place = self.content(line);
        let shown = &self.text[place.clone()];
        if shown.starts_with('\t') || at >= self.text.len() {
            return self.report(place, "The text ends too early", "complete the last line");
        }
        let (message, help) = match kind {
            ErrorKind::ExpectedBlockMappingKey if self.text[at..].starts_with('!') => {
                let rest = self.rest(at);
                self.report(
                    rest.clone(),
                    "A value takes one tag",
                    "write the inner one in its long form",
                );
                return self.disguise(rest);
            }
            ErrorKind::ExpectedBlockMappingKey if shown.starts_with("- ") => (
                "A list item stands among the keys of a mapping",
                "give the list a key, and indent it like that or deeper",
            ),
            ErrorKind::ExpectedBlockSequenceEntry => (
                "A key stands among the items of a list",
                "indent it as deep as the text of the item before it, or move it out of the list",
            ),
            ErrorKind::SimpleKeyExpected => (
                "This line is no `key: value`",
                "add a colon after the key, or quotes around the text",
            ),
            ErrorKind::ExpectedDocumentStart
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::InvalidIndentation => (
                "This line is indented unlike those it belongs to",
                "indent it like its neighbours; use spaces",
            ),
            ErrorKind::InvalidSimpleKey => (
                "A key and its colon must stand on one line, within 1024 characters",
                "put quotes around the text if it is none",
            ),
            _ => (
                "This line is not YAML",
                "check its indentation, and put quotes around text with signs in it",
            ),
        };
        self.report(place, message, help);
        self.is_whole = false;
        if !matches!(kind, ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey) && self.realign(line) {
            return;
        }
        self.blank(self.block(line));
    }

    /// A line and the deeper ones below it.
    fn block(&self, line: &Range<usize>) -> Range<usize> {
        let own = blanks(&self.text[line.clone()]);
        let mut end = line.end;
        for next in self.text[line.end..].split_inclusive('\n') {
            if !next.trim().is_empty() && blanks(next) <= own {
                break;
            }
            end += next.len();
        }
        line.start..end
    }

    /// Indents a line, and the deeper ones below it, like the nearest of those that it may belong to. Just once: false
    /// where that was done before.
    fn realign(&mut self, line: &Range<usize>) -> bool {
        let number = self.line_number(line.start);
        let own = blanks(&self.text[line.clone()]);
        if self.layout.has_changed(number) {
            return false;
        }
        // The indentations that are open here: each line above is one, unless a shallower one follows it.
        let mut open: Vec<usize> = Vec::new();
        for above in self.text[..line.start]
            .lines()
            .rev()
            .filter(|l| !l.trim().is_empty())
            .take(1000)
        {
            let shallowest = open.last().copied().unwrap_or(usize::MAX);
            let item = blanks(above);
            let columns = [item + column_in(&above[item..]), item];
            open.extend(columns.into_iter().filter(|&c| c < shallowest));
            open.dedup();
            if open.last() == Some(&0) {
                break;
            }
        }
        // Of two as near, the deeper one: it comes first.
        let Some(target) = open
            .into_iter()
            .filter(|&c| c != own)
            .min_by_key(|c| c.abs_diff(own))
        else {
            return false;
        };
        let lines = number..number + self.text[self.block(line)].trim_end().split('\n').count();
        self.reindent(|i, line| {
            let is_text = lines.contains(&i) && !line.trim().is_empty();
            is_text.then(|| (blanks(line) + target).saturating_sub(own))
        });
        true
    }

    fn tabs_in_indentation(&mut self, kind: &ErrorKind, at: usize) -> bool {
        use ErrorKind as E;
        let is_of_tabs = matches!(
            kind,
            E::TabNotAllowed
                | E::TabInBlockIndentation
                | E::TabAtBlockScalarStart
                | E::TabInIndentation
                | E::TabInPlainScalar
                | E::InvalidBlockEntryWhitespace
                | E::InvalidMappingValueWhitespace
                | E::ExpectedWhitespace
        );
        if !is_of_tabs {
            return false;
        }
        let tabs = |line: &str| line[..blanks(line)].find('\t');
        let mut first = None;
        let (mut lines, mut start, mut unit) = (0, 0, usize::MAX);
        for line in self.text.split('\n') {
            match tabs(line) {
                Some(tab) => {
                    first = first.or(Some(start + tab..start + blanks(line)));
                    lines += 1;
                }
                None if blanks(line) > 0 && !line.trim().is_empty() => unit = unit.min(blanks(line)),
                None => {}
            }
            start += line.len() + 1;
        }
        let Some(first) = first else {
            return self.tab_in_line(at);
        };
        let message = match lines {
            1 => "A tab indents this line; YAML takes only spaces".to_owned(),
            n => format!("Tabs indent {n} lines from here on; YAML takes only spaces"),
        };
        self.report(first, message, "replace each tab by spaces");
        // How wide a tab is follows from the line above each run of such lines: what it opens lies one step deeper.
        let unit = if unit == usize::MAX { 2 } else { unit };
        let (mut above, mut opens, mut width) = (0, false, None);
        self.reindent(|_, line| {
            if line.trim().is_empty() {
                return None;
            }
            let own = blanks(line);
            let tabs = line[..own].matches('\t').count();
            let spaces = own - tabs;
            let wanted = if tabs == 0 {
                width = None;
                own
            } else {
                let target = if opens { above + unit } else { above };
                spaces + tabs * *width.get_or_insert((target.saturating_sub(spaces) / tabs).max(1))
            };
            above = wanted + column_in(&line[own..]);
            opens = line.trim_end().ends_with(':');
            (tabs > 0).then_some(wanted)
        });
        true
    }

    /// A tab in the middle of the line of `at`.
    fn tab_in_line(&mut self, at: usize) -> bool {
        let line = self.line(at);
        let from = at.max(line.start);
        let Some(tab) = self.text[from..line.end].find('\t').map(|i| from + i) else {
            return false;
        };
        self.report(
            tab..tab + 1,
            "A tab stands where YAML takes only spaces",
            "replace it by a space",
        );
        self.put(tab, b' ');
        true
    }

    /// A plain value that begins with a character YAML keeps for itself.
    fn reserved_character(&mut self, at: usize, character: char) {
        let rest = self.rest(at);
        if character == '%' && self.text[..at].ends_with('{') {
            let start = at - 1;
            let end = self.text[at..rest.end]
                .find("%}")
                .map_or(rest.end, |i| at + i + 2);
            self.report(
                start..end,
                "A JSONata expression takes quotes in YAML",
                "write `'{% … %}'`, or begin a block with `|` and put it on the next line",
            );
            return self.disguise(start..end);
        }
        if character.is_control() {
            let message = format!(
                "The control character U+{:04X} is not allowed in YAML",
                u32::from(character)
            );
            let at = self.text[at..].find(character).map_or(at, |i| at + i);
            self.report(at..at + character.len_utf8(), message, "remove it");
            return self.put(at, b' ');
        }
        self.takes_quotes(rest);
    }

    fn takes_quotes(&mut self, rest: Range<usize>) {
        let sign = self.text[rest.clone()].chars().next().unwrap_or(' ');
        let message = format!("A value cannot begin with `{sign}`");
        self.report(rest.clone(), message, "put quotes around it");
        self.disguise(rest);
    }

    /// `Comment: Note: this`, or a line that is deeper than it may be.
    fn colon_in_value(&mut self, at: usize, line: &Range<usize>) {
        let content = self.content(line);
        if let Some(value) = self.value_in(&content)
            && value < at
        {
            let place = value..content.end;
            self.report(
                at..at + 1,
                "A colon and a space stand inside a value without quotes",
                "put quotes around the value",
            );
            return self.disguise(place);
        }
        let previous = self.line(line.start.saturating_sub(1));
        let previous = self.content(&previous);
        if line.start > 0
            && !self.text[previous.clone()].contains(": ")
            && self.text[previous.clone()].contains(':')
        {
            let colon = previous.start + self.text[previous.clone()].find(':').unwrap_or(0);
            self.report(
                colon..colon + 1,
                "A blank is missing after this colon",
                "write `key: value`",
            );
            return self.blank(previous);
        }
        self.structure(&ErrorKind::InvalidIndentation, at, line);
    }

    /// `Cause: "a" b`.
    fn text_after_quote(&mut self, at: usize, line: &Range<usize>, single: bool) {
        let content = self.content(line);
        let value = self.value_in(&content).unwrap_or(content.start);
        let begins_with_quote = self.text[value..].starts_with(['"', '\'']);
        let (message, help) = if single {
            (
                "Text follows the closing quote",
                "write a quote inside the text as `''`",
            )
        } else {
            (
                "Text follows the closing quote",
                "write a quote inside the text as `\\\"`, or put `'` around the text",
            )
        };
        self.report(at..content.end.max(at), message, help);
        if value < at && begins_with_quote {
            self.disguise(value..content.end);
        } else {
            self.blank(at..content.end.max(at));
        }
    }

    /// A quoted text over several lines: one that is not closed, or one that is indented less than YAML asks for.
    /// `at` lies behind its opening quote.
    fn unclosed_quote(&mut self, at: usize) {
        let mut line = self.line(at);
        for _ in 0..1000 {
            let content = self.content(&line);
            let value = self.value_in(&content).unwrap_or(content.start);
            let shown = &self.text[value..content.end.max(value)];
            if let Some(quote) = shown.chars().next().filter(|c| matches!(c, '"' | '\''))
                && quote_end(&shown[1..], quote).is_none()
            {
                if let Some(end) = quote_end(&self.text[value + 1..], quote)
                    && let Some(after) = self.text[value + 1 + end + 1..].lines().next()
                    && (after.trim().is_empty() || after.trim_start().starts_with('#'))
                {
                    return self.indent_quoted(value..value + 1 + end);
                }
                let help = format!("add `{quote}` at the end of the text");
                self.report(value..content.end, "This quote is not closed", help);
                return self.disguise(value..content.end);
            }
            if line.start == 0 {
                break;
            }
            line = self.line(line.start - 1);
        }
        let rest = self.rest(at);
        self.report(rest, "A quote is not closed before this", "add the closing quote");
    }

    /// Most readers take a quoted text whatever the indentation of its lines, which means nothing.
    fn indent_quoted(&mut self, text: Range<usize>) {
        let column = text.start - self.line(text.start).start;
        let first = self.line_number(text.start);
        let last = first + self.text[text].matches('\n').count();
        self.reindent(|i, line| {
            let is_short = first < i && i <= last && blanks(line) < column;
            (is_short && !line.trim().is_empty()).then_some(column)
        });
    }

    /// An escape that YAML does not have, in the double-quoted scalar that begins at `at`.
    fn bad_escape(&mut self, at: usize) {
        let from = at + usize::from(self.text[at..].starts_with('"'));
        let mut rest = &self.text[from..];
        while !rest.is_empty() && !rest.starts_with('"') {
            let (length, is_bad) = match escape::stretch(rest, escape::EscapeStyle::YamlDouble) {
                escape::Stretch::Verbatim(length) if rest.starts_with('\\') => (length, true),
                escape::Stretch::Verbatim(length) => (
                    rest[..length].find('"').filter(|&i| i > 0).unwrap_or(length),
                    false,
                ),
                escape::Stretch::Escape { source, .. } => (source, false),
            };
            if is_bad {
                let start = self.text.len() - rest.len();
                let shown = &rest[..length];
                let message = format!("`{shown}` is not an escape of YAML");
                self.report(
                    start..start + length,
                    message,
                    "write `\\\\` for a backslash, or put `'` around the text",
                );
                return self.disguise(start..start + 1);
            }
            rest = &rest[length..];
        }
        let place = self.rest(at);
        self.report(
            place.clone(),
            "An escape in this text is not YAML's",
            "put `'` around the text",
        );
        self.disguise(place);
    }

    /// Inside `[ ]` or `{ }`.
    fn flow(&mut self, kind: &ErrorKind, at: usize, open: &[usize]) {
        if !self.placeholders_are_hidden {
            self.placeholders_are_hidden = true;
            if self.hide_placeholders() {
                return;
            }
        }
        let begin = match kind {
            ErrorKind::UnclosedFlowCollection { .. } => at,
            _ => open.last().copied().unwrap_or(at),
        };
        let bracket = self.text[begin..].chars().next().unwrap_or('[');
        let close = if bracket == '[' { ']' } else { '}' };
        let line = self.line(begin);
        let rest = self.rest(begin);
        if matches!(kind, ErrorKind::UnclosedFlowCollection { .. }) || !line.contains(&at) {
            self.report(
                begin..begin + bracket.len_utf8(),
                format!("This `{bracket}` is not closed"),
                format!("add `{close}`"),
            );
        } else {
            let message = format!("A comma or `{close}` is missing before this");
            self.report(self.rest(at), message, "put quotes around text with signs in it");
        }
        self.lose_type(&rest);
        self.disguise(rest);
    }

    /// Inside `{ }`, a bare `${Name}` would be a mapping.
    fn hide_placeholders(&mut self) -> bool {
        let places: Vec<Range<usize>> = self
            .text
            .match_indices("${")
            .filter_map(|(i, _)| placeholder(&self.text[i..]).map(|length| i..i + length))
            .collect();
        let any = !places.is_empty();
        self.disguise_all(places);
        any
    }
}

/// Where the text of a list item begins in its line's content, behind every `- `; 0 for what is no item.
fn column_in(content: &str) -> usize {
    let mut rest = content;
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    content.len() - rest.len()
}

/// Where the text behind an opening quote has its closing one.
fn quote_end(text: &str, quote: char) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if quote == '"' => at += 2,
            b'\'' if quote == '\'' && bytes.get(at + 1) == Some(&b'\'') => at += 2,
            b if char::from(b) == quote => return Some(at),
            _ => at += 1,
        }
    }
    None
}
