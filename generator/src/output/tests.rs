//! Tests of writing, on real directories.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use proptest::prelude::*;
use tempfile::TempDir;

use super::{DifferenceKind, Existing, Output, RECORD, WriteError};

fn output<const N: usize>(files: [(&str, &str); N]) -> Output {
    let mut output = Output::new();
    for (path, text) in files {
        output.insert(path, text);
    }
    output
}

fn dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Returns the files below `dir`, with their modification times.
fn tree(dir: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    fn walk(dir: &Path, root: &Path, found: &mut BTreeMap<String, (Vec<u8>, SystemTime)>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                let modified = path.metadata().unwrap().modified().unwrap();
                found.insert(name.to_owned(), (fs::read(&path).unwrap(), modified));
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(dir, dir, &mut found);
    found
}

#[test]
fn a_new_directory_gets_every_file_and_the_record() {
    let dir = dir();
    let out = dir.path().join("deep/generated");
    let report = output([("Cargo.toml", "a\n"), ("src/lib.rs", "b\r\nc\n")])
        .write(&out, Existing::Refuse)
        .unwrap();
    assert_eq!(report.written, [RECORD, "Cargo.toml", "src/lib.rs"]);
    assert_eq!(
        fs::read_to_string(out.join("src/lib.rs")).unwrap(),
        "b\nc\n"
    );
    assert!(
        fs::read_to_string(out.join(RECORD))
            .unwrap()
            .ends_with("\nCargo.toml\nsrc/lib.rs\n")
    );
    assert_eq!(tree(dir.path()).len(), 3, "no staging directory is left");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions();
    assert_eq!(
        mode(&out),
        mode(&dir.path().join("deep")),
        "the directory has the usual permissions"
    );
}

#[test]
fn unchanged_files_are_not_touched() {
    let dir = dir();
    let before = output([("a", "1\n"), ("b", "1\n")]);
    before.write(dir.path(), Existing::Refuse).unwrap();
    let old = tree(dir.path());

    let again = before.write(dir.path(), Existing::Refuse).unwrap();
    assert_eq!((again.written.len(), again.unchanged), (0, 3));
    assert_eq!(tree(dir.path()), old);

    output([("a", "1\n"), ("b", "2\n")])
        .write(dir.path(), Existing::Refuse)
        .unwrap();
    let new = tree(dir.path());
    assert_eq!(new["a"], old["a"]);
    assert_eq!(new[RECORD], old[RECORD]);
    assert_eq!(new["b"].0, b"2\n");
}

#[test]
fn only_orphans_and_their_directories_are_removed() {
    let dir = dir();
    output([
        ("a", "1\n"),
        ("src/x/y/old.rs", "2\n"),
        ("src/z/old.rs", "3\n"),
    ])
    .write(dir.path(), Existing::Refuse)
    .unwrap();
    fs::write(dir.path().join("mine"), "mine").unwrap();
    fs::write(dir.path().join("src/z/mine.rs"), "mine").unwrap();

    let report = output([("a", "1\n")])
        .write(dir.path(), Existing::Refuse)
        .unwrap();
    assert_eq!(report.removed, ["src/x/y/old.rs", "src/z/old.rs"]);
    assert_eq!(
        tree(dir.path()).keys().collect::<Vec<_>>(),
        [RECORD, "a", "mine", "src/z/mine.rs"]
    );
    assert!(!dir.path().join("src/x").exists());
}

#[test]
fn a_foreign_directory_is_refused_unless_forced() {
    let dir = dir();
    fs::write(dir.path().join("a"), "mine").unwrap();
    let out = output([("a", "1\n"), ("b", "1\n")]);
    let error = out.write(dir.path(), Existing::Refuse).unwrap_err();
    assert!(matches!(error, WriteError::NotOurs { .. }), "{error}");
    assert_eq!(tree(dir.path()).len(), 1);

    out.write(dir.path(), Existing::Replace).unwrap();
    assert_eq!(tree(dir.path())["a"].0, b"1\n");
}

#[test]
fn a_fresh_repository_is_accepted() {
    let dir = dir();
    fs::create_dir(dir.path().join(".git")).unwrap();
    output([("a", "1\n")])
        .write(dir.path(), Existing::Refuse)
        .unwrap();
}

#[test]
fn a_foreign_file_is_not_replaced_unless_forced() {
    let dir = dir();
    output([("a", "1\n")])
        .write(dir.path(), Existing::Refuse)
        .unwrap();
    fs::write(dir.path().join("b"), "mine").unwrap();
    let out = output([("a", "2\n"), ("b", "2\n")]);
    let error = out.write(dir.path(), Existing::Refuse).unwrap_err();
    assert!(matches!(&error, WriteError::InTheWay { paths } if paths == &["b"]));
    assert_eq!(tree(dir.path())["a"].0, b"1\n");

    out.write(dir.path(), Existing::Replace).unwrap();
    assert_eq!(tree(dir.path())["b"].0, b"2\n");
}

#[test]
fn a_failed_write_changes_nothing() {
    let dir = dir();
    output([("a", "1\n"), ("old/orphan", "1\n"), ("z", "1\n")])
        .write(dir.path(), Existing::Refuse)
        .unwrap();
    // Creating the new directory `t` fails, because a foreign file has its path. By then `a` is
    // replaced and the orphan removed.
    fs::write(dir.path().join("t"), "mine").unwrap();
    let old = tree(dir.path());
    let error = output([("a", "2\n"), ("b/c/d", "2\n"), ("t/x", "2\n"), ("z", "2\n")])
        .write(dir.path(), Existing::Refuse)
        .unwrap_err();
    assert!(matches!(error, WriteError::Io { .. }), "{error}");
    assert_eq!(tree(dir.path()), old);
    assert!(!dir.path().join("b").exists());
}

#[test]
fn a_failed_first_write_leaves_no_directory() {
    let dir = dir();
    fs::write(dir.path().join("file"), "mine").unwrap();
    output([("a", "1\n")])
        .write(&dir.path().join("file/below"), Existing::Refuse)
        .unwrap_err();
    let long = "x".repeat(300);
    output([("a", "1\n")])
        .write(&dir.path().join("new").join(&long), Existing::Refuse)
        .unwrap_err();
    output([("a", "1\n"), (&format!("b/{long}"), "1\n")])
        .write(&dir.path().join("new/deep"), Existing::Refuse)
        .unwrap_err();
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn paths_that_leave_the_directory_are_refused() {
    let dir = dir();
    for path in ["../x", "/x", "a/../../x", "", RECORD] {
        let error = output([(path, "1\n")])
            .write(&dir.path().join("out"), Existing::Replace)
            .unwrap_err();
        assert!(matches!(error, WriteError::Path { .. }), "{path}: {error}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn symbolic_links_are_not_followed() {
    use std::os::unix::fs::symlink;
    let dir = dir();
    let (out, elsewhere) = (dir.path().join("out"), dir.path().join("elsewhere"));
    output([("src/a", "1\n"), ("b", "1\n")])
        .write(&out, Existing::Refuse)
        .unwrap();
    fs::rename(out.join("src"), &elsewhere).unwrap();
    symlink(&elsewhere, out.join("src")).unwrap();

    // Not written through a link,
    let error = output([("src/a", "2\n")])
        .write(&out, Existing::Replace)
        .unwrap_err();
    assert!(matches!(error, WriteError::NotAFile { .. }), "{error}");
    // and not removed through one.
    output([("b", "1\n")])
        .write(&out, Existing::Refuse)
        .unwrap();
    assert_eq!(fs::read_to_string(elsewhere.join("a")).unwrap(), "1\n");
}

#[test]
fn a_diff_classifies_files_and_changes_nothing() {
    let dir = dir();
    output([("a", "1\n2\n3\n"), ("orphan", "x\n")])
        .write(dir.path(), Existing::Refuse)
        .unwrap();
    let old = tree(dir.path());
    let new = output([("a", "1\ntwo\n3\n"), ("new", "y\n")]);
    let changes = new.diff(dir.path()).unwrap();
    let kinds: Vec<_> = changes.iter().map(|c| (c.kind, c.path.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (DifferenceKind::Stale, RECORD),
            (DifferenceKind::Stale, "a"),
            (DifferenceKind::Missing, "new"),
            (DifferenceKind::Orphaned, "orphan"),
        ]
    );
    let diffs: Vec<_> = changes.iter().skip(1).map(super::Change::diff).collect();
    assert_eq!(
        diffs,
        [
            "--- a/a\n+++ b/a\n@@ -1,3 +1,3 @@\n 1\n-2\n+two\n 3\n",
            "--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+y\n",
            "--- a/orphan\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n",
        ]
    );
    assert_eq!(tree(dir.path()), old);
}

#[test]
fn a_damaged_record_removes_nothing() {
    let dir = dir();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    fs::write(dir.path().join("precious"), "mine").unwrap();
    fs::write(out.join(RECORD), "../precious\n").unwrap();
    let error = output([]).write(&out, Existing::Refuse).unwrap_err();
    assert!(matches!(error, WriteError::Record { line: 1, .. }));
    assert!(dir.path().join("precious").exists());
}

#[test]
fn temporary_files_of_killed_runs_are_removed() {
    let dir = dir();
    let out = dir.path().join("out");
    let left = [
        dir.path().join(".sdkwright-abc123"),
        out.join(".sdkwright-XYZ789"),
    ];
    for path in &left {
        fs::create_dir_all(path).unwrap();
        fs::write(path.join("lock"), "").unwrap();
        fs::write(path.join("0.new"), "x").unwrap();
    }
    let others = dir.path().join(".sdkwright-notes");
    fs::create_dir(&others).unwrap();
    let busy = super::staging::Staging::open(dir.path()).unwrap();
    output([("a", "1\n")])
        .write(&out, Existing::Refuse)
        .unwrap();
    assert!(left.iter().all(|path| !path.exists()));
    assert!(others.exists() && busy.path().exists());
}

#[test]
fn files_below_src_custom_are_not_touched() {
    let dir = dir();
    let out = dir.path();
    output([("a", "1\n")]).write(out, Existing::Refuse).unwrap();
    fs::create_dir_all(out.join("src/custom")).unwrap();
    fs::write(out.join("src/custom/mod.rs"), "mine").unwrap();
    let record = fs::read_to_string(out.join(RECORD)).unwrap();
    fs::write(
        out.join(RECORD),
        record + "src/custom/mod.rs\nSrc/Custom/mod.rs\n",
    )
    .unwrap();
    output([("a", "2\n")])
        .write(out, Existing::Replace)
        .unwrap();
    assert_eq!(
        fs::read_to_string(out.join("src/custom/mod.rs")).unwrap(),
        "mine"
    );
    let error = output([("src/custom/mod.rs", "ours")]).write(out, Existing::Replace);
    assert!(matches!(error, Err(WriteError::Path { .. })));
}

#[test]
fn an_existing_changelog_and_licences_are_not_touched() {
    let dir = dir();
    let out = dir.path();
    let first = output([("CHANGELOG.md", "first\n"), ("LICENSE-MIT", "a\n")]);
    first.write(out, Existing::Refuse).unwrap();
    fs::write(out.join("CHANGELOG.md"), "mine\n").unwrap();
    let second = output([("CHANGELOG.md", "second\n")]);
    assert!(second.diff(out).unwrap().is_empty());
    second.write(out, Existing::Replace).unwrap();
    assert_eq!(
        fs::read_to_string(out.join("CHANGELOG.md")).unwrap(),
        "mine\n"
    );
    assert!(out.join("LICENSE-MIT").exists());
}

fn files() -> impl Strategy<Value = BTreeMap<String, String>> {
    let path = proptest::collection::vec("[a-c]", 1..4).prop_map(|s| s.join("/") + ".rs");
    proptest::collection::btree_map(path, "[a-b\n]{0,4}", 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// After any earlier run, one run produces exactly the output, and a second run changes
    /// nothing.
    #[test]
    fn a_second_run_changes_nothing(first in files(), second in files()) {
        let dir = dir();
        fs::write(dir.path().join("mine"), "mine").unwrap();
        let mut expected = Output::from(second);
        Output::from(first).write(dir.path(), Existing::Replace).unwrap();
        expected.write(dir.path(), Existing::Refuse).unwrap();
        prop_assert!(expected.diff(dir.path()).unwrap().is_empty());

        let mut found = tree(dir.path());
        prop_assert!(found.remove("mine").is_some());
        prop_assert!(found.remove(RECORD).is_some());
        let found: Vec<_> = found.into_iter().map(|(path, (text, _))| (path, text)).collect();
        let wanted: Vec<_> = std::mem::take(&mut expected.files)
            .into_iter()
            .map(|(path, text)| (path, text.into_bytes()))
            .collect();
        prop_assert_eq!(found, wanted);
    }
}
