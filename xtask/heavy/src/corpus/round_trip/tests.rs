//! The fixture on its way, as far as no compiler is needed.

use std::collections::BTreeMap;
use std::path::Path;

use sdkwright::pipeline::{ConfigFile, Options, Outline, outline};
use serde_json::{Value, json};

use super::{Answer, end, examples, json, valid};

fn fixture() -> (Value, Outline) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/examples.yaml");
    let options = Options {
        config: ConfigFile::None,
        ..Options::new(path)
    };
    let outline = outline(&options).expect("the fixture is a good document");
    (json(&outline).expect("a document is JSON"), outline)
}

/// The valid examples: their pointers, the types that they should be of, and
/// their values.
fn found() -> BTreeMap<String, (String, Value)> {
    let (json, outline) = fixture();
    let all = examples::collect(&json, &outline.types);
    let valid = valid(&json, &outline, all).expect("the schemas are schemas");
    valid
        .into_iter()
        .filter_map(|example| {
            let path = outline.types.get(example.of)?.path.clone();
            Some((example.pointer, (path, example.value)))
        })
        .collect()
}

#[test]
fn examples_are_found_at_the_pointers_of_types() {
    let found = found();
    let request = "/paths/~1pets/post/requestBody/content/application~1json/examples";
    let response = "/paths/~1pets/post/responses/200/content/application~1json/example";
    let expected = [
        (
            format!("{request}/whole/value"),
            "crate::types::PetCreateParams",
        ),
        (
            format!("{request}/shared/value"),
            "crate::types::PetCreateParams",
        ),
        (
            format!("{request}/text/value"),
            "crate::types::PetCreateParams",
        ),
        (response.to_owned(), "Vec<crate::types::Pet>"),
        (
            "/components/schemas/Pet/properties/id/example".to_owned(),
            "i64",
        ),
        (
            "/components/schemas/Pet/properties/seen/example".to_owned(),
            "Option<crate::DateTime>",
        ),
    ];
    for (pointer, path) in expected {
        let actual = found.get(&pointer).map(|(path, _)| path.as_str());
        assert_eq!(actual, Some(path), "{pointer} in {found:#?}");
    }
}

#[test]
fn invalid_examples_are_omitted() {
    let found = found();
    assert!(!found.keys().any(|pointer| pointer.contains("/wrong/")));
    assert!(!found.keys().any(|pointer| pointer.contains("/born/")));
}

#[test]
fn schemas_are_shown_by_the_examples_of_their_properties() {
    let found = found();
    let pet = found.get("/components/schemas/Pet").map(|(_, value)| value);
    let expected = json!({
        "id": 7, "name": "Rex", "seen": "2024-01-15T10:30:00.000Z", "weight": 1.5,
    });
    assert_eq!(pet, Some(&expected));
}

#[test]
fn round_trips_are_compared() {
    let found = found();
    let (_, given) = found
        .get("/components/schemas/Pet")
        .expect("an example of a pet");
    let written = |value: &Value, is_known| {
        let value = value.clone();
        Some(Answer::Written { value, is_known })
    };
    assert_eq!(end(given, written(given, true)), None);
    assert!(end(given, written(given, false)).is_some());
    let lost = json!({ "id": 7, "name": "Rex", "weight": 1.5 });
    assert_eq!(
        end(given, written(&lost, true)),
        Some(("a property is lost".to_owned(), "/seen".to_owned()))
    );
    let refused = Answer::Refused {
        message: "expected an integer".to_owned(),
        at: "weight".to_owned(),
    };
    assert_eq!(
        end(given, Some(refused)),
        Some((
            "not decoded: expected an integer".to_owned(),
            "weight".to_owned()
        ))
    );
    assert!(end(given, None).is_some());
}
