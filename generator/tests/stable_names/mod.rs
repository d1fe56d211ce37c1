//! Names of a crate stay when its description gains an operation, a type or a media type.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use sdkwright::render::Files;

use crate::{fixtures, generate, generate_text};

/// A new operation with types whose names are taken changes only the files that list everything,
/// and its own files.
#[test]
fn another_operation_renames_nothing() {
    const MORE: &str = r##"
  /aaa/{id}:
    post:
      operationId: aaa
      tags: [aaa]
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: thing, in: query, schema: { type: string, enum: [a, b, more] } }
      requestBody: { content: { application/json: { schema: { type: object, title: Thing, properties: { thing: { type: object, properties: { user: { type: string, description: More. } } } } } } } }
      responses: { "200": { description: It., content: { application/json: { schema: { type: object, title: Error, properties: { error: { type: object, properties: { a: { type: string, description: More. } } } } } } } } }
"##;
    let mut compared = 0;
    for path in fixtures() {
        let text = fs::read_to_string(&path).expect("a fixture can be read");
        let Some((head, rest)) = text.split_once("\npaths:\n") else {
            continue;
        };
        let more = format!("{head}\npaths:{MORE}{rest}");
        let (before, after) = (generate(&path).0, generate_text(&path, &more).0);
        let kept = before.iter().filter(|(name, _)| {
            name.starts_with("src/types/") || name.starts_with("src/resources/")
        });
        for (name, text) in kept {
            compared += 1;
            let same = after.get(name) == Some(text);
            assert!(same, "{}: {name}", path.display());
        }
    }
    assert!(compared > 100, "{compared}");
}

/// A new operation may move types that are equal to other types of the document, but does not
/// rename any.
#[test]
fn a_new_duplicate_type_renames_nothing() {
    const MORE: &str = r##"
  /aaa:
    post:
      operationId: aaa
      requestBody: { content: { application/json: { schema: { type: object, properties: {
        address: { type: object, required: [line], properties: { line: { type: string }, kind: { type: string, enum: [home, work] } } },
        state: { type: string, enum: [open, closed] } } } } } }
      responses: { "204": { description: Nothing. } }
"##;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept/deduplicated_types.yaml");
    let text = fs::read_to_string(&path).expect("a fixture can be read");
    let (head, rest) = text.split_once("\npaths:\n").expect("it has paths");
    let more = format!("{head}\npaths:{MORE}{rest}");
    let names = |files: &Files| -> BTreeSet<String> {
        let types = files
            .iter()
            .filter(|(name, _)| name.starts_with("src/types/"));
        let lines = types.flat_map(|(_, text)| text.lines());
        let named = lines.filter_map(|line| {
            let mut words = line.strip_prefix("pub ")?.split([' ', '(']);
            let kind = words.next()?;
            ["struct", "enum", "type"]
                .contains(&kind)
                .then(|| words.next().map(str::to_owned))?
        });
        named.collect()
    };
    let (before, after) = (generate(&path).0, generate_text(&path, &more).0);
    let (before, after) = (names(&before), names(&after));
    let missing: Vec<_> = before.difference(&after).collect();
    assert!(
        missing.is_empty() && before.len() > 15,
        "{missing:?} of {before:?}"
    );
    assert!(
        after.contains("AaaCreateParamsAddress") && after.len() > before.len(),
        "{after:?}"
    );
}

/// A new media type adds methods and renames none.
#[test]
fn another_media_type_renames_nothing() {
    const MORE: [&str; 2] = [
        ", text/csv: { schema: { type: string } }",
        "          application/x-www-form-urlencoded: { schema: { type: object, properties: { row: { type: string } } } }\n",
    ];
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept/media_type_methods_clash.yaml");
    let after = fs::read_to_string(&path).expect("a fixture can be read");
    let before = MORE
        .iter()
        .fold(after.clone(), |text, more| text.replace(more, ""));
    let signatures = |text: &str| -> BTreeSet<String> {
        let (files, _) = generate_text(&path, text);
        let resource = files.get("src/resources/rows.rs").expect("a resource");
        let words = resource.split_whitespace().collect::<Vec<_>>().join(" ");
        let methods = words.split("pub fn ").skip(1);
        let heads = methods.filter_map(|method| method.split_once(" {"));
        heads.map(|(head, _)| head.to_owned()).collect()
    };
    let (before, after) = (signatures(&before), signatures(&after));
    assert!(before.is_subset(&after), "{before:?} {after:?}");
    assert!(
        before.len() == 7 && after.len() == 11,
        "{before:?} {after:?}"
    );
}

/// The files of types whose names differ only in case do not depend on the order of the document.
#[test]
fn files_do_not_follow_the_order_of_schemas() {
    const PATHS: [(&str, &str); 3] = [("a", "Item"), ("b", "ITEM"), ("c", "item")];
    let get = |resource: &str, name: &str, schema: &str| {
        format!(
            "  /{resource}/{name}: {{ get: {{ operationId: {resource}_{name}, tags: [{resource}], responses: {{ '200': {{ description: It., content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{schema}' }} }} }} }} }} }} }}\n"
        )
    };
    let resources = ["pets", "owners"].iter();
    let paths: String = resources
        .flat_map(|resource| PATHS.map(|(name, schema)| get(resource, name, schema)))
        .collect();
    let files = |schemas: [&str; 3]| {
        let schemas = schemas.map(|name| {
            format!(
                "    {name}: {{ type: object, properties: {{ of_{name}: {{ type: string }} }} }}\n"
            )
        });
        let text = format!(
            "openapi: 3.1.0\ninfo: {{ title: Pets, version: '1' }}\npaths:\n{paths}components:\n  schemas:\n{}",
            schemas.concat()
        );
        let files = generate_text(Path::new("pets.yaml"), &text).0;
        let types = files.into_iter();
        let types = types.filter(|(name, _)| name.starts_with("src/types/"));
        types.collect::<std::collections::BTreeMap<_, _>>()
    };
    let first = files(["Item", "ITEM", "item"]);
    let names: Vec<&str> = first.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "src/types/item.rs",
            "src/types/item_lowercase.rs",
            "src/types/item_uppercase.rs"
        ]
    );
    assert_eq!(files(["item", "ITEM", "Item"]), first);
    assert_eq!(files(["ITEM", "Item", "item"]), first);
}

/// Reverses the order of paths and of components.
fn reverse_order(document: &serde_yaml::Value) -> serde_yaml::Value {
    fn reverse(map: &mut serde_yaml::Value) {
        if let Some(map) = map.as_mapping_mut() {
            let forwards: Vec<_> = std::mem::take(map).into_iter().collect();
            *map = forwards.into_iter().rev().collect();
        }
    }
    let mut document = document.clone();
    for (key, section) in document.as_mapping_mut().into_iter().flatten() {
        match key.as_str() {
            Some("paths" | "definitions" | "parameters" | "responses") => reverse(section),
            Some("components") => {
                let sections = section.as_mapping_mut().into_iter().flatten();
                sections.for_each(|(_, section)| reverse(section));
            }
            _ => {}
        }
    }
    document
}

/// Returns the lines of the files of types and resources, sorted, because the items of a file are in
/// the order of the document.
fn sort_lines(files: &Files) -> BTreeMap<String, Vec<String>> {
    let files = files
        .iter()
        .filter(|(name, _)| name.starts_with("src/types/") || name.starts_with("src/resources/"));
    files
        .map(|(name, text)| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            (name.to_string(), lines)
        })
        .collect()
}

/// Fixtures whose crates depend on the order for a reason: the first of several servers is the
/// client's, and the first subschema that leads back to its union is left out.
const ORDERED: [&str; 2] = ["servers.yaml", "one_of_circular.yaml"];

/// Neither a name nor a file of a type or a method depends on the order of paths and components.
#[test]
fn the_order_of_the_document_renames_nothing() {
    let is_ordered = |path: &Path| ORDERED.iter().any(|name| path.ends_with(name));
    for path in fixtures().into_iter().filter(|path| !is_ordered(path)) {
        let text = fs::read_to_string(&path).expect("a fixture can be read");
        let Ok(document) = serde_yaml::from_str(&text) else {
            continue;
        };
        let generate_document = |document: &serde_yaml::Value| {
            let text = serde_yaml::to_string(document).expect("a document can be written");
            sort_lines(&generate_text(&path, &text).0)
        };
        let expected = generate_document(&document);
        let found = generate_document(&reverse_order(&document));
        assert_eq!(found, expected, "{}", path.display());
    }
}
