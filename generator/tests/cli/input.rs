//! Sources of a description: standard input, or a folder.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::{Place, Ran, SPEC};

/// A description that refers to another file.
const WITH_FILE: &str = "\
openapi: 3.1.0
info: { title: Pets, version: '1' }
components:
  schemas:
    Pet: { $ref: 'schemas.yaml#/Pet' }
";

impl Place {
    /// Runs `sdkwright` in the folder, with this text on standard input.
    fn run_with_input(&self, args: &[&str], input: &[u8]) -> Ran {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sdkwright"))
            .current_dir(self.path(""))
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut stdin = child.stdin.take().expect("standard input");
        // A command that refuses its arguments does not read.
        let _ = stdin.write_all(input);
        drop(stdin);
        Ran::from(child.wait_with_output().expect("the command ends"))
    }
}

#[test]
fn each_command_reads_standard_input() {
    let place = Place::with(SPEC);
    let spec = SPEC.as_bytes();
    for args in [
        &["check", "-"][..],
        &["inspect", "-"],
        &["init", "-"],
        &["sync", "-"],
        &["generate", "-", "--out", "sdk"],
        &["generate", "-", "--out", "sdk", "--check"],
        &["diff", "pets.yaml", "-", "--fail-on", "any"],
        &["diff", "-", "pets.yaml", "--fail-on", "any"],
    ] {
        let ran = place.run_with_input(args, spec);
        assert_eq!(ran.status, Some(0), "{args:?}: {}", ran.err);
    }
    // The configuration is that of the current folder, as it is for `pets.yaml`.
    assert!(place.path("sdk.yaml").is_file());
    assert_eq!(
        place
            .run(&["generate", "pets.yaml", "--out", "sdk", "--check"])
            .status,
        Some(0)
    );
    let ran = place.run_with_input(&["release", "-", "--first", "--dry-run"], spec);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
}

#[test]
fn findings_name_standard_input_with_the_line() {
    let place = Place::with(SPEC);
    let ran = place.run_with_input(&["check", "-"], b"openapi: 3.1.0\npaths: [");
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("<standard input>:2:"), "{}", ran.err);
    let ran = place.run_with_input(&["check", "-"], b"");
    assert!(ran.err.contains("error[empty-document]"), "{}", ran.err);
}

#[test]
fn standard_input_refers_to_no_file() {
    let place = Place::with(SPEC);
    fs::write(place.path("schemas.yaml"), "Pet: { type: object }").expect("a file");
    let ran = place.run_with_input(&["check", "-"], WITH_FILE.as_bytes());
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    assert!(ran.err.contains("error[missing-base]"), "{}", ran.err);
    assert!(
        ran.err.contains("write the document to a file"),
        "{}",
        ran.err
    );
}

#[test]
fn standard_input_has_no_history_and_is_one_description() {
    let place = Place::with(SPEC);
    for (args, message) in [
        (
            &["diff", "-", "-"][..],
            "standard input is a single description",
        ),
        (
            &["diff", "-", "--base", "HEAD"],
            "git has no history of `<standard input>`",
        ),
        (
            &["release", "-"],
            "git has no history of `<standard input>`",
        ),
        (
            &["init", "-", "--ci", "github"],
            "git has no history of `<standard input>`",
        ),
    ] {
        let ran = place.run_with_input(args, SPEC.as_bytes());
        assert_eq!(ran.status, Some(1), "{args:?}: {}", ran.err);
        assert!(ran.err.contains(message), "{args:?}: {}", ran.err);
    }
}

#[test]
fn a_file_of_the_name_of_standard_input_has_a_path() {
    let place = Place::with(SPEC);
    fs::write(place.path("-"), SPEC).expect("a file");
    assert_eq!(place.run(&["check", "./-"]).status, Some(0));
}

#[test]
fn each_command_finds_the_description_of_the_current_folder() {
    let place = Place::with(SPEC);
    let commands = [
        &["init"][..],
        &["check"],
        &["sync"],
        &["inspect"],
        &["generate", "--out", "sdk"],
        &["release", "--first", "--dry-run"],
    ];
    for args in commands {
        let ran = place.run(args);
        assert_eq!(ran.status, Some(1), "{args:?}");
        // The file that looks like a description is the example.
        let usage = format!("as in `sdkwright {} pets.yaml`", args[0]);
        assert!(ran.err.contains(&usage), "{args:?}: {}", ran.err);
    }
    fs::rename(place.path("pets.yaml"), place.path("openapi.yaml")).expect("a file");
    for args in commands {
        let ran = place.run(args);
        assert_eq!(ran.status, Some(0), "{args:?}: {}", ran.err);
    }
    assert!(place.path("sdk.yaml").is_file());
    // The description at a revision has the same path.
    let ran = place.run(&["diff", "--base", "HEAD"]);
    assert!(
        ran.err.contains("`openapi.yaml` is in no git repository"),
        "{}",
        ran.err
    );
}

#[test]
fn a_name_alone_is_not_inspected() {
    let place = Place::with(SPEC);
    let ran = place.run(&["inspect", "pets.list"]);
    assert_eq!(ran.status, Some(1));
    assert_eq!(
        ran.err,
        "error: `pets.list` is not a description\n  help: a name follows the description, as in \
         `sdkwright inspect . pets.list`\n"
    );
    let ran = place.run(&["inspect", "dogs.yaml"]);
    assert!(ran.err.contains("error[missing-file]"), "{}", ran.err);
}

#[test]
fn a_folder_stands_for_its_description() {
    let place = Place::with(SPEC);
    fs::create_dir(place.path("api")).expect("a folder");
    fs::rename(place.path("pets.yaml"), place.path("api/openapi.yaml")).expect("a file");
    fs::create_dir(place.path("none")).expect("a folder");
    let ran = place.run(&["init", "api"]);
    assert_eq!(ran.status, Some(0), "{}", ran.err);
    assert_eq!(ran.out, "api/sdk.yaml\n");
    assert!(place.path("api/sdk.yaml").is_file());
    for args in [
        &["diff", "api", "api/openapi.yaml", "--fail-on", "any"][..],
        &["diff", "api/openapi.yaml", "api", "--fail-on", "any"],
        &["sync", "api", "--check"],
    ] {
        let ran = place.run(args);
        assert_eq!(ran.status, Some(0), "{args:?}: {}", ran.err);
    }
    for (args, usage) in [
        (&["init", "none"][..], "init SPEC"),
        (&["generate", "none"], "generate SPEC"),
        (&["check", "none"], "check SPEC"),
        (&["sync", "none"], "sync SPEC"),
        (&["inspect", "none"], "inspect SPEC"),
        (&["release", "none"], "release SPEC"),
        (&["diff", "none", "api"], "diff BASE HEAD"),
        (&["diff", "api", "none"], "diff BASE HEAD"),
    ] {
        let ran = place.run(args);
        assert_eq!(ran.status, Some(1), "{args:?}");
        let message = format!(
            "error: `none` has no description with a usual name, such as `openapi.yaml`; \
             pass the path of the description, as in `sdkwright {usage}`\n"
        );
        assert_eq!(ran.err, message, "{args:?}");
    }
}
