//! The contents of a file: every definition, and the state machine resources of a template.

use super::checker::{Report, check, check_document};
use super::role_report::{self, RoleReport};
use super::rule::Check;
use super::rules::resource as rules;
use super::run;
use super::settings::Settings;
use super::tainted_fields::TaintedFields;
use crate::asl::lower;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::document::{Document, Node, NodeKind};
use crate::edit::Quoting;
use crate::source::{SourceFile, Span};
use crate::template::{
    self, Contents, EmbeddedMachine, Expectation, Files, IssueKind, NoFiles, Resource, TemplateIssue,
};
use std::sync::Arc;

/// Why a fix is not applied to a value that is computed elsewhere.
const INSERTED: &str = "the template inserts this value from elsewhere";

/// Why a fix is not applied inside a string.
const QUOTED: &str = "the replacement cannot be written inside this string";

/// Finds what a file contains and checks it. `is_named` is whether the user specified the file; then one without a
/// state machine is a mistake.
pub fn check_file<'d>(
    document: &'d Document,
    expectation: Expectation,
    is_named: bool,
    files: &dyn Files,
    settings: &Settings,
) -> (Contents<'d>, Report) {
    let mut contents = template::contents(document, expectation, files);
    if contents.is_empty() && contents.unread.is_empty() && is_named && !document.is_malformed() {
        contents
            .unread
            .extend(template::mentioned_resource_type(document));
    }
    let is_empty = contents.is_empty() && contents.unread.is_empty();
    // A malformed text is treated as a definition or a template if it contains their keywords, or if the user specified
    // the file and nothing could be read.
    let is_broken = || {
        let has_words = template::may_contain_machine(document.source.text().as_bytes());
        document.is_malformed() && has_words || document.roots.is_empty() && is_named
    };
    let report = if expectation == Expectation::Definition || !is_empty || is_broken() {
        check_with_files(document, &contents, files, settings)
    } else {
        Report::default()
    };
    (contents, report)
}

/// Checks the contents of a file without reading other files, such as those of a Terraform module that contain the policies of a
/// role.
pub fn check_contents(document: &Document, contents: &Contents<'_>, settings: &Settings) -> Report {
    check_with_files(document, contents, &NoFiles, settings)
}

/// Checks the contents of a file. The findings are sorted by location, those in other files last.
fn check_with_files(
    document: &Document,
    contents: &Contents<'_>,
    files: &dyn Files,
    settings: &Settings,
) -> Report {
    let mut all = Vec::new();
    let mut suppressed = 0;
    all.extend(check_document(document, settings));
    for found in &contents.machines {
        let report = check_found(document, found, settings);
        append_all(&mut all, report.diagnostics);
        suppressed += report.suppressed;
    }
    let has_roles = !contents.machines.is_empty()
        && !contents.resources.is_empty()
        && settings
            .enabled()
            .any(|(rule, _)| matches!(rule.check, Check::Role(_)))
        && role_report::may_have_policies(document);
    for resource in &contents.resources {
        check_resource(document, resource, settings, &mut all);
    }
    if has_roles {
        for report in role_report::reports(document, contents, files) {
            check_role(document, &report, settings, &mut all);
        }
    }
    for issue in &contents.unread {
        all.extend(diagnostic_of(document, &document.source, issue, settings));
    }
    if document.is_unrendered() {
        // The text between directives may be absent or repeated in the rendered file.
        all.retain(|d| d.source.is_some() || d.rule == rules::unrendered_template::RULE.name);
    }
    all.sort_by(|a, b| identity(a).cmp(&identity(b)));
    all.dedup_by(|a, b| identity(a) == identity(b));
    Report {
        diagnostics: all,
        suppressed,
    }
}

/// The identity and sort key of a finding; those in the file itself come first.
fn identity(found: &Diagnostic) -> (Option<&str>, Span, &str, &str) {
    let file = found.source.as_ref().map(|source| source.name());
    (file, found.span, found.rule, &found.message)
}

/// Adds findings. Most files contain one state machine, whose findings are moved without a copy.
fn append_all(all: &mut Vec<Diagnostic>, mut more: Vec<Diagnostic>) {
    if all.is_empty() {
        *all = more;
    } else {
        all.append(&mut more);
    }
}

fn check_found(template: &Document, found: &EmbeddedMachine<'_>, settings: &Settings) -> Report {
    let document = found.document();
    let node = found.node();
    let machine = lower::machine(node);
    let workflow_type = found.workflow_type.unwrap_or(settings.workflow_type);
    let mut report = if document.is_unrendered() {
        Report::default()
    } else {
        check(document, node, &machine, workflow_type, settings)
    };
    // The reason for an unknown value is reported otherwise if the text could not be parsed.
    if let Some(span) = unknown_span(node).filter(|_| !document.is_malformed()) {
        let message = "the states of this state machine are unknown, so they were not checked";
        let issue = TemplateIssue::new(IssueKind::Unreadable, span, message);
        report
            .diagnostics
            .extend(diagnostic_of(document, &document.source, &issue, settings));
    }
    if found.is_external() {
        report.diagnostics.extend(check_document(document, settings));
    }
    let outside = found.elsewhere(template);
    for diagnostic in &mut report.diagnostics {
        // A definition composed of parts of several files has findings in each of them.
        let source = diagnostic.source.take();
        let source = source.or_else(|| outside.map(Arc::clone));
        let elsewhere = source.filter(|source| !Arc::ptr_eq(source, &template.source));
        if found.is_external() {
            let file = elsewhere.as_ref().unwrap_or(&template.source);
            let is_substituted = |fix: &Fix| fix.edits.iter().any(|edit| is_substituted(file, edit.span));
            if let Some(fix) = diagnostic.fix.as_mut().filter(|fix| is_substituted(fix)) {
                fix.obstacle = Some(INSERTED);
            }
        }
        let base = if elsewhere.is_none() {
            &found.pointer
        } else {
            &found.inner
        };
        diagnostic.pointer.insert_str(0, base);
        diagnostic.source.clone_from(&elsewhere);
        if elsewhere.is_none()
            && found.is_text
            && let Some(fix) = &mut diagnostic.fix
            && !quote(template, &mut fix.edits)
        {
            fix.edits.clear();
            fix.obstacle = fix.obstacle.or(Some(QUOTED));
        }
    }
    report
}

/// Whether the template substitutes the value at a location, so that an edit there would not fix it.
fn is_substituted(file: &SourceFile, span: Span) -> bool {
    let written = file.text().get(span.range()).unwrap_or_default();
    let holds = |mark: &str| written.contains(mark);
    written.starts_with('!') || ["${", "\"Ref\"", "Ref:", "Fn::"].into_iter().any(holds)
}

/// Writes the replacements as they are written in the strings of the template that contain them; `false` if one cannot
/// be.
fn quote(template: &Document, edits: &mut [Edit]) -> bool {
    edits.iter_mut().all(|edit| {
        let quoting = Quoting::at(template, edit.span);
        let quoted = quoting.and_then(|quoting| quoting.encode(&edit.replacement));
        quoted.map(|quoted| edit.replacement = quoted).is_some()
    })
}

fn check_resource(document: &Document, resource: &Resource, settings: &Settings, out: &mut Vec<Diagnostic>) {
    for fault in &resource.issues {
        if !document.is_whole && fault.kind.requires_whole_file() {
            continue;
        }
        let source = fault.source.as_ref().unwrap_or(&resource.source);
        out.extend(diagnostic_of(document, source, fault, settings));
    }
    let nothing = Node::new(NodeKind::Unknown, Span::default());
    let root = document.roots.first().unwrap_or(&nothing);
    let target = run::target(root, root, document, settings);
    let tainted = TaintedFields::default();
    for (rule, level) in settings.enabled() {
        if let Check::Resource(check) = rule.check {
            let before = out.len();
            check(resource, &mut run::collector(rule, level, &target, &tainted, out));
            for diagnostic in &mut out[before..] {
                if !Arc::ptr_eq(&resource.source, &document.source) {
                    diagnostic.source = Some(Arc::clone(&resource.source));
                    diagnostic.pointer.clone_from(&resource.pointer);
                }
            }
        }
    }
}

fn check_role(document: &Document, report: &RoleReport<'_>, settings: &Settings, out: &mut Vec<Diagnostic>) {
    let Some(root) = document.roots.first() else {
        return;
    };
    let target = run::target(root, root, document, settings);
    let tainted = TaintedFields::default();
    for (rule, level) in settings.enabled() {
        if let Check::Role(check) = rule.check {
            check(report, &mut run::collector(rule, level, &target, &tainted, out));
        }
    }
}

/// The finding for an issue in a file, unless its rule is off.
fn diagnostic_of(
    document: &Document,
    source: &Arc<SourceFile>,
    issue: &TemplateIssue,
    settings: &Settings,
) -> Option<Diagnostic> {
    let (rule, severity) = settings.for_issue(issue.kind)?;
    let mut diagnostic = Diagnostic::new(rule.name, severity, issue.message.clone(), issue.span);
    diagnostic.help = issue.help.clone().map(Into::into);
    place(document, source, issue, &mut diagnostic);
    Some(diagnostic)
}

/// The location of a definition, or of its states, whose value is unknown, so that nothing in it was checked.
fn unknown_span(node: &Node) -> Option<Span> {
    let is_unknown = |states: &&Node| {
        let members = states.as_object().unwrap_or_default();
        states.is_unknown() || !members.is_empty() && members.iter().all(|state| state.value.is_unknown())
    };
    let states = node.get("States").filter(is_unknown);
    let unknown = states.or_else(|| node.is_unknown().then_some(node));
    unknown.map(|node| node.span)
}

fn place(document: &Document, source: &Arc<SourceFile>, fault: &TemplateIssue, diagnostic: &mut Diagnostic) {
    if Arc::ptr_eq(source, &document.source) {
        let root = document.roots.iter().find(|r| r.span.contains(fault.span));
        diagnostic.pointer = root.map(|r| r.pointer_to(fault.span)).unwrap_or_default();
    } else {
        diagnostic.source = Some(Arc::clone(source));
        diagnostic.pointer = fault.pointer.clone().unwrap_or_default();
        diagnostic.move_to_part(source);
        diagnostic
            .source
            .take_if(|source| Arc::ptr_eq(source, &document.source));
    }
}
