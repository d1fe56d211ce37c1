//! `sdkwright check`.

use std::fs;

use serde_json::{Value, json};

use crate::{Place, SPEC};

/// A description with two unknown formats and an unresolved reference.
fn faulty() -> Place {
    let spec = SPEC
        .replace(
            "name: { type: string }",
            "name: { type: string, format: x }",
        )
        .replace(
            "age: { type: integer }",
            "age: { $ref: '#/components/schemas/Age' }",
        );
    Place::with(&spec)
}

#[test]
fn findings_are_counted_by_code_and_nothing_is_written() {
    let place = faulty();
    let ran = place.run(&["check", "pets.yaml"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.err.contains("warning[unknown-format]"), "{}", ran.err);
    assert!(ran.err.contains("pets.yaml:"), "{}", ran.err);
    let counts = "     1  warning  unknown-format\n     1  warning  unresolved-ref\n2 warnings\n";
    assert_eq!(ran.out, counts);
    assert_eq!(fs::read_dir(place.path("")).expect("the folder").count(), 1);
    let clean = Place::with(SPEC).run(&["check", "pets.yaml"]);
    assert_eq!(
        (clean.out.as_str(), clean.err.as_str()),
        ("no findings\n", "")
    );
}

#[test]
fn strict_and_denied_warnings_are_errors() {
    let place = faulty();
    let ran = place.run(&["check", "pets.yaml", "--strict"]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert!(ran.out.ends_with("1 error, 1 warning\n"), "{}", ran.out);
    let ran = place.run(&["check", "pets.yaml", "--deny", "unknown-format"]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert!(ran.out.starts_with("     1  error    unknown-format\n"));
    let both = ["--deny=unknown-format", "--deny=dangling-ref"];
    let ran = place.run(&["check", "pets.yaml", both[0]]);
    assert!(ran.out.ends_with("1 error, 1 warning\n"), "{}", ran.out);
    // A former name has two new ones.
    let ran = place.run(&["check", "pets.yaml", both[1]]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.err
            .contains("`unresolved-ref` and `unresolved-example`")
    );
    let ran = place.run(&["check", "pets.yaml", both[0], "--deny=unresolved-ref"]);
    assert!(ran.out.ends_with("\n2 errors\n"), "{}", ran.out);
    let ran = place.run(&["check", "pets.yaml", "--deny-warnings"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.out.ends_with("\n2 errors\n"), "{}", ran.out);
    assert!(!ran.err.contains("warning"), "{}", ran.err);
}

#[test]
fn an_unknown_code_is_an_invalid_command_line() {
    let ran = faulty().run(&["check", "pets.yaml", "--deny", "unknown-fromat"]);
    assert_eq!(ran.status, Some(2));
    assert!(
        ran.err.contains("did you mean `unknown-format`"),
        "{}",
        ran.err
    );
}

#[test]
fn accepted_findings_are_not_denied() {
    let place = faulty();
    let config = "diagnostics:\n  ignored:\n    unknown-format: [{ reason: For people. }]\n    unresolved-ref: [{ reason: Soon. }]\n";
    fs::write(place.path("sdk.yaml"), config).expect("a configuration");
    let ran = place.run(&["check", "pets.yaml", "--deny-warnings"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    fs::rename(place.path("sdk.yaml"), place.path("other.yaml")).expect("the file");
    let ran = place.run(&["check", "pets.yaml", "--config", "other.yaml"]);
    assert_eq!(ran.out, "no findings\n", "{}", ran.err);
}

#[test]
fn counts_are_a_line_of_json() {
    let ran = faulty().run(&["check", "pets.yaml", "--json", "--deny", "unknown-format"]);
    assert_eq!(ran.status, Some(1));
    let counts: Value = serde_json::from_str(&ran.out).expect("JSON");
    let expected = json!({"errors": 1, "warnings": 1, "codes": [
        {"code": "unknown-format", "severity": "error", "count": 1},
        {"code": "unresolved-ref", "severity": "warning", "count": 1},
    ]});
    assert_eq!(counts, expected);
    for line in ran.err.lines() {
        let finding: Value = serde_json::from_str(line).expect("JSON");
        assert!(finding["line"].is_u64(), "{line}");
    }
}

/// The description is found by its name, and operations without a method are reported.
#[test]
fn an_outdated_configuration_is_reported() {
    let place = Place::with("");
    fs::write(place.path("openapi.yaml"), SPEC).expect("a description");
    let config = "resources:\n  pets:\n    models: { pet: Pet }\n";
    fs::write(place.path("sdk.yaml"), config).expect("a configuration");
    let ran = place.run(&["check"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert!(ran.out.contains("endpoint-not-configured"), "{}", ran.out);
    assert!(
        ran.err.contains("add it with `sdkwright sync`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_folder_stands_for_the_description_in_it() {
    let place = Place::with("");
    fs::create_dir(place.path("api")).expect("a folder");
    let ran = place.run(&["check", "api"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.contains("no description with a usual name"),
        "{}",
        ran.err
    );
    fs::write(place.path("api/openapi.yaml"), SPEC).expect("a description");
    let ran = place.run(&["check", "api"]);
    assert_eq!(ran.out, "no findings\n", "{}", ran.err);
}
