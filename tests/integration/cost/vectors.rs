//! Known amounts, to ten decimal places.

use aslkit::asl::lower;
use aslkit::aws::price::Prices;
use aslkit::cost::assumptions::Assumptions;
use aslkit::cost::bill::Tariff;
use aslkit::cost::money::exact;
use aslkit::cost::usage::Basis;
use aslkit::cost::{self, Estimate, Terms, definition};
use aslkit::document::{self, Syntax};
use aslkit::source::SourceFile;
use aslkit::spec::WorkflowType;
use rust_decimal::Decimal;
use std::sync::Arc;

fn dec(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// The estimate of a state machine with that many Pass states.
fn price(
    states: u32,
    executions: u64,
    express: Option<(&str, &str)>,
    region: &str,
    free_tier: bool,
) -> Estimate {
    let state = |i: u32| {
        let end = if i == states {
            "\"End\": true".to_owned()
        } else {
            format!("\"Next\": \"S{}\"", i + 1)
        };
        format!("\"S{i}\": {{\"Type\": \"Pass\", {end}}}")
    };
    let list: Vec<String> = (1..=states).map(state).collect();
    let text = format!("{{\"StartAt\": \"S1\", \"States\": {{{}}}}}", list.join(", "));
    let document = document::read(Arc::new(SourceFile::new("a", text)), Syntax::Json);
    let machine = lower::machine(&document.roots[0]);
    let assumptions = Assumptions::default();
    let mut usage = definition::usage(&machine, &assumptions).unwrap();
    if let Some((ms, mb)) = express {
        usage.set_duration(dec(ms), Basis::Flag);
        usage.set_memory(dec(mb), Basis::Flag);
    }
    let prices = Prices::builtin();
    let terms = Terms {
        prices,
        tariff: Tariff::new(prices, region, free_tier).unwrap(),
        executions,
        workflow: WorkflowType::Standard,
        count_start_end: false,
        services: false,
    };
    cost::estimate(&machine, usage, &assumptions, &terms).unwrap()
}

fn standard(states: u32, executions: u64, region: &str, free_tier: bool) -> String {
    exact(
        price(states, executions, None, region, free_tier)
            .standard
            .per_month,
    )
    .to_string()
}

#[test]
fn prices_standard_transitions() {
    let home = "us-east-1";
    assert_eq!(standard(4, 100_000, home, true), "9.9", "S1");
    assert_eq!(standard(3, 1_000, home, false), "0.075", "S2");
    assert_eq!(standard(10, 1_000_000, home, true), "249.9", "S3");
    assert_eq!(standard(1, 4_000, home, true), "0", "S4");
    assert_eq!(standard(1, 4_001, home, true), "0.000025", "S5");
    assert_eq!(standard(1, 1_004_000, "sa-east-1", true), "37.5", "S6");
    assert_eq!(standard(1, 1_004_000, "eu-west-3", true), "29.7", "S7");
}

/// Executions, milliseconds, megabytes, GB-seconds, the cost of the duration, and the total by the price list; and the
/// total by AWS's pricing page, whose prices per GB-hour are rounded.
const EXPRESS: [[&str; 8]; 8] = [
    [
        "X1",
        "100000000",
        "10000",
        "64",
        "62500000",
        "382.884",
        "482.884",
        "482.97",
    ],
    [
        "X2", "1000000", "30000", "64", "1875000", "31.25625", "32.25625", "32.25",
    ],
    [
        "X3",
        "1000",
        "11300",
        "64",
        "706.25",
        "0.0117731875",
        "0.0127731875",
        "0.0127708333",
    ],
    [
        "X4",
        "1000000",
        "1000",
        "64",
        "62500",
        "1.041875",
        "2.041875",
        "2.0416667",
    ],
    [
        "X5",
        "1000000",
        "100",
        "64",
        "6250",
        "0.1041875",
        "1.1041875",
        "1.1041667",
    ],
    [
        "X6",
        "1000000",
        "101",
        "64",
        "12500",
        "0.208375",
        "1.208375",
        "1.2083333",
    ],
    [
        "X7",
        "5000000",
        "60000",
        "128",
        "37500000",
        "268.884",
        "273.884",
        "273.9416667",
    ],
    [
        "X8", "57600", "1000", "64", "3600", "0.060012", "0.117612", "0.1176",
    ],
];

#[test]
fn prices_express_executions_by_the_price_list() {
    for [name, executions, ms, mb, gb_seconds, duration, total, page] in EXPRESS {
        let executions = executions.parse().unwrap();
        let express = price(1, executions, Some((ms, mb)), "us-east-1", true).express;
        assert_eq!(express.metered.gb_seconds, dec(gb_seconds), "{name}");
        assert_eq!(exact(express.per_month), dec(total), "{name}");
        let requests = Decimal::from(executions) * dec("0.000001");
        assert_eq!(express.per_month - requests, dec(duration), "{name}");
        let off = ((express.per_month - dec(page)) / dec(page)).abs();
        assert!(off < dec("0.0005"), "{name}: {off} off AWS's page");
    }
}

#[test]
fn rounds_up_duration_and_memory() {
    let whole = |ms: &str, mb: &str| {
        price(1, 1_000_000, Some((ms, mb)), "us-east-1", true)
            .express
            .per_month
    };
    assert_eq!(whole("1", "64"), whole("100", "64"), "X6");
    let fee = dec("1");
    assert_eq!(
        whole("1000", "65") - fee,
        (whole("1000", "64") - fee) * Decimal::TWO,
        "X10"
    );
    assert_eq!(whole("1000", "65"), whole("1000", "128"));
}

#[test]
fn applies_the_tiers_of_gb_seconds() {
    // 1,000 and 5,000 GB-hours: X9, by the price list instead of the pricing page.
    let of = |executions: u64| {
        let whole = price(1, executions, Some(("1000", "1024")), "us-east-1", true)
            .express
            .per_month;
        whole - Decimal::from(executions) * dec("0.000001")
    };
    assert_eq!(of(3_600_000), dec("60.012"));
    assert_eq!(of(18_000_000), dec("179.964"));
}

#[test]
fn does_not_apply_one_tier_to_all_units() {
    let x1 = price(1, 100_000_000, Some(("10000", "64")), "us-east-1", true)
        .express
        .per_month
        - dec("100");
    for wrong in ["1041.67", "1041.875", "285"] {
        assert!((x1 - dec(wrong)).abs() > Decimal::ONE, "{x1} uses a single tier");
    }
    // Express has no price per transition: ten states cost as much as one.
    let of = |states| {
        price(states, 1_000_000, Some(("100", "64")), "us-east-1", true)
            .express
            .per_month
    };
    assert_eq!(of(1), of(10));
}

#[test]
fn both_types_cost_the_same_at_the_break_even() {
    for (states, ms) in [(1, "100"), (4, "1000"), (10, "30000"), (100, "250000")] {
        let here = price(states, 1_000_000, Some((ms, "64")), "us-east-1", true);
        let Some(volume) = here.break_even.volume else {
            panic!("{states} states at {ms} ms have one");
        };
        assert_eq!(volume.below, WorkflowType::Standard);
        let n = u64::try_from(volume.executions).unwrap();
        let is_express_cheaper = |n| {
            let there = price(states, n, Some((ms, "64")), "us-east-1", true);
            there.standard.per_month > there.express.per_month
        };
        assert!(
            is_express_cheaper(n) && !is_express_cheaper(n - 1),
            "{states} states at {ms} ms: {n}"
        );
        // One step above the break-even duration, Express is more expensive.
        let longest = here.break_even.duration_ms.unwrap();
        let longer = (longest + Decimal::ONE_HUNDRED).to_string();
        let of = |ms: &str| {
            price(states, 1_000_000, Some((ms, "64")), "us-east-1", true)
                .express
                .per_month
        };
        assert!(of(&longest.to_string()) <= here.standard.per_month && of(&longer) > here.standard.per_month);
    }
}

#[test]
fn long_executions_with_few_states_are_cheaper_as_standard() {
    let here = price(1, 1_000_000, Some(("290000", "1024")), "us-east-1", true);
    assert!(here.standard.per_month < here.express.per_month);
    assert_eq!(here.break_even.volume, None);
}
