//! The program that decodes and encodes examples with the types of a crate.
//!
//! It is the crate with a `main` at its end, so that the compiler generates machine code only for
//! the functions that `main` reaches. It reads a line for each example, and writes a line with the
//! result.

use std::fmt::Write as _;

use serde_json::Value;

/// Renders the program: the root of the crate, and a round trip for each of these types.
pub(super) fn render_program<'a>(root: &str, types: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!("{root}\n{MAIN}");
    text.push_str("    const TRIPS: &[fn(&str) -> Result<Trip, String>] = &[\n");
    for path in types {
        writeln!(text, "        trip::<{path}>,").expect("writing to a string");
    }
    text.push_str("    ];\n}\n");
    text
}

const MAIN: &str = r#"
fn main() {
    round_trip::main();
}

mod round_trip {
    use std::fmt::Debug;
    use std::io::{self, BufRead, Write};
    use std::panic;

    use crate::codec::{self, Decode, Encode};

    struct Trip {
        is_known: bool,
        json: Vec<u8>,
    }

    fn trip<T: Decode + Encode + Debug>(text: &str) -> Result<Trip, String> {
        match codec::from_slice::<T>(text.as_bytes()) {
            Ok(value) => Ok(Trip {
                is_known: !format!("{value:?}").contains("Unknown("),
                json: codec::to_vec(&value),
            }),
            Err(error) => Err(format!("{}\t{}", error.message(), error.path())),
        }
    }

    pub(crate) fn main() {
        panic::set_hook(Box::new(|_| {}));
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in io::stdin().lock().lines() {
            let line = line.expect("a line of the examples");
            let (index, text) = line.split_once('\t').expect("the index of a type, and a value");
            let trip = TRIPS[index.parse::<usize>().expect("a number")];
            let end = panic::catch_unwind(|| trip(text)).unwrap_or_else(|_| Err("a panic".to_owned()));
            match end {
                Ok(Trip { is_known, json }) => {
                    let sign = if is_known { b"+" } else { b"?" };
                    out.write_all(sign).and_then(|()| out.write_all(&json)).expect("a pipe");
                }
                Err(error) => write!(out, "-{}", error.replace('\n', " ")).expect("a pipe"),
            }
            out.write_all(b"\n").expect("a pipe");
        }
    }

"#;

/// A line that the program reads: the index of a type, and a value of it.
pub(super) fn write_question(ty: usize, value: &Value) -> String {
    format!("{ty}\t{value}\n")
}

/// Result for one example.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Answer {
    /// The value was decoded, and encoded as this. `is_known` is false if an enum or a union kept
    /// it as an unknown value.
    Written { value: Value, is_known: bool },
    /// It was not decoded: why, and where.
    Refused { message: String, at: String },
}

/// Reads a line that the program has written.
pub(super) fn answer(line: &str) -> Answer {
    let is_known = line.starts_with('+');
    if let Some(json) = line.strip_prefix(['+', '?']) {
        return match serde_json::from_str(json) {
            Ok(value) => Answer::Written { value, is_known },
            Err(error) => Answer::Refused {
                message: "the output is not JSON".to_owned(),
                at: error.to_string(),
            },
        };
    }
    let error = line.strip_prefix('-').unwrap_or(line);
    let (message, at) = error.split_once('\t').unwrap_or((error, ""));
    Answer::Refused {
        message: message.to_owned(),
        at: at.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Answer, answer, render_program, write_question};

    #[test]
    fn a_program_has_a_trip_for_each_type() {
        let text = render_program("pub mod codec;", ["Vec<crate::types::Pet>"].into_iter());
        assert!(text.starts_with("pub mod codec;\n"));
        assert!(text.contains("trip::<Vec<crate::types::Pet>>,"));
    }

    #[test]
    fn questions_and_results_are_lines() {
        assert_eq!(write_question(3, &json!("a\nb")), "3\t\"a\\nb\"\n");
        let written = |value, is_known| Answer::Written { value, is_known };
        assert_eq!(answer("+[1]"), written(json!([1]), true));
        assert_eq!(answer("?[1]"), written(json!([1]), false));
        let (message, at) = ("expected null".to_owned(), "a[0]".to_owned());
        assert_eq!(
            answer("-expected null\ta[0]"),
            Answer::Refused { message, at }
        );
        assert!(matches!(answer("+["), Answer::Refused { .. }));
    }
}
