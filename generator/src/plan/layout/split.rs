//! Splits entries that are too long for one file, by the words of their names.

use indexmap::IndexMap;

use crate::ir::Words;

/// Most lines that a file should have.
pub(crate) const MAX_FILE_LINES: usize = 4000;

/// Fewest lines that get a file of their own.
pub(crate) const MIN_FILE_LINES: usize = MAX_FILE_LINES / 8;

/// An entry of a file.
pub(crate) struct LayoutEntry<T> {
    /// The words of its name.
    pub(crate) words: Vec<String>,
    /// The number of its lines.
    pub(crate) lines: usize,
    /// The entry itself.
    pub(crate) value: T,
}

/// Entries of the same file.
pub(crate) struct LayoutGroup<T> {
    /// The common first words of its entries, with a number if they are not unique.
    pub(crate) name: Words,
    /// The entries, in order.
    pub(crate) parts: Vec<T>,
}

/// Splits entries that are too long for one file by the first word after `name` in their names.
///
/// Further words split groups that are still too long.
///
/// The longest groups move until the rest fits, so that little moves when a document grows. If no group
/// has at least `min_lines` lines, files are filled with the entries in order.
pub(crate) fn split_by_words<T>(
    name: &Words,
    parts: Vec<LayoutEntry<T>>,
    min_lines: usize,
) -> Vec<LayoutGroup<T>> {
    let depth = name.iter().count();
    let gone = words_to_move(&parts, depth, min_lines);
    let mut stay = Vec::new();
    let mut go: IndexMap<String, Vec<LayoutEntry<T>>> = IndexMap::new();
    for part in parts {
        match part.words.get(depth).filter(|word| gone.contains(word)) {
            Some(word) => go.entry(word.clone()).or_default().push(part),
            None => stay.push(part),
        }
    }
    let mut groups = fill_files(name, stay);
    for (word, parts) in go {
        groups.extend(split_by_words(&name.with(&word), parts, min_lines));
    }
    groups
}

/// Returns the words at position `depth` whose entries must move for the rest to fit.
fn words_to_move<T>(parts: &[LayoutEntry<T>], depth: usize, min_lines: usize) -> Vec<String> {
    let mut left: usize = parts.iter().map(|part| part.lines).sum();
    let mut words: IndexMap<&String, usize> = IndexMap::new();
    for part in parts {
        if let Some(word) = part.words.get(depth) {
            *words.entry(word).or_default() += part.lines;
        }
    }
    words.retain(|_, lines| *lines >= min_lines);
    words.sort_by(|a, x, b, y| y.cmp(x).then_with(|| a.cmp(b)));
    let gone = words.into_iter().map_while(|(word, lines)| {
        let goes = left > MAX_FILE_LINES;
        left = left.saturating_sub(lines);
        goes.then(|| word.clone())
    });
    gone.collect()
}

/// Fills files with the entries in order.
fn fill_files<T>(name: &Words, parts: Vec<LayoutEntry<T>>) -> Vec<LayoutGroup<T>> {
    let mut groups: Vec<LayoutGroup<T>> = Vec::new();
    let mut lines = 0;
    for part in parts {
        lines += part.lines;
        match groups.last_mut().filter(|_| lines <= MAX_FILE_LINES) {
            Some(group) => group.parts.push(part.value),
            None => {
                lines = part.lines;
                let number = groups.len() + 1;
                let further = || name.with("part").with(&number.to_string());
                groups.push(LayoutGroup {
                    name: if number == 1 { name.clone() } else { further() },
                    parts: vec![part.value],
                });
            }
        }
    }
    groups
}
