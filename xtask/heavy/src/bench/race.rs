//! The program that decodes and encodes the same JSON with both crates.
//!
//! It is written out, since it names every type, and run in the workspace of
//! [`super::build_cost`].

use std::process::Command;

use anyhow::Context;
use serde::Deserialize;

use super::synthetic::Api;
use super::table::Row;
use crate::process::read;

/// The manifest's dependencies.
pub(super) const DEPENDENCIES: &str =
    "ours = { path = \"../ours\" }\ntwin = { path = \"../baseline\" }\n";

/// The output of the program: seconds for the same work, the best of its rounds.
#[derive(Deserialize)]
struct Times {
    ours_decode: f64,
    baseline_decode: f64,
    ours_encode: f64,
    baseline_encode: f64,
    megabytes: f64,
}

/// Runs the program.
pub(super) fn run(command: &mut Command) -> anyhow::Result<Vec<Row>> {
    let times: Times = serde_json::from_str(&read(command)?).context("the race's result")?;
    let speed = |seconds: f64| times.megabytes / seconds;
    Ok(vec![
        Row::at_least(
            "decode",
            "MB/s",
            speed(times.ours_decode),
            speed(times.baseline_decode),
            0.9,
        ),
        Row::at_least(
            "encode",
            "MB/s",
            speed(times.ours_encode),
            speed(times.baseline_encode),
            1.0,
        ),
    ])
}

/// The text of the program.
pub(super) fn render(api: &Api) -> String {
    let mut text = PROLOGUE.to_owned();
    for object in &api.objects {
        let name = object.name.to_lowercase();
        let sample = api.sample(object, 2).to_string();
        text.push_str(&format!(
            "    Runner {{ json: r####\"{sample}\"####, \
             ours: [|r| pass(r, ours::uses::decode_{name}, ours::uses::encode_{name}, true), |r| pass(r, ours::uses::decode_{name}, ours::uses::encode_{name}, false)], \
             baseline: [|r| pass(r, baseline::decode_{name}, baseline::encode_{name}, true), |r| pass(r, baseline::decode_{name}, baseline::encode_{name}, false)] }},\n"
        ));
    }
    text + "];\n"
}

const PROLOGUE: &str = r#"//! Decodes and encodes a sample of every type with both crates.

use std::hint::black_box;
use std::time::{Duration, Instant};

type Pass = fn(&Runner) -> Duration;

struct Runner {
    json: &'static str,
    /// Decoding and encoding.
    ours: [Pass; 2],
    baseline: [Pass; 2],
}

fn pass<T>(
    runner: &Runner,
    decode: fn(&[u8]) -> Option<T>,
    encode: fn(&T) -> Vec<u8>,
    decoding: bool,
) -> Duration {
    const TIMES: u32 = 40;
    let value = decode(runner.json.as_bytes()).expect("a sample is valid");
    let start = Instant::now();
    for _ in 0..TIMES {
        if decoding {
            black_box(decode(black_box(runner.json.as_bytes())));
        } else {
            black_box(encode(black_box(&value)));
        }
    }
    start.elapsed()
}

/// One round over all types.
fn round(select: fn(&Runner) -> Pass) -> f64 {
    RUNNERS.iter().map(|runner| select(runner)(runner)).sum::<Duration>().as_secs_f64()
}

fn main() {
    let mut best = [f64::MAX; 4];
    // The two crates alternate, so that other load affects both.
    for _ in 0..15 {
        let times = [
            round(|r| r.ours[0]),
            round(|r| r.baseline[0]),
            round(|r| r.ours[1]),
            round(|r| r.baseline[1]),
        ];
        for (best, time) in best.iter_mut().zip(times) {
            *best = best.min(time);
        }
    }
    let bytes: usize = RUNNERS.iter().map(|r| r.json.len()).sum();
    println!(
        "{{\"ours_decode\":{},\"baseline_decode\":{},\"ours_encode\":{},\"baseline_encode\":{},\"megabytes\":{}}}",
        best[0], best[1], best[2], best[3], bytes as f64 * 40.0 / 1e6,
    );
}

static RUNNERS: &[Runner] = &[
"#;
