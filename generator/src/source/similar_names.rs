//! Names that are similar to an unknown name, for advice.

use std::cmp::Reverse;

use super::text::edit_distance;

/// Number of names that are suggested.
const MAX_SUGGESTED: usize = 3;

/// Largest edit distance of a misspelling.
const MAX_DISTANCE: usize = 3;

/// Returns the known names that are most similar to an unknown one, the most similar first.
///
/// A name is similar if it is a misspelling, contains the unknown name, or shares a word with it.
pub(crate) fn find_similar_names<'n>(
    unknown: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Vec<&'n str> {
    let unknown = unknown.to_lowercase();
    let limit = MAX_DISTANCE.min(unknown.len() / 2);
    let mut similar: Vec<(bool, Reverse<usize>, usize, &str)> = Vec::new();
    for name in known {
        let lower = name.to_lowercase();
        let distance = edit_distance(&lower, &unknown);
        let shared = count_shared_words(&lower, &unknown);
        if distance <= limit || shared > 0 || lower.contains(&unknown) {
            similar.push((distance > limit, Reverse(shared), distance, name));
        }
    }
    similar.sort_unstable();
    similar.dedup();
    let names = similar.into_iter().map(|(.., name)| name);
    names.take(MAX_SUGGESTED).collect()
}

/// Counts the words of a name that another name has.
fn count_shared_words(name: &str, other: &str) -> usize {
    let split = |text| {
        let words = str::split(text, |c: char| !c.is_alphanumeric());
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>()
    };
    let others = split(other);
    split(name)
        .iter()
        .filter(|word| others.contains(word))
        .count()
}

#[cfg(test)]
mod tests {
    use super::find_similar_names;

    #[test]
    fn similar_names_are_misspelled_contain_the_name_or_share_a_word() {
        let known = ["pets.retrieve", "pets.list", "owners.list", "GET /pets"];
        for (unknown, first) in [
            ("pets.retreive", Some("pets.retrieve")),
            ("retrieve", Some("pets.retrieve")),
            ("Owners.List", Some("owners.list")),
            ("get /pet", Some("GET /pets")),
            ("xyz", None),
        ] {
            let similar = find_similar_names(unknown, known);
            assert_eq!(similar.first().copied(), first, "{unknown}");
        }
    }
}
