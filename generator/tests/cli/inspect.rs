//! `sdkwright inspect`.

use serde_json::{Value, json};

use crate::{Place, SPEC};

#[test]
fn all_calls_are_listed_with_their_endpoints() {
    let place = Place::with(SPEC);
    let ran = place.run(&["inspect", "pets.yaml"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(ran.out, "pets.retrieve  GET /pets/{petId}\n");
    let ran = place.run(&["inspect", "pets.yaml", "--json"]);
    let calls: Value = serde_json::from_str(&ran.out).expect("JSON");
    let expected = json!([{"name": "pets.retrieve", "endpoint": "GET /pets/{petId}"}]);
    assert_eq!(calls, expected);
}

#[test]
fn a_call_is_found_by_its_name_its_endpoint_and_its_operation_id() {
    let place = Place::with(SPEC);
    for name in ["pets.retrieve", "get /pets/{petId}", "getPet"] {
        let ran = place.run(&["inspect", "pets.yaml", name]);
        assert_eq!(ran.status, Some(0), "{}", ran.err);
        let expected = "\
pets.retrieve (call)
  fn retrieve(&self, pet_id: impl AsRef<str>) -> Request<Pet>
  GET /pets/{petId}
  operation id: getPet
  response body: application/json
  pets.yaml:6 #/paths/~1pets~1{petId}/get
    pet_id  path  `petId`  String, required
";
        assert_eq!(ran.out, expected, "{name}");
    }
}

#[test]
fn a_type_has_its_properties_and_its_position() {
    let place = Place::with(SPEC);
    let ran = place.run(&["inspect", "pets.yaml", "Pet"]);
    let expected = "\
Pet (struct)
  pub struct Pet
  pets.yaml:19 #/components/schemas/Pet
    name  property  `name`  String, required
    age   property  `age`   Option<i64>
";
    assert_eq!(ran.out, expected, "{}", ran.err);
    let ran = place.run(&["inspect", "pets.yaml", "Pet", "--json"]);
    let found: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(found[0]["pointer"], "#/components/schemas/Pet");
    assert_eq!(found[0]["members"][1]["type"], "Option<i64>");
    assert_eq!(found[0]["line"], 19);
}

#[test]
fn an_unknown_name_has_suggestions() {
    let ran = Place::with(SPEC).run(&["inspect", "pets.yaml", "pets.retreive"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.contains("did you mean `pets.retrieve`"),
        "{}",
        ran.err
    );
}
