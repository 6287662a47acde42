//! Reports text that is not YAML, and patches a copy of the text so that the rest of the file can still be read.
//!
//! The usual patches mask special characters (replace them with `_`, so that they read as plain text) and change the
//! indentation. The tree shows neither: strings are restored from the text that the user wrote.

use super::layout::blanks;
use super::patched_source::{PatchedSource, syntax_error};
use super::token::{Fault, FaultKind};
use crate::document::escape;
use crate::document::limits::too_deep;
use crate::document::syntax_error::SyntaxError;
use crate::source::{Span, to_offset};
use crate::spec::placeholder;
use std::ops::Range;

/// How many errors of a file are reported.
const MAX_ERRORS: usize = 50;

/// The error for a source text that cannot be YAML at all.
pub(super) fn reject(text: &str) -> Option<SyntaxError> {
    let at = text.bytes().take(4096).position(|b| b == 0)?;
    let help = "specify a file that contains a definition";
    let span = Span::new(to_offset(at), to_offset(at + 1));
    Some(syntax_error(span, "file contains binary data, not YAML", help))
}

impl PatchedSource<'_> {
    /// Reports an error, and patches the text so that the parser can continue. Returns false if that is not possible, or if
    /// `may_go_on` is false; `open` are the starts of the open flow collections.
    pub(super) fn recover(&mut self, fault: Fault, open: &[usize], may_go_on: bool) -> bool {
        if self.errors.len() >= MAX_ERRORS {
            return false;
        }
        let at = fault.at.min(self.text.len());
        let before = self.text.clone().into_owned();
        self.explain(fault.kind, at, open);
        may_go_on && *self.text != *before
    }

    /// Reports characters that YAML does not allow at all, and replaces them with spaces.
    pub(super) fn blank_control_characters(&mut self) {
        let mut places = Vec::new();
        for (at, c) in self.text.char_indices() {
            let is_allowed = match c {
                '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' => true,
                '\u{feff}' => at == 0,
                '\u{fffe}' | '\u{ffff}' => false,
                _ => c >= '\u{a0}',
            };
            if !is_allowed {
                places.push((at..at + c.len_utf8(), c));
            }
        }
        for (place, c) in places {
            if self.errors.len() < MAX_ERRORS {
                let message = format!("control character U+{:04X} is not allowed in YAML", u32::from(c));
                self.report(place.clone(), message, "remove it");
            }
            self.blank(place);
        }
    }

    fn explain(&mut self, kind: FaultKind, at: usize, open: &[usize]) {
        use FaultKind as F;
        let line = self.line(at);
        let rest = self.rest(at);
        match kind {
            F::TooDeep => {
                let span = self.span(&(at..at));
                self.errors.push(too_deep(span));
            }
            F::Tab | F::Character('\t') => self.tabs_in_indentation(at),
            F::Character(character) => self.reserved_character(at, character),
            F::Name => self.takes_quotes(rest),
            F::MisplacedValue => self.colon_in_value(at, &line),
            F::UnclosedQuote => self.unclosed_quote(at),
            F::Escape => self.bad_escape(at),
            F::BlockHeader => {
                let header = at + 1..line.end.max(at + 1);
                self.report(
                    rest,
                    "only `+`, `-`, and a digit from 1 to 9 may follow `|` or `>`",
                    "start the text on the next line",
                );
                self.blank(header);
            }
            F::Tag => {
                self.report(rest.clone(), "invalid tag", "quote it if it is text");
                self.mask(rest);
            }
            F::Directive => {
                self.report(rest.clone(), "invalid YAML directive", "quote it if it is text");
                self.blank(rest);
            }
            F::ExpectedKey | F::ExpectedEntry | F::ExpectedDocument | F::ExpectedSeparator
                if self.quote_before(at).is_some() =>
            {
                self.text_after_quote(at, &line, self.quote_before(at) == Some('\''));
            }
            F::ExpectedSeparator | F::UnseparatedValue => self.flow(at, open),
            F::ExpectedValue | F::MissingColon if !open.is_empty() => self.flow(at, open),
            F::MisplacedEntry => {
                self.report(
                    rest.clone(),
                    "list cannot start on the same line as its key",
                    "start it on the next line: `- …`",
                );
                self.forget_type(&rest);
                self.mask(rest);
            }
            F::ExpectedKey if self.comment_is_inside_value(&line) => {}
            F::ExpectedDocument if self.space_is_missing_above(&line) => {}
            _ => self.structure(kind, at, &line),
        }
    }

    /// The closing quote directly before a place on its line.
    fn quote_before(&self, at: usize) -> Option<char> {
        let before = self.text[self.line(at).start..at].trim_end();
        before.chars().next_back().filter(|c| matches!(c, '"' | '\''))
    }

    /// Handles a comment at the end of the line above that is followed by more text of the same value.
    fn comment_is_inside_value(&mut self, line: &Range<usize>) -> bool {
        let Some(end) = line.start.checked_sub(1) else {
            return false;
        };
        let above = self.line(end);
        let text = &self.text[above.clone()];
        let Some(at) = text.find(" #") else { return false };
        let has_value = !text[..at].trim().is_empty() && !text[..at].trim_end().ends_with(':');
        let is_deeper = blanks(&self.text[line.clone()]) > blanks(text);
        if !has_value || !is_deeper {
            return false;
        }
        let comment = above.start + at + 1..above.end;
        let help = "quote the value, or move the comment";
        self.report(comment.clone(), "comment inside a multi-line value", help);
        self.blank(comment);
        true
    }

    /// Handles a line with the wrong structure or depth: realigns it, or removes it with the lines nested below it.
    fn structure(&mut self, kind: FaultKind, at: usize, line: &Range<usize>) {
        let place = self.content(line);
        let shown = &self.text[place.clone()];
        if shown.starts_with('\t') || at >= self.text.len() {
            return self.report(place, "unexpected end of input", "complete the last line");
        }
        let (message, help) = match kind {
            FaultKind::ExpectedKey if self.text[at..].starts_with('!') => {
                let rest = self.rest(at);
                self.report(
                    rest.clone(),
                    "value has more than one tag",
                    "write the inner tag in its long form",
                );
                return self.mask(rest);
            }
            FaultKind::ExpectedKey if shown.starts_with("- ") => (
                "unexpected list item in a mapping",
                "give the list a key, and indent it at least as far as the key",
            ),
            FaultKind::ExpectedEntry => (
                "unexpected key in a list",
                "align it with the text of the previous item, or move it out of the list",
            ),
            FaultKind::MissingColon => (
                "expected `key: value`",
                "add a colon after the key, or quote the text",
            ),
            FaultKind::ExpectedDocument | FaultKind::ExpectedKey | FaultKind::MisplacedValue => (
                "inconsistent indentation",
                "align this line with its siblings, using spaces",
            ),
            _ => (
                "invalid YAML",
                "check the indentation, and quote text that contains special characters",
            ),
        };
        self.report(place, message, help);
        self.is_whole = false;
        if kind != FaultKind::MissingColon && self.realign(line) {
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

    fn tabs_in_indentation(&mut self, at: usize) {
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
    }

    /// Handles a tab in the middle of the line of `at`.
    fn tab_in_line(&mut self, at: usize) {
        let line = self.line(at);
        let from = at.max(line.start);
        let Some(tab) = self.text[from..line.end].find('\t').map(|i| from + i) else {
            return;
        };
        self.report(
            tab..tab + 1,
            "tab where YAML allows only spaces",
            "replace it with a space",
        );
        self.put(tab, b' ');
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
        if !self.space_is_missing_above(line) {
            self.structure(FaultKind::MisplacedValue, at, line);
        }
    }

    /// Handles `key:value` in the line above, which is read as text.
    fn space_is_missing_above(&mut self, line: &Range<usize>) -> bool {
        let Some(end) = line.start.checked_sub(1) else {
            return false;
        };
        let above = self.content(&self.line(end));
        let text = &self.text[above.clone()];
        let Some(colon) = text.find(':').filter(|_| !text.contains(": ")) else {
            return false;
        };
        let colon = above.start + colon;
        self.report(colon..colon + 1, "missing space after `:`", "write `key: value`");
        self.blank(above);
        true
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

    /// Handles a quoted text that is not closed. In a source text with an odd number of quotes, the last one is seldom the one
    /// that is not closed: that is the first one whose line does not close it.
    fn unclosed_quote(&mut self, at: usize) {
        let mut line = self.line(at);
        let mut found = None;
        for _ in 0..1000 {
            let content = self.content(&line);
            let value = self.value_in(&content).unwrap_or(content.start);
            let shown = &self.text[value..content.end.max(value)];
            if let Some(quote) = shown.chars().next().filter(|c| matches!(c, '"' | '\''))
                && quote_end(&shown[1..], quote).is_none()
            {
                found = Some((value..content.end, quote));
                break;
            }
            if line.start == 0 {
                break;
            }
            line = self.line(line.start - 1);
        }
        let (place, quote) = found.unwrap_or_else(|| {
            let quote = self.text[at..].chars().next().unwrap_or('"');
            (self.rest(at), quote)
        });
        let help = format!("add `{quote}` at the end of the text");
        self.report(place.clone(), "unclosed quote", help);
        self.mask(place);
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
    fn flow(&mut self, at: usize, open: &[usize]) {
        if !self.placeholders_are_hidden {
            self.placeholders_are_hidden = true;
            if self.hide_placeholders() {
                return;
            }
        }
        let begin = open.last().copied().unwrap_or(at);
        let bracket = self.text[begin..].chars().next().unwrap_or('[');
        let close = if bracket == '[' { ']' } else { '}' };
        if let Some(wrong @ (']' | '}')) = self.text[at..].chars().next()
            && wrong != close
        {
            let message = format!("mismatched `{wrong}`: expected `{close}` to close `{bracket}`");
            self.report(at..at + 1, message, format!("write `{close}`"));
            return self.put(at, if close == ']' { b']' } else { b'}' });
        }
        let line = self.line(begin);
        let rest = self.rest(begin);
        if at >= self.text.len() || !line.contains(&at) {
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
            .filter_map(|(i, _)| {
                placeholder::expression(&self.text.as_bytes()[i..]).map(|length| i..i + length)
            })
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
