//! Splits entries that are too long for one file, by the words of their names.

use indexmap::IndexMap;

use crate::ir::Words;

/// Most lines that a file should have.
pub(crate) const MAX_FILE_LINES: usize = 4000;

/// The lengths at which groups of entries get files of their own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileLimits {
    /// Lines of a file above which its long groups leave.
    pub(crate) long_file: usize,
    /// Fewest lines of a long group.
    pub(crate) long_group: usize,
    /// Lines of a file above which groups of any length leave.
    pub(crate) overlong_file: usize,
}

impl FileLimits {
    /// Limits of a file whose entries belong to one owner.
    pub(crate) const ONE_OWNER: Self = Self {
        long_file: MAX_FILE_LINES,
        long_group: MAX_FILE_LINES / 8,
        overlong_file: usize::MAX,
    };

    /// Limits of a file that several owners share.
    pub(crate) const SEVERAL_OWNERS: Self = Self {
        long_file: MAX_FILE_LINES / 5,
        long_group: MAX_FILE_LINES / 12,
        overlong_file: MAX_FILE_LINES / 2,
    };

    /// Limits of a file of tests, which are seldom read.
    pub(crate) const TESTS: Self = Self {
        long_file: MAX_FILE_LINES / 2,
        long_group: MAX_FILE_LINES / 8,
        overlong_file: MAX_FILE_LINES,
    };
}

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
/// The longest groups move until the rest fits, so that little moves when a document grows. If only
/// groups are left that stay, files are filled with the entries in order.
pub(crate) fn split_by_words<T>(
    name: &Words,
    parts: Vec<LayoutEntry<T>>,
    limits: FileLimits,
) -> Vec<LayoutGroup<T>> {
    let depth = name.iter().count();
    let gone = words_to_move(&parts, depth, limits);
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
        groups.extend(split_by_words(&name.with(&word), parts, limits));
    }
    groups
}

/// Returns the words at position `depth` whose entries must move for the rest to fit.
fn words_to_move<T>(parts: &[LayoutEntry<T>], depth: usize, limits: FileLimits) -> Vec<String> {
    let mut left: usize = parts.iter().map(|part| part.lines).sum();
    let mut words: IndexMap<&String, usize> = IndexMap::new();
    for part in parts {
        if let Some(word) = part.words.get(depth) {
            *words.entry(word).or_default() += part.lines;
        }
    }
    words.sort_by(|a, x, b, y| y.cmp(x).then_with(|| a.cmp(b)));
    let gone = words.into_iter().map_while(|(word, lines)| {
        let is_long = left > limits.long_file && lines >= limits.long_group;
        let goes = is_long || left > limits.overlong_file;
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
