//! The definition to run, checked as AWS would check it.

use super::Args;
use crate::asl::lower;
use crate::cli::Trouble;
use crate::cli::lint::rule_infos;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::lint::{self, AwsCode, MachineType, Settings, registry};
use crate::render::diagnostics::{self, FileReport, Format, Printer, Summary};
use crate::render::style::Style;
use crate::simulate::Plan;
use std::io;
use std::path::Path;
use std::rc::Rc;

/// A definition ready to run.
pub(super) struct Prepared {
    pub(super) plan: Rc<Plan>,
    pub(super) machine_name: String,
}

/// Reads and checks the definition. `None` where AWS would refuse it; what it would say is printed.
pub(super) fn prepare(args: &Args, style: &Style) -> Result<Option<Prepared>, Trouble> {
    let selected = args.machine.select()?;
    let document = &selected.document;
    let Some(node) = selected.node() else {
        return Err(
            Trouble::new(format!("`{}` holds no definition", args.machine.path().display()))
                .help("`asl lint` says what is wrong with it"),
        );
    };
    let machine = lower::machine(node);
    if !args.force {
        let mut settings = Settings::default();
        settings.machine_type = selected.machine_type.unwrap_or(match args.machine_type {
            crate::cli::lint::Type::Express => MachineType::Express,
            crate::cli::lint::Type::Standard => MachineType::Standard,
        });
        let mut refused = lint::check_document(document, &settings);
        refused.extend(lint::check(
            document,
            node,
            &machine,
            settings.machine_type,
            &settings,
        ));
        refused.retain(is_refused);
        if !refused.is_empty() {
            report(document, refused, style)?;
            crate::cli::exit::note("AWS would refuse this definition; `--force` runs it as far as it goes");
            return Ok(None);
        }
    }
    Ok(Some(Prepared {
        plan: Rc::new(Plan::new(&machine)),
        machine_name: selected
            .name
            .clone()
            .unwrap_or_else(|| name_of(args.machine.path())),
    }))
}

/// Whether AWS refuses a definition for this.
fn is_refused(found: &Diagnostic) -> bool {
    let rule = registry::find(found.rule);
    found.severity == Severity::Error
        && (found.aws.is_some() || rule.is_some_and(|rule| matches!(rule.aws, Some(AwsCode::Refused(_)))))
}

/// Prints findings on standard error.
pub(super) fn report(
    document: &Document,
    diagnostics: Vec<Diagnostic>,
    style: &Style,
) -> Result<(), Trouble> {
    let infos = rule_infos();
    let mut printer: Box<dyn Printer> = Format::Text.printer(diagnostics::Settings {
        style,
        rules: &infos,
        aws_warnings: false,
    });
    let report = FileReport {
        path: document.source.name().to_owned(),
        source: document.source.clone(),
        machines: Vec::new(),
        diagnostics,
        suppressed: 0,
    };
    let mut summary = Summary::default();
    summary.add(&report);
    let mut out = io::stderr().lock();
    printer.begin(&mut out)?;
    printer.file(&report, &mut out)?;
    printer.end(&summary, &mut out)?;
    Ok(())
}

/// A name for the machine: the file's, without what follows the first dot.
fn name_of(path: &Path) -> String {
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let kept: String = stem
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    if kept.is_empty() {
        "StateMachine".to_owned()
    } else {
        kept
    }
}
