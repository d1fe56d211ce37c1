//! Code blocks of a chapter.

/// A code block: the words after its fence, and its text.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Block {
    words: Vec<String>,
    pub(super) text: String,
}

impl Block {
    /// Returns whether a word is after the fence.
    pub(super) fn has(&self, word: &str) -> bool {
        self.words.iter().any(|known| known == word)
    }

    /// Returns the rest of the word that starts with `name`.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.words.iter().find_map(|word| word.strip_prefix(name))
    }
}

/// Returns the code blocks of a chapter, without hidden lines.
pub(super) fn parse(chapter: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in chapter.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(info), None) => {
                let words = info.split([' ', ',']).map(str::to_owned);
                open = Some(Block {
                    words: words.collect(),
                    text: String::new(),
                });
            }
            (None, Some(block)) if !(block.has("rust") && line.starts_with("# ")) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, _) => {}
        }
    }
    blocks
}

#[test]
fn blocks_have_words_and_text() {
    let blocks =
        parse("a\n```rust,no_run file=src/main.rs\n# x\nfn main() {}\n```\nb\n```sh\nls\n```\n");
    assert_eq!(blocks.len(), 2);
    assert_eq!(blocks[0].value("file="), Some("src/main.rs"));
    assert_eq!(blocks[0].text, "fn main() {}\n");
    assert!(blocks[1].has("sh"));
}
