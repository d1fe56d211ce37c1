//! Dividing what is too long for one file, by the words of its parts' names.

use indexmap::IndexMap;

use crate::ir::Words;

/// The lines that a file should not have more of.
pub(crate) const MAX_FILE_LINES: usize = 4000;

/// What has fewer lines than this gets no file of its own.
pub(crate) const MIN_FILE_LINES: usize = MAX_FILE_LINES / 8;

/// Something that goes into one file.
pub(crate) struct LayoutEntry<T> {
    /// The words of its name.
    pub(crate) words: Vec<String>,
    /// As many lines it has.
    pub(crate) lines: usize,
    /// What it is.
    pub(crate) value: T,
}

/// What goes into the same file.
pub(crate) struct LayoutGroup<T> {
    /// What the names of its parts begin with, and a number where that is not enough.
    pub(crate) name: Words,
    /// The parts, in their order.
    pub(crate) parts: Vec<T>,
}

/// Divides parts that are too long for one file by the first word of their
/// names that comes after `name`, and by further words if that does not do.
///
/// The longest go until the rest fits, so that little moves when a document
/// grows, and what is not too long stays as it is. Where no word says much, the
/// parts are counted off: where none has as many lines as are `min_lines` a file.
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

/// The words, of those that stand at a place in the parts' names, whose parts
/// must go for the rest to fit.
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

/// Fills files one after the other.
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
