//! The README of the SDK: its table of features links to tests that exist.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The address of files of the repository.
const FILES: &str = "https://github.com/sdkwright/sdkwright/blob/main/";

/// The rows of the table of features, each with its links: the file and the name of the test.
fn rows(readme: &str) -> Vec<Vec<(String, String)>> {
    let (mut rows, mut links): (Vec<_>, Option<Vec<_>>) = (Vec::new(), None);
    for event in Parser::new_ext(readme, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow) => links = Some(Vec::new()),
            Event::Start(Tag::Link {
                dest_url, title, ..
            }) => {
                let links = links.iter_mut();
                links.for_each(|links| links.push((dest_url.to_string(), title.to_string())));
            }
            Event::End(TagEnd::TableRow) => rows.extend(links.take()),
            _ => {}
        }
    }
    rows
}

#[test]
fn each_feature_has_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let read = |path: &str| fs::read_to_string(root.join(path)).unwrap_or_default();
    let readme = read("spec/custom/README.md");
    assert!(read("generated/README.md").contains(readme.trim()));
    let rows = rows(&readme);
    assert!(rows.len() > 15, "{}", rows.len());
    for row in rows {
        assert_eq!(row.len(), 1, "{row:?}");
        for (url, test) in row {
            let path = url.strip_prefix(FILES).unwrap();
            let function = format!("fn {test}(");
            assert!(read(path).contains(&function), "{path} has no `{test}`");
        }
    }
}
