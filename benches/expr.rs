//! What expressions cost.
#![expect(clippy::unwrap_used, reason = "the texts here parse")]

use aslkit::expr::jsonata::{Conversions, Expression};
use aslkit::expr::jsonpath::Path;
use aslkit::expr::{Scope, Seeded};
use aslkit::value::Value;
use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};
use jsonata_core::evaluator::{Context, Evaluator};
use jsonata_core::value::JValue;

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// About 4 kB around the `$.a.b[0].c` that is asked for.
fn document() -> Value {
    let filler: Vec<String> = (0..100)
        .map(|i| format!(r#""key{i}":{{"n":{i},"text":"some words"}}"#))
        .collect();
    Value::parse(&format!(
        r#"{{{},"a":{{"b":[{{"c":"found"}}]}}}}"#,
        filler.join(",")
    ))
    .unwrap()
}

/// `items` with a price each.
fn order(items: usize) -> String {
    let items: Vec<String> = (0..items)
        .map(|i| format!(r#"{{"name":"item {i}","price":{i}.25}}"#))
        .collect();
    format!(r#"{{"items":[{}]}}"#, items.join(","))
}

#[divan::bench]
fn jsonpath_10_000_times(bencher: Bencher<'_, '_>) {
    let document = document();
    let path = Path::parse("$.a.b[0].c").unwrap();
    bencher.counter(ItemsCount::new(10_000usize)).bench_local(|| {
        for _ in 0..10_000 {
            black_box(path.eval_on(black_box(&document))).ok();
        }
    });
}

#[divan::bench]
fn jsonpath_filter(bencher: Bencher<'_, '_>) {
    let document = Value::parse(&order(1_000)).unwrap();
    let path = Path::parse("$.items[?(@.price > 500)].name").unwrap();
    bencher
        .counter(ItemsCount::new(1_000usize))
        .bench_local(|| path.eval_on(black_box(&document)));
}

#[divan::bench]
fn json_read_and_write(bencher: Bencher<'_, '_>) {
    let text = order(1_000);
    bencher
        .counter(divan::counter::BytesCount::of_str(&text))
        .bench_local(|| Value::parse(black_box(&text)).map(|value| value.to_json()));
}

const SUM: &str = "$sum($states.input.items.price)";

/// With the conversion of the input, which a state pays once.
#[divan::bench]
fn jsonata_sum_of_a_new_input(bencher: Bencher<'_, '_>) {
    let input = Value::parse(&order(10_000)).unwrap();
    let expression = Expression::parse(SUM).unwrap();
    let scope = Scope::new(&input, &Value::Null, &());
    bencher.bench_local(|| expression.eval(black_box(&scope), &mut Seeded::new(1)));
}

/// Evaluates JSONata on an input that was converted before.
fn evaluate(bencher: Bencher<'_, '_>, text: &str) {
    let input = Value::parse(&order(10_000)).unwrap();
    let expression = Expression::parse(text).unwrap();
    let conversions = Conversions::default();
    let scope = Scope::new(&input, &Value::Null, &()).with_conversions(&conversions);
    bencher.bench_local(|| expression.eval(black_box(&scope), &mut Seeded::new(1)));
}

/// Evaluates JSONata with the crate alone, whose values are ready: the yardstick.
fn evaluate_by_the_crate_alone(bencher: Bencher<'_, '_>, text: &str) {
    let input = JValue::from_json_str(&format!(r#"{{"input":{}}}"#, order(10_000))).unwrap();
    let ast = jsonata_core::parser::parse(text).unwrap();
    bencher.bench_local(|| {
        let mut context = Context::new();
        context.bind("states".to_owned(), input.clone());
        Evaluator::with_context(context).evaluate(black_box(&ast), &JValue::Undefined)
    });
}

#[divan::bench]
fn jsonata_sum(bencher: Bencher<'_, '_>) {
    evaluate(bencher, SUM);
}

#[divan::bench]
fn jsonata_sum_by_the_crate_alone(bencher: Bencher<'_, '_>) {
    evaluate_by_the_crate_alone(bencher, SUM);
}

const MAP: &str = "$map($states.input.items, function($i) { $i.price * 2 })";

#[divan::bench]
fn jsonata_map(bencher: Bencher<'_, '_>) {
    evaluate(bencher, MAP);
}

#[divan::bench]
fn jsonata_map_by_the_crate_alone(bencher: Bencher<'_, '_>) {
    evaluate_by_the_crate_alone(bencher, MAP);
}
