//! Links between pages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::blocks::{Page, pages, parse};
use crate::guide;

/// The table of contents.
const SUMMARY: &str = "SUMMARY.md";

/// Returns the anchors of the headings of a page, as mdBook writes them.
fn anchors(page: &Page) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut heading = None;
    for event in parse(&page.text) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => {
                let anchor = anchor(&heading.take().unwrap_or_default());
                let count = counts.entry(anchor.clone()).or_default();
                anchors.insert(match *count {
                    0 => anchor,
                    count => format!("{anchor}-{count}"),
                });
                *count += 1;
            }
            _ => {}
        }
    }
    anchors
}

fn anchor(heading: &str) -> String {
    let characters = heading
        .trim()
        .chars()
        .filter_map(|character| match character {
            ' ' => Some('-'),
            '-' | '_' => Some(character),
            _ if character.is_alphanumeric() => Some(character.to_ascii_lowercase()),
            _ => None,
        });
    characters.collect()
}

/// Returns the destinations of the links of a page that stay within the guide.
fn links(page: &Page) -> Vec<String> {
    let mut links = Vec::new();
    for event in parse(&page.text) {
        let destination = match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => dest_url,
            _ => continue,
        };
        if !destination.contains("://") && !destination.starts_with("mailto:") {
            links.push(destination.into_string());
        }
    }
    links
}

/// Returns what is wrong with a link.
fn problem(pages: &[Page], from: &Page, link: &str) -> Option<String> {
    let (name, anchor) = link.split_once('#').unwrap_or((link, ""));
    let name = if name.is_empty() { &from.name } else { name };
    let Some(page) = pages.iter().find(|page| page.name == name) else {
        let is_file = Path::new(name).components().count() == 1;
        let exists = is_file && guide().join("src").join(name).exists();
        return (!exists).then(|| format!("`{link}` names a missing page"));
    };
    let is_known = anchor.is_empty() || anchors(page).contains(anchor);
    (!is_known).then(|| format!("`{link}` names a missing heading"))
}

#[test]
fn links_lead_to_pages_and_headings() {
    let pages = pages();
    let mut problems = Vec::new();
    for page in &pages {
        for link in links(page) {
            let problem = problem(&pages, page, &link);
            problems.extend(problem.map(|problem| format!("{}: {problem}", page.name)));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn broken_links_are_found() {
    let page = |name: &str, text: &str| Page {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    let pages = [page("a.md", "# A `b`, c\n"), page("z.md", "# Z\n## Z\n")];
    for good in ["a.md", "a.md#a-b-c", "#z-1", "z.md#z"] {
        assert_eq!(problem(&pages, &pages[1], good), None, "{good}");
    }
    for bad in ["b.md", "a.md#b", "#z-2", "../book.toml"] {
        assert!(problem(&pages, &pages[1], bad).is_some(), "{bad}");
    }
}

#[test]
fn the_summary_lists_each_page_once() {
    let pages = pages();
    let summary = pages.iter().find(|page| page.name == SUMMARY);
    let mut listed = links(summary.expect("a table of contents"));
    listed.sort();
    let names = pages.iter().map(|page| page.name.as_str());
    let names: Vec<_> = names.filter(|name| *name != SUMMARY).collect();
    assert_eq!(listed, names);
}
