//! Which cases run.

use super::args::Args;
use super::loaded::{LoadedSuite, LoadedTests};
use super::worker::CaseId;
use crate::cli::CliError;
use crate::prose;
use crate::suite::{self, Filter};

/// The cases that the arguments select, in the order of the files.
pub(super) fn cases(args: &Args, loaded: &LoadedTests) -> Result<Vec<CaseId>, CliError> {
    let parse = |text: &String| {
        Filter::parse(text)
            .map_err(|error| CliError::new(format!("invalid filter: {error}")).help(suite::filter_syntax()))
    };
    let filters: Vec<Filter> = args.filter.iter().map(parse).collect::<Result<_, _>>()?;
    let mut selected = Vec::new();
    for (s, suite) in loaded.suites.iter().enumerate() {
        let machine = &loaded.machines[suite.machine];
        for (c, case) in suite.cases.iter().enumerate() {
            let states = if filters.is_empty() {
                Vec::new()
            } else {
                case.case.state_names()
            };
            let tags: Vec<&str> = case.case.tags.iter().map(|tag| tag.as_str()).collect();
            let subject = LoadedSuite::subject(machine, case, &states, &tags);
            let is_filtered = filters.is_empty() || filters.iter().any(|filter| filter.selects(&subject));
            let is_tagged = args.tag.is_empty() || args.tag.iter().any(|tag| tags.contains(&tag.as_str()));
            if is_filtered && is_tagged {
                selected.push((s, c));
            }
        }
    }
    let is_narrowed = !filters.is_empty() || !args.tag.is_empty();
    if selected.is_empty() && is_narrowed {
        return Err(CliError::new("no case matches the filter").help(advice(args, &filters, loaded)));
    }
    if let Some(shard) = args.shard {
        selected.retain(|(s, c)| {
            let suite = &loaded.suites[*s];
            let path = suite.path.to_string_lossy().replace('\\', "/");
            shard.has(path.trim_start_matches("./"), &suite.cases[*c].case.name)
        });
    }
    Ok(selected)
}

/// What to do if no case is selected.
fn advice(args: &Args, filters: &[Filter], loaded: &LoadedTests) -> String {
    let is_glob = |(filter, text): (&Filter, &String)| !filter.is_expression && text.contains('(');
    if filters.iter().zip(&args.filter).any(is_glob) {
        return suite::filter_syntax();
    }
    let cases = loaded.suites.iter().flat_map(|suite| &suite.cases);
    let tags = cases.clone().flat_map(|case| &case.case.tags);
    let tags: Vec<&str> = tags.map(|tag| tag.as_str()).collect();
    let names = cases.map(|case| case.case.name.as_str());
    let similar_case = args.filter.iter().find_map(|text| {
        let exact = text
            .strip_prefix("name(=")
            .and_then(|text| text.strip_suffix(')'));
        prose::closest(exact.unwrap_or(text), names.clone())
    });
    let unknown_tag = args.tag.iter().find(|tag| !tags.contains(&tag.as_str()));
    let similar_tag = unknown_tag.and_then(|tag| prose::closest(tag, tags.iter().copied()));
    match (similar_case, similar_tag) {
        (Some(name), _) => prose::similar_name("case", name),
        (None, Some(tag)) => prose::similar_name("tag", tag),
        (None, None) => "list the cases with --list".to_owned(),
    }
}
