//! Decoding and encoding: programs that use the types of fixtures' crates read and write values.

mod workspace;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use sdkwright::config::{At, Config};
use sdkwright::diagnostics::Diagnostics;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::output::{Existing, Output};
use sdkwright::plan::plan;
use sdkwright::render::{Templates, render};
use sdkwright::source::Pointer;
use serde_json::Value;

/// Time limit of a program, which is far more than it needs.
const LIMIT: Duration = Duration::from_secs(20);

/// Returns the name of a fixture's crate. Cargo would confuse crates with the same name at the same
/// path in their workspaces.
fn package(fixture: &str) -> String {
    format!("{fixture}_types")
}

/// Writes the crate of a fixture to a folder.
fn generate(fixture: &str, folder: &Path) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/accept/{fixture}.yaml"));
    let text = fs::read_to_string(path).expect("a fixture can be read");
    let mut diagnostics = Diagnostics::new();
    let document = load_str("api.yaml", &text, &mut diagnostics).expect("a document");
    let mut config = Config::default();
    config.target.package_name = Some(At::new(package(fixture), Pointer::root()));
    let api = lower(&document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    let mut output = Output::default();
    for (file, text) in render(&plan, &Templates::default()).expect("our own templates render") {
        output.insert(file, text);
    }
    output.write(folder, Existing::Replace).expect("a crate");
}

/// Builds a program that decodes a value of a type from each line. It prints the variant of the
/// value and its encoding.
fn build(fixture: &str, ty: &str) -> PathBuf {
    let root = workspace::root().join("target/decode").join(fixture);
    generate(fixture, &root.join("read"));
    let (package, profiles) = (package(fixture), workspace::profiles());
    let name = format!("decode-{fixture}");
    let members = Vec::from_iter(workspace::copy_shared_dependencies(&root));
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n\
         [dependencies]\nread = {{ package = \"{package}\", path = \"read\", default-features = false, features = [\"serde\"] }}\n\
         serde_json = \"1\"\n\n[workspace]\nresolver = \"3\"\nmembers = {members:?}\n\n{profiles}"
    );
    let program = format!(
        r#"fn main() {{
    for line in std::io::stdin().lines() {{
        let line = line.expect("a line");
        match serde_json::from_str::<read::types::{ty}>(&line) {{
            Ok(value) => println!("{{}} {{value:?}}", serde_json::to_string(&value).expect("JSON")),
            Err(error) => println!("! {{error}}"),
        }}
    }}
}}
"#
    );
    let mut output = Output::default();
    output.insert("Cargo.toml", manifest);
    output.insert("src/main.rs", program);
    output.write(&root, Existing::Replace).expect("a program");
    workspace::lock(&root);
    let status = workspace::cargo(&root)
        .args(["build", "--quiet", "--package", &name])
        .args(members.iter().flat_map(|package| ["--package", package]))
        .status()
        .expect("cargo runs");
    assert!(status.success(), "the program does not compile");
    workspace::root().join("target/debug").join(name)
}

/// Returns the output of a program for these lines, if it terminates.
fn read(program: &Path, lines: &str) -> String {
    let input = program.with_extension("txt");
    fs::write(&input, lines).expect("a file of lines");
    let mut child = Command::new(program)
        .stdin(fs::File::open(&input).expect("the lines"))
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let start = Instant::now();
    let mut ended = false;
    while !ended && start.elapsed() < LIMIT {
        ended = child.try_wait().expect("a process").is_some();
        thread::sleep(Duration::from_millis(10));
    }
    if !ended {
        child.kill().expect("a process that runs");
    }
    assert!(ended, "it reads without end");
    let output = child.wait_with_output().expect("what it wrote");
    assert!(output.status.success(), "{}", output.status);
    String::from_utf8(output.stdout).expect("text")
}

/// Decoding a union that is its own subschema terminates, and known and unknown values pass the
/// round trip.
#[test]
fn decoding_a_recursive_union_terminates() {
    let members = [
        (r#""itself":{"id":"a"}"#, "itself: Item({"),
        (r#""itself":"a""#, "String(\"a\")"),
        (r#""itself":7"#, "Unknown"),
        (r#""only":{"id":"a"}"#, "only: {id"),
        (r#""inside":7"#, "Integer(7)"),
        (r#""inside":"a""#, "String(\"a\")"),
        (r#""inside":[7]"#, "Unknown"),
        (r#""annotated":true"#, "Boolean(true)"),
        (r#""left":7"#, "Right(Integer(7))"),
        (r#""left":"a""#, "String(\"a\")"),
        (r#""left":null"#, ""),
        (r#""left":[]"#, "Unknown"),
        (r#""right":"a""#, "Unknown"),
        (r#""tagged":{"kind":"again"}"#, "Unknown"),
        (r#""tagged":{"kind":"cat","lives":9}"#, "Cat"),
        (r#""further":{"kind":"dog","barks":true}"#, "Dog"),
        (r#""further":{"kind":"again"}"#, "Unknown"),
        (r#""first":{"a":[1]}"#, "first: Second("),
        (r#""third":[]"#, "third: []"),
        (r#""nothing":{"a":1}"#, "nothing"),
        (r#""renamed":{"id":"a"}"#, "{id"),
    ];
    check(&build("one_of_circular", "Thing"), &members);
}

/// Without a discriminator value, a value's properties select the variant. Without these either,
/// the variant is unknown.
#[test]
fn a_missing_discriminator_is_not_an_error() {
    let (user, content) = (r#""user":{"login":"a"}"#, r#""content":[]"#);
    let members = [
        (format!(r#"{user},{content}"#), "user: Public("),
        (format!(r#"{user},{content}"#), "content: Array(["),
        (
            format!(r#""user":{{"login":"a","plan":"b"}},{content}"#),
            "user: Private(",
        ),
        (
            format!(r#""user":{{"login":"a","view":"public","plan":"b"}},{content}"#),
            "user: Public(",
        ),
        (
            format!(r#"{user},"content":{{"type":"file"}}"#),
            "content: File(",
        ),
        (
            format!(r#"{user},{content},"forgotten":{{"lives":9}}"#),
            "forgotten: Unknown(",
        ),
    ];
    let members: Vec<(&str, &str)> = members
        .iter()
        .map(|(member, known)| (member.as_str(), *known))
        .collect();
    check(&build("one_of_optional_discriminator", "Thing"), &members);
}

/// A tuple passes the round trip, whatever its length. Only `minItems` refuses a shorter one (JSON
/// Schema 2020-12, Core 10.3.1.1, Validation 6.4.2).
#[test]
fn a_tuple_keeps_its_length() {
    let members = [
        (r#""pair":[]"#, "pair"),
        (r#""pair":["a"]"#, "pair"),
        (r#""pair":["a",1]"#, "pair"),
        (r#""exact":["a",1]"#, "exact"),
        (r#""objects":[]"#, "objects"),
        (r#""objects":[{"a":"b"}]"#, "objects"),
        (r#""objects":[{"a":"b"},null]"#, "objects"),
        (r#""objects":[{"a":"b"},"c",{"d":1},2]"#, "objects"),
        (r#""rest":["a",1,2,3]"#, "rest"),
        (r#""rest":["a"]"#, "rest"),
        (r#""rest":[]"#, "rest"),
        (r#""long":[1,2]"#, "long"),
        (r#""shorter":["a"]"#, "shorter"),
        (r#""shorter":["a",1]"#, "shorter"),
        (r#""shorter":["a",null]"#, "shorter"),
        (r#""shorter":["a",1,null]"#, "shorter"),
        (r#""shorter":["a",1,true]"#, "shorter"),
        (r#""more":["a"]"#, "more"),
        (r#""more":["a",1,true,false]"#, "more"),
        (r#""counted":["a",null]"#, "counted"),
        (r#""older":["a",1,true]"#, "older"),
        (r#""lines":[[1.5,2.5],[1.5,2.5,3.5]]"#, "lines"),
        (r#""either":["a"]"#, "either: Tuple("),
        (r#""either":["a",1]"#, "either: Tuple2("),
        (r#""either":["a",1,2]"#, "either: Tuple3("),
        (r#""either":["a",1,2,3,"b"]"#, "either: Tuple4("),
        (r#""either":[]"#, "either: Tuple("),
        (r#""either_exact":["a"]"#, "either_exact: Tuple("),
        (r#""either_exact":["a",1]"#, "either_exact: Tuple2("),
        (r#""either_exact":[]"#, "either_exact: Unknown"),
        (r#""either_exact":["a",1,2]"#, "either_exact: Unknown"),
    ];
    let program = build("tuples", "Thing");
    check(&program, &members);
    let wrong = [
        (
            r#"{"exact":["a"]}"#,
            "expected an array of at least 2 elements",
        ),
        (
            r#"{"exact":["a",1,2]}"#,
            "expected the end of the array, found a number",
        ),
        (r#"{"pair":[1]}"#, "expected a string, found a number"),
        (
            r#"{"pair":["a",1,2]}"#,
            "expected the end of the array, found a number",
        ),
        (
            r#"{"shorter":[]}"#,
            "expected an array of at least 1 elements",
        ),
        (
            r#"{"more":["a",1,2]}"#,
            "expected a boolean, found a number",
        ),
    ];
    for (json, message) in wrong {
        let read = read(&program, json);
        assert!(read.starts_with("! ") && read.contains(message), "{read}");
    }
}

/// Objects with these properties pass the round trip and select the expected variant.
fn check(program: &Path, members: &[(&str, &str)]) {
    let lines: String = members
        .iter()
        .map(|(member, _)| format!("{{{member}}}\n"))
        .collect();
    let read = read(program, &lines);
    assert_eq!(read.lines().count(), members.len(), "{read}");
    for ((member, known), line) in members.iter().zip(read.lines()) {
        let (json, value) = line.split_once(" Thing").expect("what was read");
        let given: Value = serde_json::from_str(&format!("{{{member}}}")).expect("JSON");
        let written: Value = serde_json::from_str(json).expect("JSON");
        assert!(written == given || member.ends_with("null"), "{line}");
        assert!(value.contains(*known), "{member}: {line}");
    }
}
