//! The frontier of a domain in any format: `cargo run --release --example frontier -- examples/market-hall/*.xml`

use detente::analysis::{Limits, Package, frontier};
use detente::exchange::{Input, read};

fn main() -> std::io::Result<()> {
    let file = |name: String| Ok(Input { bytes: std::fs::read(&name)?, name });
    let inputs: Vec<Input> = std::env::args().skip(1).map(file).collect::<std::io::Result<_>>()?;
    let Some(scenario) = read(&inputs, None).scenario else { return Err(std::io::Error::other("no scenario")) };
    for point in frontier(&scenario, Limits::default()).answer.points {
        println!("{:?}", Package::of(&scenario, &point));
    }
    Ok(())
}
