//! The configuration that `init` writes makes the same decisions as inference.

use std::fs;
use std::path::{Path, PathBuf};

use sdkwright::pipeline::{ConfigFile, Options, init};

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/accept");
    let entries = fs::read_dir(folder).expect("the folder of fixtures");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry of it").path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml" || e == "json"))
        .collect();
    paths.sort();
    paths
}

/// A crate is the same with the file of `init` as without it, and no section is left out for it.
#[test]
fn each_fixture_is_the_same_with_its_own_decisions() {
    let mut different = Vec::new();
    for path in fixtures() {
        let options = Options {
            config: ConfigFile::None,
            ..Options::new(&path)
        };
        let Ok(config) = init(&options) else {
            continue;
        };
        if !config.is_same || !config.left_out.is_empty() {
            let name = path.file_name().expect("a name").to_string_lossy();
            different.push(format!("{name}: {} {:?}", config.is_same, config.left_out));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
