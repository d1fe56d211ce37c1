//! The pages of the guide, and their code blocks.

use std::fs;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::guide;

/// The languages whose blocks are tested, and `text` for output.
const LANGUAGES: [&str; 5] = ["rust", "sh", "text", "toml", "yaml"];

/// Pages with code blocks that other tests check: the explanations of diagnostics.
const CHECKED_ELSEWHERE: [&str; 1] = ["diagnostics.md"];

/// A page of the guide.
pub(crate) struct Page {
    /// Path below `src`.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// A code block.
pub(crate) struct Block {
    pub(crate) page: String,
    pub(crate) line: usize,
    /// The words after the fence, such as `rust`, `no_run` and `file=src/main.rs`.
    pub(crate) words: Vec<String>,
    pub(crate) text: String,
}

impl Block {
    /// Returns whether the words after the fence contain a word.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }

    /// Returns the path that the block is saved under.
    pub(crate) fn file(&self) -> Option<&str> {
        self.words
            .iter()
            .find_map(|word| word.strip_prefix("file="))
    }

    /// Returns the position for messages.
    pub(crate) fn position(&self) -> String {
        format!("{}:{}", self.page, self.line)
    }
}

/// Returns the pages in the order of their names.
pub(crate) fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    for entry in fs::read_dir(guide().join("src")).expect("the pages") {
        let path = entry.expect("a page").path();
        if path.extension().is_some_and(|extension| extension == "md") {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(&path).expect("a page");
            pages.push(Page {
                name: name.into_owned(),
                text,
            });
        }
    }
    pages.sort_by(|a, b| a.name.cmp(&b.name));
    pages
}

/// Parses a page as mdBook does.
pub(crate) fn parse(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

/// Returns the blocks of a language, except for pages that other tests check.
pub(crate) fn blocks(language: &str) -> Vec<Block> {
    let pages = pages().into_iter();
    pages
        .filter(is_checked_here)
        .flat_map(|page| page_blocks(&page))
        .filter(|block| block.has(language))
        .collect()
}

fn is_checked_here(page: &Page) -> bool {
    !CHECKED_ELSEWHERE.contains(&page.name.as_str())
}

/// Returns the code blocks of a page.
fn page_blocks(page: &Page) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open = None;
    for (event, range) in parse(&page.text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let words = info.split([' ', ',']).filter(|word| !word.is_empty());
                open = Some(Block {
                    page: page.name.clone(),
                    line: page.text[..range.start].lines().count() + 1,
                    words: words.map(str::to_owned).collect(),
                    text: String::new(),
                });
            }
            Event::Text(text) => {
                if let Some(block) = &mut open {
                    block.text.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
            _ => {}
        }
    }
    blocks
}

#[test]
fn each_block_has_a_language_that_is_tested() {
    let pages = pages();
    let pages = pages.iter().filter(|page| is_checked_here(page));
    for block in pages.flat_map(page_blocks) {
        let language = block.words.first().map_or("", String::as_str);
        let is_tested = LANGUAGES.contains(&language);
        assert!(is_tested, "{}: language `{language}`", block.position());
    }
}
