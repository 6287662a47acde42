//! Reports text that is not YAML, and patches a copy of the text so that the rest of the file can still be read.
//!
//! The usual patches mask special characters (replace them with `_`, so that they read as plain text) and change the
//! indentation. The tree shows neither: strings are restored from the text that the user wrote.

use super::layout::blanks;
use super::patched_source::{PatchedSource, syntax_error};
use crate::document::escape;
use crate::document::limits::too_deep;
use crate::document::placeholder::placeholder;
use crate::document::syntax_error::SyntaxError;
use crate::source::{Span, to_offset};
use granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// How many errors of a file are reported.
const MAX_ERRORS: usize = 50;

/// The error for a text that cannot be YAML at all.
pub(super) fn reject(text: &str) -> Option<SyntaxError> {
    if let Some(at) = text.bytes().take(4096).position(|b| b == 0) {
        let help = "specify a file that contains a definition";
        let span = Span::new(to_offset(at), to_offset(at + 1));
        return Some(syntax_error(span, "file contains binary data, not YAML", help));
    }
    let tag = text
        .lines()
        .position(|line| line.trim_start().starts_with("{%") && line.trim_end().ends_with("%}"))?;
    let at = text.split_inclusive('\n').take(tag).map(str::len).sum::<usize>();
    let line = text[at..].lines().next().unwrap_or_default();
    let start = at + line.len() - line.trim_start().len();
    // `{% … %}` alone on a line is a Jinja statement, unless it is an item or a value and thus a JSONata expression.
    let before = text[..at].trim_end();
    if before.ends_with([':', '-', '|', '>']) {
        return None;
    }
    Some(syntax_error(
        Span::new(to_offset(start), to_offset(at + line.trim_end().len())),
        "file contains Jinja template syntax",
        "render the template first, and check the result",
    ))
}

impl PatchedSource<'_> {
    /// Reports an error, and patches the text so that the parser can continue. Returns false if that is not possible, or if
    /// `may_go_on` is false; `open` are the starts of the open flow collections.
    pub(super) fn recover(&mut self, error: &ScanError, open: &[usize], may_go_on: bool) -> bool {
        if self.errors.len() >= MAX_ERRORS {
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
                self.errors.push(too_deep(span));
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
                let message = format!("mismatched `{close}`: expected `{}` to close `{open}`", right.1);
                self.report(found..found + 1, message, format!("write `{}`", right.1));
                self.put(found, right.0);
            }
            E::BlockSequenceEntryNotAllowed => {
                self.report(
                    rest.clone(),
                    "list cannot start on the same line as its key",
                    "start it on the next line: `- …`",
                );
                self.forget_type(&rest);
                self.mask(rest);
            }
            E::CommentInterceptedScalar => {
                let help = "quote the value, or move the comment";
                self.report(rest.clone(), "comment inside a multi-line value", help);
                self.blank(rest);
            }
            E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => {
                let bar = self.text[at..].find(['|', '>']).map_or(at, |i| at + i + 1);
                let header = bar..self.line(bar).end.max(bar);
                self.report(
                    rest,
                    "only `+`, `-`, and a digit from 1 to 9 may follow `|` or `>`",
                    "start the text on the next line",
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
                self.report(rest.clone(), "invalid tag", "quote it if it is text");
                self.mask(rest);
            }
            _ => self.structure(kind, at, &line),
        }
    }

    /// Handles a line with the wrong structure or depth: realigns it, or removes it with the lines nested below it.
    fn structure(&mut self, kind: &ErrorKind, at: usize, line: &Range<usize>) {
        let place = self.content(line);
        let shown = &self.text[place.clone()];
        if shown.starts_with('\t') || at >= self.text.len() {
            return self.report(place, "unexpected end of input", "complete the last line");
        }
        let (message, help) = match kind {
            ErrorKind::ExpectedBlockMappingKey if self.text[at..].starts_with('!') => {
                let rest = self.rest(at);
                self.report(
                    rest.clone(),
                    "value has more than one tag",
                    "write the inner tag in its long form",
                );
                return self.mask(rest);
            }
            ErrorKind::ExpectedBlockMappingKey if shown.starts_with("- ") => (
                "unexpected list item in a mapping",
                "give the list a key, and indent it at least as far as the key",
            ),
            ErrorKind::ExpectedBlockSequenceEntry => (
                "unexpected key in a list",
                "align it with the text of the previous item, or move it out of the list",
            ),
            ErrorKind::SimpleKeyExpected => (
                "expected `key: value`",
                "add a colon after the key, or quote the text",
            ),
            ErrorKind::ExpectedDocumentStart
            | ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::InvalidIndentation => (
                "inconsistent indentation",
                "align this line with its siblings, using spaces",
            ),
            ErrorKind::InvalidSimpleKey => (
                "key and colon must be on one line, within 1024 characters",
                "quote the text if it is not a key",
            ),
            _ => (
                "invalid YAML",
                "check the indentation, and quote text that contains special characters",
            ),
        };
        self.report(place, message, help);
        self.is_whole = false;
        if !matches!(kind, ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey) && self.realign(line) {
            return;
        }
        self.blank(self.block(line));
    }

    /// A line and the more deeply indented lines below it.
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

    /// Indents a line, and the more deeply indented lines below it, like the nearest enclosing level. Returns false if that
    /// was done before.
    fn realign(&mut self, line: &Range<usize>) -> bool {
        let number = self.line_number(line.start);
        let own = blanks(&self.text[line.clone()]);
        if self.layout.has_changed(number) {
            return false;
        }
        // The levels that are open here: each line above is one, unless a less indented line follows it.
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
        // If two are equally near, prefer the deeper one, which comes first.
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
            1 => "line is indented with a tab; YAML allows only spaces".to_owned(),
            n => format!("{n} lines are indented with tabs; YAML allows only spaces"),
        };
        self.report(first, message, "replace each tab with spaces");
        // The width of a tab follows from the line above each run of such lines: children are one level deeper.
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

    /// Handles a tab in the middle of the line of `at`.
    fn tab_in_line(&mut self, at: usize) -> bool {
        let line = self.line(at);
        let from = at.max(line.start);
        let Some(tab) = self.text[from..line.end].find('\t').map(|i| from + i) else {
            return false;
        };
        self.report(
            tab..tab + 1,
            "tab where YAML allows only spaces",
            "replace it with a space",
        );
        self.put(tab, b' ');
        true
    }

    /// Handles a plain value that starts with a reserved character.
    fn reserved_character(&mut self, at: usize, character: char) {
        let rest = self.rest(at);
        if character == '%' && self.text[..at].ends_with('{') {
            let start = at - 1;
            let end = self.text[at..rest.end]
                .find("%}")
                .map_or(rest.end, |i| at + i + 2);
            self.report(
                start..end,
                "JSONata expression must be quoted in YAML",
                "write `'{% … %}'`, or start a block with `|` and write the expression on the next line",
            );
            return self.mask(start..end);
        }
        if character.is_control() {
            let message = format!(
                "control character U+{:04X} is not allowed in YAML",
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
        let message = format!("value cannot start with `{sign}`");
        self.report(rest.clone(), message, "quote the value");
        self.mask(rest);
    }

    /// `Comment: Note: this`, or a line that is indented too far.
    fn colon_in_value(&mut self, at: usize, line: &Range<usize>) {
        let content = self.content(line);
        if let Some(value) = self.value_in(&content)
            && value < at
        {
            let place = value..content.end;
            self.report(at..at + 1, "unquoted value contains `: `", "quote the value");
            return self.mask(place);
        }
        let previous = self.line(line.start.saturating_sub(1));
        let previous = self.content(&previous);
        if line.start > 0
            && !self.text[previous.clone()].contains(": ")
            && self.text[previous.clone()].contains(':')
        {
            let colon = previous.start + self.text[previous.clone()].find(':').unwrap_or(0);
            self.report(colon..colon + 1, "missing space after `:`", "write `key: value`");
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
                "unexpected text after the closing quote",
                "escape a quote inside the text as `''`",
            )
        } else {
            (
                "unexpected text after the closing quote",
                "escape a quote inside the text as `\\\"`, or enclose the text in `'`",
            )
        };
        self.report(at..content.end.max(at), message, help);
        if value < at && begins_with_quote {
            self.mask(value..content.end);
        } else {
            self.blank(at..content.end.max(at));
        }
    }

    /// Handles a multi-line quoted text that is not closed, or whose lines are indented too little. `at` is after its
    /// opening quote.
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
                self.report(value..content.end, "unclosed quote", help);
                return self.mask(value..content.end);
            }
            if line.start == 0 {
                break;
            }
            line = self.line(line.start - 1);
        }
        let rest = self.rest(at);
        self.report(rest, "unclosed quote before this", "add the closing quote");
    }

    /// Indents the lines of a quoted text. Most parsers accept any indentation here, since it has no meaning.
    fn indent_quoted(&mut self, text: Range<usize>) {
        let column = text.start - self.line(text.start).start;
        let first = self.line_number(text.start);
        let last = first + self.text[text].matches('\n').count();
        self.reindent(|i, line| {
            let is_short = first < i && i <= last && blanks(line) < column;
            (is_short && !line.trim().is_empty()).then_some(column)
        });
    }

    /// Handles an invalid escape in the double-quoted scalar that starts at `at`.
    fn bad_escape(&mut self, at: usize) {
        let from = at + usize::from(self.text[at..].starts_with('"'));
        let mut rest = &self.text[from..];
        while !rest.is_empty() && !rest.starts_with('"') {
            let (length, is_bad) = match escape::segment(rest, escape::EscapeStyle::YamlDouble) {
                escape::Segment::Verbatim(length) if rest.starts_with('\\') => (length, true),
                escape::Segment::Verbatim(length) => (
                    rest[..length].find('"').filter(|&i| i > 0).unwrap_or(length),
                    false,
                ),
                escape::Segment::Escape { source, .. } => (source, false),
            };
            if is_bad {
                let start = self.text.len() - rest.len();
                let shown = &rest[..length];
                let message = format!("invalid YAML escape `{shown}`");
                self.report(
                    start..start + length,
                    message,
                    "write `\\\\` for a backslash, or enclose the text in `'`",
                );
                return self.mask(start..start + 1);
            }
            rest = &rest[length..];
        }
        let place = self.rest(at);
        self.report(
            place.clone(),
            "text contains an invalid YAML escape",
            "enclose the text in `'`",
        );
        self.mask(place);
    }

    /// Handles an error inside `[ ]` or `{ }`.
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
                format!("unclosed `{bracket}`"),
                format!("add `{close}`"),
            );
        } else {
            let message = format!("missing comma or `{close}` before this");
            self.report(
                self.rest(at),
                message,
                "quote text that contains special characters",
            );
        }
        self.forget_type(&rest);
        self.mask(rest);
    }

    /// Masks all placeholders: inside `{ }`, a bare `${Name}` would be a mapping.
    fn hide_placeholders(&mut self) -> bool {
        let places: Vec<Range<usize>> = self
            .text
            .match_indices("${")
            .filter_map(|(i, _)| placeholder(&self.text[i..]).map(|length| i..i + length))
            .collect();
        let any = !places.is_empty();
        self.mask_all(places);
        any
    }
}

/// Where the text of a list item starts in its line's content, after every `- `; 0 if it is not an item.
fn column_in(content: &str) -> usize {
    let mut rest = content;
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    content.len() - rest.len()
}

/// Where the text after an opening quote has its closing quote.
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
