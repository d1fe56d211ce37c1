//! Keys of the configuration whose effect is not a declaration: the README, the code of methods, the
//! files of the crate.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::{env, fs};

use sdkwright::config::read_str;
use sdkwright::diagnostics::Diagnostics;
use sdkwright::load::load_str;
use sdkwright::lower::lower;
use sdkwright::plan::plan;
use sdkwright::render::{Files, Templates, render};

/// Generates the crate of a fixture of `accept` with its configuration.
fn generate(name: &str) -> Files {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept");
    let text = fs::read_to_string(folder.join(name)).unwrap();
    let config = fs::read_to_string(folder.join("sdk").join(name)).unwrap();
    let mut diagnostics = Diagnostics::new();
    let document = load_str(name, &text, &mut diagnostics).unwrap();
    let (config, _) = read_str("sdk.yaml", &config, &mut diagnostics).unwrap();
    let api = lower(&document, &config, &mut diagnostics);
    let plan = plan(&api, &mut diagnostics);
    render(&plan, &Templates::default()).unwrap()
}

#[test]
fn examples_of_the_configuration_are_those_of_the_readme() {
    let files = generate("readme_configured.yaml");
    let program = "    let params = PetMoveParams::new(\"More room\").silent(true);
    let response = client.pets().move_(7, \"north\", params).await?;
    println!(\"{:?}\", response.name);
";
    for file in ["README.md", "examples/move__pet.rs"] {
        let text = &files[file];
        assert!(text.contains(program), "{text}");
    }
    let list = "    let params = PetListParams::new().kind(PetListParamsKind::Dog);
    let mut items = client.pets().list_with(params).items();
";
    let readme = &files["README.md"];
    assert!(readme.contains(list), "{readme}");
}

#[test]
fn parts_have_the_configured_formats() {
    let files = generate("body_multipart_configured.yaml");
    let code = &files["src/types/albums.rs"];
    for line in [
        r#"parts.part_styled("title", &self.title, QueryStyle::BracketsDots);"#,
        r#"parts.part_styled("tags", &self.tags, QueryStyle::BracketsDots);"#,
        r#"parts.part_styled("place", &self.place, QueryStyle::BracketsDots);"#,
        // The document declares this one.
        r#"parts.part_styled("codes", &self.codes, QueryStyle::Form);"#,
        r#"parts.file("photos[]", &self.photos);"#,
        r#"parts.file("cover", &self.cover);"#,
    ] {
        assert!(code.contains(line), "{line}\n{code}");
    }
}

#[test]
fn errors_files_and_tests_follow_the_configuration() {
    let files = generate("errors_configured.yaml");
    assert!(files["src/client.rs"].contains("ApiProblem"));
    assert!(files["src/client.rs"].contains(r#""/detail/text""#));
    let head = "// Made for Pets Ltd.\n//\n// Ask pets@example.com.\n\n";
    let code = files.iter().filter(|(path, text)| {
        let is_runtime = path.starts_with("src/runtime");
        path.ends_with(".rs") && !is_runtime && !text.contains(head)
    });
    assert_eq!(code.map(|(path, _)| path).collect::<Vec<_>>(), [""; 0]);
    assert!(!files.keys().any(|path| path.starts_with("tests/")));
    assert!(!files["Cargo.toml"].contains("[[test]]"));
}
