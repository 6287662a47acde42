//! `asl cost`: what a state machine costs.

mod observed;

use super::definition::{self, Definition};
use super::input;
use super::output;
use super::report;
use super::revision;
use super::scaffold_file;
use super::{CliError, Exit, exit};
use crate::asl::Machine;
use crate::aws::price::Prices;
use crate::cost::assumptions::{self, Assumptions, Form};
use crate::cost::bill::Tariff;
use crate::cost::usage::{Basis, Usage};
use crate::cost::{self, Estimate, Terms, duration, money, price_file};
use crate::document::Syntax;
use crate::prose;
use crate::render::estimate::{self, Budget, Format, Other, Report};
use crate::render::style::Style;
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The default number of executions per month.
const EXECUTIONS: u64 = 1_000_000;

/// The arguments of `asl cost`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct Args {
    /// Definition, or template that contains it; - is standard input
    definition: PathBuf,
    /// Name of the state machine in the template [default: all]
    #[arg(long, value_name = "NAME")]
    state_machine: Option<String>,
    /// Allow the template to reference files outside its directory and its repository
    #[arg(long)]
    allow_outside: bool,
    /// Executions per month [default: 1000000]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(..=money::MOST))]
    executions: Option<u64>,
    /// AWS region whose prices apply
    #[arg(long, value_name = "REGION", default_value = "us-east-1")]
    region: String,
    /// Workflow type that recommendations and the budget refer to
    #[arg(
        long = "type",
        value_name = "TYPE",
        ignore_case = true,
        default_value = "standard"
    )]
    workflow_type: WorkflowType,
    /// File with assumptions: odds, item counts, durations, failure rates
    #[arg(long, value_name = "FILE")]
    assume: Option<PathBuf>,
    /// Write an assumptions file for the definition to FILE (- is standard output) and exit
    #[arg(long, value_name = "FILE", alias = "scaffold-assumptions")]
    scaffold: Option<PathBuf>,
    /// Duration of an Express execution: 300ms, 10s, 5m
    #[arg(long, value_name = "DURATION", value_parser = a_duration)]
    duration: Option<Decimal>,
    /// Memory of an Express execution, in MB
    #[arg(long, value_name = "MB", value_parser = megabytes)]
    memory: Option<Decimal>,
    /// Ignore the free tier of state transitions
    #[arg(long)]
    no_free_tier: bool,
    /// Count the start and the end of a Standard execution as state transitions
    #[arg(long)]
    count_start_end: bool,
    /// Include the cost of called services
    #[arg(long)]
    services: bool,
    /// File with prices that replace the built-in ones; see asl schema prices
    #[arg(long, value_name = "FILE")]
    prices: Option<PathBuf>,
    /// Estimate from recorded executions: files with the output of aws stepfunctions get-execution-history, globs, or
    /// directories with such JSON files
    #[arg(
        long,
        value_name = "FILE",
        num_args = 1..,
        conflicts_with_all = ["input", "file", "returns", "failures", "repeat"]
    )]
    history: Vec<PathBuf>,
    /// Compare with an older definition: a file, or REV:PATH for a revision in git
    #[arg(long, value_name = "OLD", alias = "compare")]
    diff: Option<String>,
    /// Exit with 1 if a month costs more than this many US dollars
    #[arg(long, value_name = "USD", value_parser = dollars)]
    budget: Option<Decimal>,
    /// Output format
    #[arg(long, default_value = "text")]
    format: Format,
    /// Estimate even if the definition has errors
    #[arg(long)]
    force: bool,
    /// Filename to use for standard input; its extension determines the syntax
    #[arg(long, value_name = "NAME")]
    stdin_filename: Option<PathBuf>,
    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Estimate from a simulated execution with this input: a file, - for standard input, or JSON
    #[arg(
        long,
        value_name = "FILE|JSON",
        allow_hyphen_values = true,
        help_heading = "Simulation"
    )]
    input: Option<String>,
    #[command(flatten, next_help_heading = "Simulation")]
    mocks: super::simulate::mocks::Args,
    /// Estimate from the mean of N simulated executions, incrementing the seed
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1_000_000), help_heading = "Simulation")]
    repeat: Option<u64>,
    /// Random seed
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Simulation")]
    seed: u64,
}

fn a_duration(text: &str) -> Result<Decimal, String> {
    duration::parse(text).ok_or_else(|| "expected a duration, such as 300ms, 10s, 5m, or 2h".to_owned())
}

fn megabytes(text: &str) -> Result<Decimal, String> {
    let most = Decimal::from(1_000_000);
    let mb = text.parse::<Decimal>().ok();
    mb.filter(|mb| *mb >= Decimal::ZERO && *mb <= most)
        .ok_or_else(|| "expected a number of MB, such as 64".to_owned())
}

fn dollars(text: &str) -> Result<Decimal, String> {
    let amount = text.trim_start_matches('$').parse::<Decimal>().ok();
    amount
        .filter(|amount| *amount >= Decimal::ZERO)
        .ok_or_else(|| "expected an amount of US dollars, such as 25 or 0.50".to_owned())
}

/// Runs `asl cost`.
pub fn run(args: &Args, style: &Style) -> Result<Exit, CliError> {
    exit::warn_of_renamed_flags(&[("--scaffold-assumptions", "--scaffold"), ("--compare", "--diff")]);
    let input = input::one(&args.definition, args.stdin_filename.as_deref())?;
    let definitions = definitions(input.read_with_syntax()?, args)?;
    let machines = machines(&definitions, args)?;
    if observed::is_asked_for(args) && machines.len() > 1 {
        let names: Vec<&str> = machines.iter().filter_map(|(name, _)| name.as_deref()).collect();
        return Err(CliError::new(
            "an execution belongs to one state machine, but the file contains several",
        )
        .help(format!("select one with --state-machine: {}", names.join(", "))));
    }
    if let Some(file) = &args.scaffold {
        scaffold(&machines, file)?;
        return Ok(Exit::Success);
    }
    let prices = prices(args)?;
    let terms = Terms {
        prices: &prices,
        tariff: tariff(&prices, args)?,
        executions: 0,
        workflow: args.workflow_type,
        count_start_end: args.count_start_end,
        services: args.services,
    };
    let assumptions = read_assumptions(args, &machines)?;
    let executions = args.executions.or(assumptions.executions_per_month);
    let terms = Terms {
        executions: executions.unwrap_or(EXECUTIONS),
        ..terms
    };
    let estimates = price(&machines, &assumptions, &terms, args)?;
    let other = args
        .diff
        .as_deref()
        .map(|name| compared(name, machines.len(), &assumptions, &terms, args));
    let others = other.transpose()?.unwrap_or_default();
    let path = input.name();
    let reports: Vec<Report<'_>> = estimates
        .iter()
        .enumerate()
        .map(|(i, estimate)| Report {
            path: &path,
            machine: machines.get(i).and_then(|(name, _)| name.as_deref()),
            estimate,
            terms: &terms,
            other: args
                .diff
                .as_deref()
                .zip(others.get(i))
                .map(|(name, estimate)| Other { name, estimate }),
        })
        .collect();
    let budget = args.budget.map(|limit| Budget {
        limit,
        spent: estimates.iter().map(|e| e.own().total()).sum(),
    });
    let given = [&args.assume, &args.prices]
        .into_iter()
        .flatten()
        .chain(&args.history);
    let reads = std::iter::once(&args.definition).chain(given);
    let mut out = output::open(args.output.as_deref(), reads.map(PathBuf::as_path))?;
    estimate::write(&reports, budget, args.format, *style, &mut out)?;
    out.flush()?;
    Ok(match budget {
        Some(budget) if !budget.is_kept() => Exit::Findings,
        _ => Exit::Success,
    })
}

/// A machine of a file, and what tells it from the others there.
type Named<'d> = (Option<String>, Machine<'d>);

/// The definitions of a file, or the one that was named.
fn definitions(
    (source, syntax): (Arc<SourceFile>, Syntax),
    args: &Args,
) -> Result<Vec<Definition>, CliError> {
    let selected = definition::Args::new(
        args.definition.clone(),
        args.state_machine.clone(),
        args.allow_outside,
    );
    definition::load_all(&selected, source, syntax)
}

/// The machine of each definition, unless AWS would refuse one of them.
fn machines<'d>(definitions: &'d [Definition], args: &Args) -> Result<Vec<Named<'d>>, CliError> {
    let is_only = definitions.len() == 1;
    let named = |(i, definition): (usize, &'d Definition)| {
        let workflow_type = definition.workflow_type.unwrap_or(args.workflow_type);
        let machine = definition.check(workflow_type, args.force)?;
        let name = || {
            definition
                .name
                .clone()
                .unwrap_or_else(|| format!("machine {}", i + 1))
        };
        Ok(((!is_only).then(name), machine))
    };
    definitions.iter().enumerate().map(named).collect()
}

fn scaffold(machines: &[Named<'_>], file: &Path) -> Result<(), CliError> {
    let [(_, machine)] = machines else {
        return Err(CliError::new(
            "an assumptions file is for one state machine, but the file contains several",
        ));
    };
    let is_json = file.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let text = assumptions::scaffold(machine, if is_json { Form::Json } else { Form::Yaml });
    scaffold_file::write(file, &text)
}

fn prices(args: &Args) -> Result<Prices, CliError> {
    let Some(path) = &args.prices else {
        return Ok(Prices::builtin().clone());
    };
    let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
    price_file::parse(Arc::clone(&source), syntax)
        .map_err(|errors| report::invalid_file(&source, errors, "prices"))
}

fn tariff<'p>(prices: &'p Prices, args: &Args) -> Result<Tariff<'p>, CliError> {
    Tariff::of(prices, &args.region, !args.no_free_tier).ok_or_else(|| {
        let known = prices.regions.keys().map(String::as_str);
        CliError::new(format!("no pricing data for region `{}`", args.region)).help(format!(
            "{}, or pass `--prices FILE` for other regions",
            prose::suggestion("region", &args.region, known)
        ))
    })
}

fn read_assumptions(args: &Args, machines: &[Named<'_>]) -> Result<Assumptions, CliError> {
    let Some(path) = &args.assume else {
        return Ok(Assumptions::default());
    };
    let (source, syntax) = input::one(path, None)?.read_with_syntax()?;
    let machines: Vec<&Machine<'_>> = machines.iter().map(|(_, machine)| machine).collect();
    assumptions::parse(Arc::clone(&source), syntax, &machines)
        .map_err(|errors| report::invalid_file(&source, errors, "assumptions"))
}

/// What each machine costs.
fn price(
    machines: &[Named<'_>],
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    args: &Args,
) -> Result<Vec<Estimate>, CliError> {
    let of = |(name, machine): &Named<'_>| {
        let error = |why: cost::Unpriceable| {
            let words = name
                .as_ref()
                .map_or_else(|| why.to_string(), |name| format!("{name}: {why}"));
            CliError::new(words)
        };
        let usage = match observed::usage(args, machine, assumptions)? {
            Some(usage) => usage.map_err(error)?,
            None => cost::definition::usage(machine, assumptions).map_err(error)?,
        };
        let usage = with_figures(usage, assumptions, args);
        cost::estimate(machine, usage, assumptions, terms).map_err(error)
    };
    machines.iter().map(of).collect()
}

/// The usage, with the figures of an Express execution that the command line or the assumptions give.
fn with_figures(mut usage: Usage, assumptions: &Assumptions, args: &Args) -> Usage {
    let given = |flag: Option<Decimal>, file: Option<Decimal>| {
        let flag = flag.map(|value| (value, Basis::Flag));
        flag.or_else(|| file.map(|value| (value, Basis::File)))
    };
    if let Some((ms, basis)) = given(args.duration, assumptions.duration_ms) {
        usage.set_duration(ms, basis);
    }
    if let Some((mb, basis)) = given(args.memory, assumptions.memory_mb) {
        usage.set_memory(mb, basis);
    }
    usage
}

/// What the machines of another definition cost under the same terms.
fn compared(
    name: &str,
    count: usize,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
    args: &Args,
) -> Result<Vec<Estimate>, CliError> {
    let definitions = definitions(revision::read(name)?, args)?;
    let machines = machines(&definitions, args)?;
    if machines.len() != count {
        let help = "compare files that contain the same state machines";
        return Err(CliError::new(format!(
            "`{name}` contains {} state machines, expected {count}",
            machines.len()
        ))
        .help(help));
    }
    price(&machines, assumptions, terms, args)
}
