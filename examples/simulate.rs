//! Runs a definition with mocks: `cargo run --example simulate -- machine.asl.json mocks.yaml '{"id": 7}'`.

use aslkit::Simulator;
use std::fs::read_to_string;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(definition), Some(mocks), Some(input)) = (args.next(), args.next(), args.next()) else {
        return Err("usage: simulate DEFINITION MOCKS INPUT".into());
    };
    let simulator = Simulator::new(&definition, &read_to_string(&definition)?)?
        .mocks(&mocks, &read_to_string(&mocks)?)?
        .seed(7);
    let execution = simulator.run(&serde_json::from_str(&input)?)?;
    println!(
        "{:?} after {} transitions: {}",
        execution.status,
        execution.transitions,
        execution.states.join(", ")
    );
    println!("output: {}", execution.output.unwrap_or_default());
    Ok(())
}
