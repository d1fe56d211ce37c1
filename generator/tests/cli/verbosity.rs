//! `--verbose` and `--quiet`, and the short output between them.

use std::fs;

use crate::{Place, SPEC};

/// A description with three warnings of one code.
fn repeated() -> Place {
    let version = "version: 1.0.0 }";
    let tags =
        "version: 1.0.0 }\ntags: [{ description: a }, { description: b }, { description: c }]";
    Place::with(&SPEC.replace(version, tags))
}

#[test]
fn findings_of_a_code_are_shown_once_with_their_number() {
    let place = repeated();
    let ran = place.generate(&[]);
    assert_eq!(ran.err.matches("warning[missing-tag-name]").count(), 1);
    assert!(ran.err.contains("is reported 3 times"), "{}", ran.err);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.contains("3 warnings;"), "{}", ran.out);
    let ran = place.generate(&["-v"]);
    assert_eq!(ran.err.matches("warning[missing-tag-name]").count(), 3);
}

#[test]
fn one_warning_is_singular() {
    let version = "version: 1.0.0 }";
    let spec = SPEC.replace(version, "version: 1.0.0 }\ntags: [{ description: a }]");
    let ran = Place::with(&spec).generate(&[]);
    assert!(ran.out.contains(", 1 warning; "), "{}", ran.out);
    assert!(!ran.err.contains("reported"), "{}", ran.err);
}

#[test]
fn files_are_listed_on_demand() {
    let place = Place::with(SPEC);
    let ran = place.generate(&["--verbose"]);
    assert!(ran.out.contains("written   Cargo.toml\n"), "{}", ran.out);
    fs::remove_file(place.path("generated/Cargo.toml")).expect("the manifest");
    let ran = place.generate(&[]);
    assert!(!ran.out.contains("Cargo.toml"), "{}", ran.out);
    assert!(ran.out.contains("files: 1 written, "), "{}", ran.out);
}

#[test]
fn quiet_commands_say_nothing_but_errors() {
    let place = repeated();
    let quiet = |args: &[&str]| {
        let ran = place.run(&[args, &["--quiet"]].concat());
        assert_eq!(ran.status, Some(0), "{args:?}: {}", ran.err);
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("", ""), "{args:?}");
    };
    quiet(&["generate", "pets.yaml"]);
    quiet(&["check", "pets.yaml"]);
    quiet(&["init", "pets.yaml"]);
    quiet(&["sync", "pets.yaml"]);
    quiet(&["diff", "pets.yaml", "pets.yaml"]);
    fs::write(place.path("broken.yaml"), "a: 1\n").expect("a file");
    for command in ["generate", "check", "init"] {
        let ran = place.run(&[command, "broken.yaml", "-q"]);
        assert_eq!(ran.status, Some(1));
        assert!(ran.err.contains("error[not-openapi]"), "{}", ran.err);
        assert_eq!(ran.out, "");
    }
    let both = place.run(&["check", "pets.yaml", "-q", "-v"]);
    assert_eq!(both.status, Some(2));
}

#[test]
fn additions_of_sync_are_counted() {
    let place = Place::with(SPEC);
    fs::write(
        place.path("sdk.yaml"),
        "resources:\n  pets:\n    models: { pet: Pet }\n",
    )
    .expect("a configuration");
    let ran = place.run(&["sync", "pets.yaml", "--check"]);
    assert!(
        ran.out
            .ends_with("sdk.yaml: 1 method, 0 models and 0 settings missing\n"),
        "{}",
        ran.out
    );
}
