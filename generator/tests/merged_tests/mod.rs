//! The tests and examples of many generated crates as the tests of one package.
//!
//! Each target of a crate is a process of the compiler, which reads the same dependencies again. The
//! package has one target of each kind.

use std::collections::{BTreeMap, BTreeSet};

use sdkwright::output::Output;
use sdkwright::render::Files;
use toml::{Table, Value};

use crate::generated_workspace::deny_warnings;

/// A package to which the tests of generated crates are added.
#[derive(Default)]
pub(crate) struct MergedTests {
    dependencies: Table,
    features: BTreeSet<String>,
    output: Output,
    /// The module declarations of each test.
    roots: BTreeMap<&'static str, String>,
}

/// A folder of a generated crate, and the test that gets its files.
const TARGETS: [(&str, &str); 3] = [
    ("examples/", "examples"),
    ("tests/types/", "types"),
    ("tests/wire/", "wire"),
];

/// Lints that a crate can allow and a module cannot.
const CRATE_LINTS: &str = "confusable_idents, mixed_script_confusables, uncommon_codepoints";

impl MergedTests {
    /// Adds the tests and examples of a crate in this folder.
    pub(crate) fn add(&mut self, folder: &str, files: &Files) {
        let manifest = files.get("Cargo.toml").expect("a crate has a manifest");
        let manifest: Table = manifest.parse().expect("a manifest is TOML");
        let package = table(&manifest, "package");
        let package = package.get("name").and_then(Value::as_str);
        let package = package.expect("a crate has a name");
        let module = package.replace('-', "_");
        let path = Table::from_iter([("path".to_owned(), folder.into())]);
        self.dependencies.insert(package.to_owned(), path.into());
        for (name, dependency) in table(&manifest, "dev-dependencies") {
            self.dependencies.entry(name).or_insert(dependency);
        }
        let features = table(&manifest, "features").into_iter();
        self.features.extend(features.map(|(name, _)| name));
        for (file, text) in files {
            for (folder, test) in TARGETS {
                if let Some(file) = file.strip_prefix(folder) {
                    self.add_file(&module, file, text, test);
                }
            }
        }
    }

    fn add_file(&mut self, module: &str, file: &str, text: &str, test: &'static str) {
        let path = format!("{module}/{file}");
        let is_example = test == "examples";
        if is_example || file == "main.rs" {
            let module = match is_example {
                true => format!("{module}_{}", file.trim_end_matches(".rs")),
                false => module.to_owned(),
            };
            // Nothing calls the `main` of an example.
            let attributes = if is_example {
                "#[allow(dead_code, non_snake_case)]\n"
            } else {
                ""
            };
            let root = self.roots.entry(test).or_default();
            root.push_str(&format!("{attributes}#[path = {path:?}]\nmod {module};\n"));
        }
        let text = text.replace("crate::support", &format!("crate::{module}::support"));
        let lines = text.lines().filter(|line| !line.contains(CRATE_LINTS));
        let text: String = lines.flat_map(|line| [line, "\n"]).collect();
        self.output.insert(format!("tests/{test}/{path}"), text);
    }

    /// Returns the files of the package.
    pub(crate) fn into_output(mut self, name: &str) -> Output {
        for (test, declarations) in self.roots {
            let text = format!("#![allow({CRATE_LINTS})]\n\n{declarations}");
            self.output.insert(format!("tests/{test}/main.rs"), text);
        }
        // Modules of tests have the features of their crates, which are on.
        let features = self.features.into_iter();
        let mut features: Table = features
            .map(|name| (name, Value::Array(Vec::new())))
            .collect();
        let all = Vec::from_iter(features.keys().filter(|name| *name != "default").cloned());
        features.insert("default".to_owned(), all.into());
        let package = Table::from_iter([
            ("name".to_owned(), Value::from(name)),
            ("edition".to_owned(), "2024".into()),
        ]);
        let manifest = Table::from_iter([
            ("package".to_owned(), Value::Table(package)),
            ("features".to_owned(), features.into()),
            ("dev-dependencies".to_owned(), self.dependencies.into()),
        ]);
        let manifest = deny_warnings("Cargo.toml", manifest.to_string());
        self.output.insert("Cargo.toml".to_owned(), manifest);
        self.output.insert("src/lib.rs".to_owned(), String::new());
        self.output
    }
}

fn table(manifest: &Table, key: &str) -> Table {
    let table = manifest.get(key).and_then(Value::as_table);
    table.cloned().unwrap_or_default()
}
