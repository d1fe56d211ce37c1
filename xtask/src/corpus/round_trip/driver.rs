//! The program that takes examples through the types of a crate.
//!
//! It is the crate itself with a `main` at its end: as a program, only what
//! `main` reaches is compiled to machine code. It reads a line for each example
//! and writes one for what became of it.

use std::fmt::Write as _;

use serde_json::Value;

/// The program: the root of the crate, and a trip for each of these types.
pub(super) fn program<'a>(root: &str, types: impl Iterator<Item = &'a str>) -> String {
    let mut text = format!("{root}\n{MAIN}");
    text.push_str("    const TRIPS: &[fn(&str) -> Result<Vec<u8>, String>] = &[\n");
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
    use std::io::{self, BufRead, Write};
    use std::panic;

    use crate::codec::{self, Decode, Encode};

    fn trip<T: Decode + Encode>(text: &str) -> Result<Vec<u8>, String> {
        match codec::from_slice::<T>(text.as_bytes()) {
            Ok(value) => Ok(codec::to_vec(&value)),
            Err(error) => Err(format!("{}\t{}", error.message(), error.path())),
        }
    }

    pub(crate) fn main() {
        panic::set_hook(Box::new(|_| {}));
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in io::stdin().lock().lines() {
            let line = line.expect("a line of the examples");
            let (index, text) = line.split_once('\t').expect("the place of a type, and a value");
            let trip = TRIPS[index.parse::<usize>().expect("a number")];
            let end = panic::catch_unwind(|| trip(text)).unwrap_or_else(|_| Err("a panic".to_owned()));
            match end {
                Ok(json) => {
                    out.write_all(b"+").and_then(|()| out.write_all(&json)).expect("a pipe");
                }
                Err(error) => write!(out, "-{}", error.replace('\n', " ")).expect("a pipe"),
            }
            out.write_all(b"\n").expect("a pipe");
        }
    }

"#;

/// A line that the program reads: the place of a type, and a value of it.
pub(super) fn question(ty: usize, value: &Value) -> String {
    format!("{ty}\t{value}\n")
}

/// What a line says that the program has written: the value as it was encoded,
/// or why it was not decoded, and where.
pub(super) fn answer(line: &str) -> Result<Value, (String, String)> {
    if let Some(json) = line.strip_prefix('+') {
        return serde_json::from_str(json)
            .map_err(|error| ("what was written is no JSON".to_owned(), error.to_string()));
    }
    let error = line.strip_prefix('-').unwrap_or(line);
    let (message, path) = error.split_once('\t').unwrap_or((error, ""));
    Err((message.to_owned(), path.to_owned()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{answer, program, question};

    #[test]
    fn a_program_has_a_trip_for_each_type() {
        let text = program("pub mod codec;", ["Vec<crate::types::Pet>"].into_iter());
        assert!(text.starts_with("pub mod codec;\n"));
        assert!(text.contains("trip::<Vec<crate::types::Pet>>,"));
    }

    #[test]
    fn questions_and_answers_are_lines() {
        assert_eq!(question(3, &json!("a\nb")), "3\t\"a\\nb\"\n");
        assert_eq!(answer("+[1]"), Ok(json!([1])));
        let error = ("expected null".to_owned(), "a[0]".to_owned());
        assert_eq!(answer("-expected null\ta[0]"), Err(error));
        assert!(answer("+[").is_err());
    }
}
