//! The walk over a state machine, which passes each part to the rules that check such parts.

use super::context::Context;
use super::rule::{Check, Rule};
use super::run::{self, Run};
use super::settings::Settings;
use super::suppression;
use super::tainted_fields::TaintedFields;
use super::{aws, limit, merge, rules, schema};
use crate::asl::{Kind, Machine, Parsed, Part, State};
use crate::decision::decide;
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use crate::document::{Document, Node, Syntax, SyntaxErrorKind};
use crate::shape;
use crate::spec::WorkflowType;
use std::borrow::Cow;
use std::cell::LazyCell;

/// The syntax errors of a document, as findings of the corresponding rules.
pub fn check_document(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for fault in &document.errors {
        let Some((rule, severity)) = settings.for_syntax(fault.kind) else {
            continue;
        };
        let root = document.roots.first();
        let mut diagnostic = Diagnostic::new(rule.name, severity, fault.message.clone(), fault.span);
        diagnostic.pointer = root.map(|r| r.pointer_to(fault.span)).unwrap_or_default();
        diagnostic.help = fault.help.clone().map(Cow::from);
        diagnostic.fix = (fault.kind == SyntaxErrorKind::Superfluous)
            .then(|| Fix::safe("remove it", vec![Edit::remove(fault.span)]));
        diagnostic.related = fault
            .first
            .map(|span| Label {
                span,
                message: "first defined here".into(),
            })
            .into_iter()
            .collect();
        diagnostics.push(diagnostic);
    }
    if settings.aws_answers && document.syntax == Syntax::Json {
        let rule = rules::syntax::invalid_syntax::RULE.name;
        if let Some(first) = diagnostics.iter_mut().find(|d| d.rule == rule) {
            first.aws = aws::syntax_error(document.source.text());
        }
    }
    for diagnostic in &mut diagnostics {
        diagnostic.move_to_part(&document.source);
    }
    diagnostics
}

/// What a check reports.
#[derive(Debug, Default)]
pub struct Report {
    /// The findings, sorted by location.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings comments suppress.
    pub suppressed: usize,
}

/// Checks one machine of a document; `root` is the tree that contains it.
pub fn check(
    document: &Document,
    root: &Node,
    machine: &Machine<'_>,
    workflow_type: WorkflowType,
    settings: &Settings,
) -> Report {
    let cx = Context::new(document, machine, workflow_type);
    let mut run = Run {
        cx: &cx,
        target: run::target(root, machine.node, document, settings),
        settings,
        tainted: TaintedFields::default(),
        // A rule that applies to one task of a large machine most often applies to all.
        out: Vec::with_capacity(cx.tasks.len()),
    };
    schema::check(&mut run);
    let enabled: Vec<_> = settings.enabled().collect();
    for (rule, level) in &enabled {
        if settings.is_interrupted() {
            return Report::default();
        }
        apply(&mut run, rule, *level);
    }
    for family in [apply_to_choices, apply_to_expressions, apply_to_data] {
        if settings.is_interrupted() {
            return Report::default();
        }
        family(&mut run, &enabled);
    }
    let mut found = run.out;
    sort(&mut found);
    let suppression::Outcome {
        kept: mut diagnostics,
        suppressed,
        unknown,
    } = suppression::apply(&cx, root, settings, found);
    merge::apply(&mut diagnostics);
    limit::apply(&mut diagnostics);
    if !unknown.is_empty() {
        diagnostics.extend(unknown);
        sort(&mut diagnostics);
    }
    for diagnostic in &mut diagnostics {
        diagnostic.move_to_part(&document.source);
    }
    Report {
        diagnostics,
        suppressed,
    }
}

/// Sorts findings by location, and removes those that repeat another.
fn sort(found: &mut Vec<Diagnostic>) {
    found.sort_by(|a, b| (a.span, a.rule, &a.message).cmp(&(b.span, b.rule, &b.message)));
    found.dedup_by(|a, b| a.span == b.span && a.rule == b.rule && a.message == b.message);
}

/// Runs the rules about the decisions of Choice states. Each decision is analyzed once.
fn apply_to_choices(run: &mut Run<'_, '_>, enabled: &[(&'static Rule, Severity)]) {
    let cx = run.cx;
    for state in cx.scopes.iter().flat_map(|scope| &scope.machine.states) {
        let Kind::Choice(choice) = &state.kind else {
            continue;
        };
        let decision = LazyCell::new(|| decide(choice));
        for (rule, level) in enabled {
            if let Check::Decision(check) = rule.check {
                check(
                    cx,
                    state,
                    choice,
                    decision.as_ref(),
                    &mut run.collector(rule, *level),
                );
            }
        }
    }
}

/// Runs the rules of expressions and payloads. Each expression is visited once, not once for each of the many rules.
fn apply_to_expressions(run: &mut Run<'_, '_>, enabled: &[(&'static Rule, Severity)]) {
    let cx = run.cx;
    let (mut of_any, mut of_intrinsics) = (Vec::new(), Vec::new());
    let (mut of_jsonata, mut of_malformed) = (Vec::new(), Vec::new());
    for &(rule, level) in enabled {
        match rule.check {
            Check::Expression(check) => of_any.push((rule, level, check)),
            Check::Intrinsic(check) => of_intrinsics.push((rule, level, check)),
            Check::Jsonata(check) => of_jsonata.push((rule, level, check)),
            Check::Malformed(check) => of_malformed.push((rule, level, check)),
            _ => {}
        }
    }
    let of_payloads = enabled.iter().filter_map(|&(rule, level)| match rule.check {
        Check::Payload(check) => Some((rule, level, check)),
        _ => None,
    });
    let of_payloads: Vec<_> = of_payloads.collect();
    for state in cx.scopes.iter().flat_map(|scope| &scope.machine.states) {
        state.for_each_part(&mut |part| {
            part.for_each_expression(&mut |expression| {
                let of_kind = match expression.parsed() {
                    Parsed::Intrinsic(_) => of_intrinsics.as_slice(),
                    Parsed::Jsonata(_) => of_jsonata.as_slice(),
                    Parsed::Malformed(_) => of_malformed.as_slice(),
                    Parsed::Path(_) | Parsed::Unknown => &[],
                };
                for (rule, level, check) in of_any.iter().chain(of_kind) {
                    check(cx, state, expression, &mut run.collector(rule, *level));
                }
            });
            if let Part::Payload(payload) = part {
                for (rule, level, check) in &of_payloads {
                    check(cx, state, payload, &mut run.collector(rule, *level));
                }
            }
        });
    }
}

/// Runs the rules of the data, which share one analysis. A part that has another finding gets no second one. Errors in
/// the structure hide where data comes from, so the rules run only without them.
fn apply_to_data(run: &mut Run<'_, '_>, enabled: &[(&'static Rule, Severity)]) {
    let is_data = |(rule, _): &&(&Rule, Severity)| matches!(rule.check, Check::Data(_));
    if !run.tainted.is_empty() || !run.cx.document.is_whole || !enabled.iter().any(|rule| is_data(&rule)) {
        return;
    }
    let cx = run.cx;
    let analysis = shape::analyze(cx.machine, &run.settings.declarations, shape::Detail::Faults);
    let older = run.out.len();
    for (rule, level) in enabled.iter().filter(is_data) {
        if let Check::Data(check) = rule.check {
            check(cx, &analysis, &mut run.collector(rule, *level));
        }
    }
    let data = run.out.split_off(older);
    let repeats = |new: &Diagnostic, old: &Diagnostic| {
        old.severity >= Severity::Warning && new.span.start <= old.span.start && old.span.end <= new.span.end
    };
    for diagnostic in data {
        if !run.out[..older].iter().any(|old| repeats(&diagnostic, old)) {
            run.out.push(diagnostic);
        }
    }
}

fn apply<'d>(run: &mut Run<'_, 'd>, rule: &'static Rule, level: Severity) {
    let cx = run.cx;
    let findings = &mut run.collector(rule, level);
    let each = |f: &mut dyn FnMut(&State<'d>)| {
        for scope in &cx.scopes {
            scope.machine.states.iter().for_each(&mut *f);
        }
    };
    match rule.check {
        // `apply_to_choices`, `apply_to_expressions`, and `apply_to_data` run the last seven.
        Check::Syntax(_)
        | Check::Template(_)
        | Check::Linter
        | Check::Schema
        | Check::Resource(_)
        | Check::Role(_)
        | Check::Decision(_)
        | Check::Expression(_)
        | Check::Intrinsic(_)
        | Check::Jsonata(_)
        | Check::Malformed(_)
        | Check::Payload(_)
        | Check::Data(_) => {}
        Check::Machine(check) => check(cx, findings),
        Check::Scope(check) => cx.scopes.iter().for_each(|scope| check(cx, scope, findings)),
        Check::State(check) => each(&mut |state| check(cx, state, findings)),
        Check::Task(check) => cx.tasks.iter().for_each(|task| check(cx, task, findings)),
        Check::Retrier(check) => each(&mut |state| {
            state
                .retry()
                .iter()
                .enumerate()
                .for_each(|(i, r)| check(cx, state, i, r, findings));
        }),
        Check::ChoiceRule(check) => each(&mut |state| {
            let Kind::Choice(choice) = &state.kind else { return };
            choice
                .rules
                .iter()
                .enumerate()
                .for_each(|(i, r)| check(cx, state, i, r, findings));
        }),
    }
}

#[cfg(test)]
mod tests;
