//! The habits of a document in its ids and tags.

use super::facts::OperationFacts;
use super::path_tree::PathTree;
use super::vocabulary::{is_article, is_preposition, letters, standard_verb};
use crate::ir::Words;

/// The habits that decide which rules apply.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct DocumentStyle {
    /// An id without the words of the path and the tag is one verb.
    pub(super) has_clean_ids: bool,
    /// Each resource has its own tag, and ids are written for the tags.
    pub(super) is_flat_by_tag: bool,
    /// Tags name nested resources that paths do not: `beta.conversations`.
    pub(super) has_dotted_tags: bool,
}

/// Number of standard verbs that show how a document writes its ids.
const MIN_STANDARD_PLACES: usize = 6;

#[derive(Debug, Default)]
struct Counts {
    standard_places: usize,
    clean_ids: usize,
    http_ids: usize,
    tagged: usize,
    first_is_tag: usize,
    tagged_places: usize,
    places_of_tag: usize,
    deep: usize,
    deep_first_is_tag: usize,
    dotted: usize,
    dotted_like_path: usize,
}

impl DocumentStyle {
    pub(super) fn detect(operations: &[OperationFacts], tree: &PathTree) -> Self {
        let mut counts = Counts::default();
        for operation in operations {
            counts.add(operation, tree);
        }
        let all = operations.len();
        let is_share =
            |part: usize, whole: usize, percent: usize| whole > 0 && part * 100 >= whole * percent;
        // Ids such as `post_users` were made of the HTTP method.
        let has_own_verbs = counts.http_ids * 10 <= all;
        let is_clean =
            |percent| has_own_verbs && is_share(counts.clean_ids, counts.standard_places, percent);
        // If few ids show a habit, each id is read by itself. One more operation then renames none.
        let is_small = counts.standard_places < MIN_STANDARD_PLACES;
        Self {
            has_clean_ids: has_own_verbs && is_small || is_clean(70),
            is_flat_by_tag: !is_small
                && is_clean(85)
                && is_share(counts.first_is_tag, counts.tagged, 70)
                && is_share(counts.tagged, all, 60)
                // Tags of whole areas are headings over several resources.
                && is_share(counts.places_of_tag, counts.tagged_places, 40)
                // Tags that only repeat the first segment are less precise than the path.
                && !is_share(counts.deep_first_is_tag, counts.deep, 95),
            has_dotted_tags: is_share(counts.dotted, all, 20)
                && !is_share(counts.dotted_like_path, counts.dotted, 50),
        }
    }
}

impl Counts {
    fn add(&mut self, operation: &OperationFacts, tree: &PathTree) {
        let literals: Vec<&Words> = operation.path.literals().collect();
        let Some(first) = literals.first() else {
            return;
        };
        if let Some(tag) = operation.tag() {
            let is_first = matches!(tag, [only] if letters(only) == letters(first));
            self.tagged += 1;
            self.first_is_tag += usize::from(is_first);
            self.deep += usize::from(literals.len() > 1);
            self.deep_first_is_tag += usize::from(is_first && literals.len() > 1);
            if tag.len() > 1 {
                let is_like_path = tag.len() <= literals.len()
                    && tag
                        .iter()
                        .zip(&literals)
                        .all(|(a, b)| letters(a) == letters(b));
                self.dotted += 1;
                self.dotted_like_path += usize::from(is_like_path);
            }
        }
        let Some(verb) = operation.id.iter().next() else {
            return;
        };
        self.http_ids += usize::from(matches!(verb.as_str(), "post" | "put"));
        let shape = operation.path.shape();
        if operation.path.is_item() || tree.has_items(&shape) {
            if let (Some([.., tag]), Some(last)) = (operation.tag(), literals.last()) {
                self.tagged_places += 1;
                self.places_of_tag += usize::from(name_one_thing(tag, last));
            }
            self.standard_places += 1;
            self.clean_ids += usize::from(bare_verb(operation).is_some());
        }
    }
}

/// Whether one name has all words of the other, in any number: `users` and `organization-users`.
fn name_one_thing(one: &Words, other: &Words) -> bool {
    let (one, other) = (one.singulars(), other.singulars());
    let has_all =
        |words: &Words, of: &Words| of.iter().all(|it| words.iter().any(|word| word == it));
    has_all(&one, &other) || has_all(&other, &one)
}

/// The verb of an id whose other words are all in the path and the tags.
pub(super) fn bare_verb(operation: &OperationFacts) -> Option<&String> {
    let path = &operation.path;
    let names = path.literals().chain(path.parameters());
    let names = names.chain(operation.tags.iter().flatten());
    let known: Vec<Words> = names.map(Words::singulars).collect();
    let is_known = |word: &&String| {
        let one = Words::split(word).singular();
        known
            .iter()
            .any(|name| name.iter().any(|it| one.iter().any(|one| one == it)))
    };
    let is_small = |word: &&String| {
        is_article(word)
            || is_preposition(word)
            || matches!(word.as_str(), "all" | "id" | "one" | "s")
            || super::segment_text::is_version(word)
    };
    let mut rest = (operation.id.iter())
        .filter(|word| standard_verb(word).is_some() || !is_known(word) && !is_small(word));
    let verb = rest.next()?;
    rest.next().is_none().then_some(verb)
}
