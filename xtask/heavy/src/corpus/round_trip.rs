//! Round trips: every example that is valid by its own schema is decoded and encoded again by the
//! type of that schema.
//!
//! The `jsonschema` crate validates the examples; it does not depend on our compiler. The result must
//! be equivalent to the example.

mod compare;
mod driver;
mod examples;
mod schema;

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, anyhow};
use jsonschema::{Draft, Validator};
use sdkwright::pipeline::{ConfigFile, Options, Outline, outline};
use sdkwright::plan::TypedObject;
use serde_json::{Map, Value};

use super::report::{Failure, Trips};
use super::rustc::{BuildTarget, Rustc};
use crate::process::{Limits, run_limited};
use compare::find_difference;
use driver::Answer;
use examples::Example;
use schema::Schemas;

/// Takes the examples of a document through the types of its crate, which has
/// been generated in `folder`.
pub(super) fn run(
    document: &Path,
    folder: &Path,
    rustc: &Rustc,
    limits: Limits,
) -> anyhow::Result<Trips> {
    let options = Options {
        config: ConfigFile::NextToDocument,
        ..Options::new(document)
    };
    let outline = outline(&options).map_err(|failure| anyhow!("{failure}"))?;
    let json = json(&outline)?;
    let mut found = examples::collect(&json, &outline.types);
    // Without a schema, every example is valid.
    found.retain(|example| schema(&json, &outline, example.of).is_some());
    let shown = found.iter().filter(|example| !example.composed).count();
    let valid = valid(&json, &outline, found)?;
    let composed = valid.iter().filter(|example| example.composed).count();
    let mut trips = Trips {
        found: shown + composed,
        valid: valid.len(),
        ..Trips::default()
    };
    if !valid.is_empty() {
        run_program(&outline, &valid, folder, rustc, limits, &mut trips)?;
    }
    Ok(trips)
}

/// The document as JSON, which is what pointers point into.
fn json(outline: &Outline) -> anyhow::Result<Value> {
    let mut json = serde_json::to_value(&outline.document.openapi)?;
    if let Some(root) = json.as_object_mut() {
        let webhooks = serde_json::to_value(&outline.document.webhooks)?;
        root.insert("webhooks".to_owned(), webhooks);
    }
    Ok(json)
}

/// Compiles a schema, with `format` as an assertion.
fn validator(schema: &Value) -> anyhow::Result<Validator> {
    jsonschema::options()
        .with_draft(Draft::Draft7)
        .should_validate_formats(true)
        .build(schema)
        .map_err(|error| anyhow!("{error}"))
}

/// Keeps the examples that are valid.
fn valid(json: &Value, outline: &Outline, found: Vec<Example>) -> anyhow::Result<Vec<Example>> {
    // One schema for them all is compiled much faster than one for each.
    let mut wanted: Vec<&Value> = Vec::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    for example in &found {
        if places.last().is_some_and(|(of, _)| *of == example.of) {
            continue;
        }
        if let Some(schema) = schema(json, outline, example.of) {
            places.push((example.of, wanted.len()));
            wanted.push(schema);
        }
    }
    let validator = validator(&Schemas::document(json, &wanted)).context("its schemas")?;
    let place_of = |of: usize| {
        let found = places.binary_search_by_key(&of, |(of, _)| *of).ok()?;
        Some(places.get(found)?.1.to_string())
    };
    Ok(found
        .into_iter()
        .filter_map(|example| validate_example(&validator, &place_of(example.of)?, example))
        .collect())
}

/// Returns the example if it is valid. JSON within a string is parsed. An assembled example is
/// tried without its invalid properties.
fn validate_example(
    validator: &Validator,
    property: &str,
    mut example: Example,
) -> Option<Example> {
    let mut next = Some(example.value);
    while let Some(value) = next {
        let instance = Value::Object(Map::from_iter([(property.to_owned(), value)]));
        let wrong = validator.iter_errors(&instance).next();
        let wrong = wrong.map(|error| error.instance_path().to_string());
        example.value = instance.get(property)?.clone();
        let Some(wrong) = wrong else {
            return Some(example);
        };
        next = match &example.value {
            Value::String(text) if text.trim_start().starts_with(['{', '[']) => {
                serde_json::from_str(text).ok()
            }
            value if example.composed => remove_property(value, wrong.split('/').nth(2)?),
            _ => None,
        };
    }
    None
}

/// Returns an object without one of its properties, which is named as in a JSON pointer.
fn remove_property(value: &Value, member: &str) -> Option<Value> {
    let mut members = value.as_object()?.clone();
    members.shift_remove(&member.replace("~1", "/").replace("~0", "~"))?;
    Some(Value::Object(members))
}

/// Returns the schema at a pointer.
fn schema<'a>(json: &'a Value, outline: &Outline, of: usize) -> Option<&'a Value> {
    let typed = outline.types.get(of)?;
    let node = json.pointer(typed.pointer.as_str())?;
    match typed.object {
        TypedObject::Schema => Some(node),
        TypedObject::MediaType => node.get("schema"),
    }
}

/// Builds the program, asks it, and compares.
fn run_program(
    outline: &Outline,
    valid: &[Example],
    folder: &Path,
    rustc: &Rustc,
    limits: Limits,
    trips: &mut Trips,
) -> anyhow::Result<()> {
    let path = |example: &Example| match outline.types.get(example.of) {
        Some(ty) => ty.path.as_str(),
        None => "()",
    };
    let mut types: Vec<&str> = valid.iter().map(path).collect();
    types.sort_unstable();
    types.dedup();
    let root = fs::read_to_string(folder.join("src/lib.rs"))?;
    let program = driver::render_program(&root, types.iter().copied());
    let file = format!("src/{PROGRAM}.rs");
    fs::write(folder.join(&file), program)?;
    let source = (folder, file.as_str());
    let program = rustc.build(
        BuildTarget::Program,
        PROGRAM,
        source,
        None,
        limits.mebibytes,
    )?;
    trips.seconds = program.seconds;
    trips.mebibytes = program.mebibytes;
    let questions = valid
        .iter()
        .filter_map(|example| Some((types.binary_search(&path(example)).ok()?, &example.value)))
        .map(|(index, value)| driver::write_question(index, value))
        .collect();
    let answers = ask(&program.path, questions, limits)?;
    let mut answers = answers.lines().map(driver::answer);
    for example in valid {
        match end(&example.value, answers.next()) {
            None => trips.passed += 1,
            Some((reason, at)) => trips.failures.push(Failure {
                pointer: example.pointer.clone(),
                composed: example.composed,
                ty: path(example).to_owned(),
                reason,
                at,
            }),
        }
    }
    Ok(())
}

/// The name of the program.
const PROGRAM: &str = "round_trip";

/// Returns the line that the program writes for an input.
fn ask(program: &Path, questions: String, limits: Limits) -> anyhow::Result<String> {
    let file = program.with_extension("txt");
    fs::write(&file, questions)?;
    let stdin = File::open(&file)?.into();
    let used = run_limited(&Command::new(program), limits, stdin, Stdio::piped())?;
    Ok(used.output)
}

/// Why an example did not come back as it was, and where; `None` if it did.
fn end(given: &Value, answer: Option<Answer>) -> Option<(String, String)> {
    match answer {
        None => Some(("the program ended".to_owned(), String::new())),
        Some(Answer::Refused { message, at }) => Some((format!("not decoded: {message}"), at)),
        Some(Answer::Written { value, is_known }) => find_difference(given, &value)
            .map(|found| (found.reason.as_str().to_owned(), found.at))
            .or_else(|| (!is_known).then(|| (UNKNOWN.to_owned(), String::new()))),
    }
}

/// The schema allows this value, so a type must not treat it as an unknown one.
const UNKNOWN: &str = "an enum or a union does not know a value";

#[cfg(test)]
mod tests;
