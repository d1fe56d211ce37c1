//! Words without separators in ids or in paths, split by the other words of the document.

use std::collections::{HashMap, HashSet};

use openapiv3::OpenAPI;

use super::api_path::Segment;
use super::facts::OperationFacts;
use super::vocabulary::{is_article, is_preposition, is_verb};
use crate::ir::Words;

/// A word with fewer letters is never split.
const FEWEST_LETTERS: usize = 7;

/// The words of a document: those of its paths, tags, parameters and schema names.
#[derive(Debug)]
pub(super) struct Vocabulary {
    words: HashSet<String>,
    longest: usize,
}

impl Vocabulary {
    pub(super) fn new(operations: &[OperationFacts], openapi: &OpenAPI) -> Self {
        let mut words = HashSet::new();
        let mut add = |name: &Words| {
            for word in name.iter() {
                words.insert(word.clone());
            }
            for word in name.singulars().iter() {
                words.insert(word.clone());
            }
        };
        for operation in operations {
            operation.path.literals().for_each(&mut add);
            operation.path.parameters().for_each(&mut add);
            operation.tags.iter().flatten().for_each(&mut add);
        }
        let schemas = openapi.components.iter().flat_map(|it| it.schemas.keys());
        for name in schemas {
            add(&Words::split(name));
        }
        let longest = words.iter().map(String::len).max().unwrap_or_default();
        Self { words, longest }
    }

    /// The words, with each glued word split: `getorganizationspendlimit` is `get`,
    /// `organization`, `spend`, `limit`.
    pub(super) fn split_glued(&self, words: &Words) -> Words {
        let is_glued = |word: &&String| word.len() >= FEWEST_LETTERS && !self.words.contains(*word);
        if !words.iter().any(|word| is_glued(&word)) {
            return words.clone();
        }
        let mut list = Vec::new();
        for word in words.iter() {
            let pieces = is_glued(&word).then(|| self.split_word(word)).flatten();
            list.extend(pieces.unwrap_or_else(|| vec![word.clone()]));
        }
        list.iter().collect()
    }

    /// The fewest known words that make up a word. The first is an act. Without this condition,
    /// `notes` would be split into `not` and `es`.
    fn split_word(&self, word: &str) -> Option<Vec<String>> {
        if !word.is_ascii() {
            return None;
        }
        let mut best: Vec<Option<Vec<&str>>> = vec![None; word.len() + 1];
        *best.first_mut()? = Some(Vec::new());
        for end in 1..=word.len() {
            let first = end.saturating_sub(self.longest.max(FEWEST_LETTERS));
            let mut found: Option<Vec<&str>> = None;
            for start in first..end {
                let Some(before) = best.get(start).and_then(Option::as_ref) else {
                    continue;
                };
                let piece = word.get(start..end)?;
                let is_shorter = found.as_ref().is_none_or(|it| before.len() + 1 < it.len());
                if is_shorter && self.is_piece(piece, before.is_empty()) {
                    found = Some(before.iter().copied().chain([piece]).collect());
                }
            }
            *best.get_mut(end)? = found;
        }
        let pieces = best.pop().flatten()?;
        (pieces.len() > 1).then(|| pieces.into_iter().map(ToOwned::to_owned).collect())
    }

    fn is_piece(&self, piece: &str, is_first: bool) -> bool {
        if is_first {
            return is_verb(piece);
        }
        let is_small = is_article(piece) || is_preposition(piece);
        is_small || piece.len() > 2 && self.words.contains(piece)
    }
}

/// Splits glued words in segments of paths as ids spell them.
///
/// `/grocerylist` is `grocery_list` if an id is `getGroceryList`, and no id has the word
/// `grocerylist`.
pub(super) fn split_glued_segments(operations: &mut [OperationFacts]) {
    let id_words: HashSet<&String> = operations.iter().flat_map(|it| it.id.iter()).collect();
    let mut spellings: HashMap<String, Words> = HashMap::new();
    for operation in operations.iter() {
        for words in operation.path.literals() {
            let Some(word) = single_word(words).filter(|word| word.len() >= FEWEST_LETTERS) else {
                continue;
            };
            let is_spelt = id_words.contains(word) || spellings.contains_key(word);
            if let Some(spelling) = find_spelling(word, &operation.id).filter(|_| !is_spelt) {
                spellings.insert(word.clone(), spelling);
            }
        }
    }
    for operation in operations {
        for segment in &mut operation.path.segments {
            if let Segment::Literal(_, words) = segment
                && let Some(spelling) = single_word(words).and_then(|word| spellings.get(word))
            {
                words.clone_from(spelling);
            }
        }
    }
}

fn single_word(words: &Words) -> Option<&String> {
    let mut words = words.iter();
    words.next().filter(|_| words.next().is_none())
}

/// The words of an id that spell a word, if there are several.
fn find_spelling(word: &str, id: &Words) -> Option<Words> {
    let words: Vec<&String> = id.iter().collect();
    (0..words.len()).find_map(|start| {
        let mut rest = word;
        let taken = words.iter().skip(start).take_while(|part| {
            let stripped = rest.strip_prefix(part.as_str());
            rest = stripped.unwrap_or(rest);
            stripped.is_some()
        });
        let spelling: Words = taken.copied().collect();
        (rest.is_empty() && spelling.iter().count() > 1).then_some(spelling)
    })
}

#[cfg(test)]
mod tests {
    use super::{Vocabulary, find_spelling};
    use crate::ir::Words;

    #[test]
    fn ids_spell_the_words_of_segments() {
        let id = Words::split("getGroceryListItems");
        let spelling = find_spelling("grocerylist", &id);
        assert_eq!(spelling, Some(Words::split("grocery_list")));
        assert_eq!(find_spelling("list", &id), None);
        assert_eq!(find_spelling("listing", &id), None);
    }

    #[test]
    fn words_of_the_document_split_those_that_run_together() {
        let known =
            "organization spend limit service account api key conversation token count input";
        let words: std::collections::HashSet<String> =
            known.split(' ').map(ToOwned::to_owned).collect();
        let vocabulary = Vocabulary { words, longest: 12 };
        for (id, split) in [
            ("Getorganizationspendlimit", "get_organization_spend_limit"),
            (
                "Createanapikeyforaserviceaccount",
                "create_an_api_key_for_a_service_account",
            ),
            ("organizations", "organizations"),
            ("conversation", "conversation"),
        ] {
            assert_eq!(vocabulary.split_glued(&Words::split(id)).snake(), split);
        }
    }
}
