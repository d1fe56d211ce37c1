//! The files of a document, and the author's position of each value in them.

use std::collections::HashMap;
use std::sync::Arc;

use super::Pointer;

/// The text of a document, with the name of each of its files.
///
/// Later phases see one file in the form of OpenAPI 3.0. Loading moves values
/// to bring a document into that form. This map undoes the moves, so that a
/// diagnostic shows the author's own text.
///
/// A clone is cheap, because clones share the text.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    files: Arc<Vec<File>>,
    /// The moves of each step of loading, the last step first.
    layers: Arc<Vec<Layer>>,
}

#[derive(Debug)]
struct File {
    name: String,
    text: String,
}

/// The former file and pointer of each value that a step moved, by its new pointer.
type Layer = HashMap<Pointer, (usize, Pointer)>;

/// A position in the author's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FilePointer {
    /// The index of the file.
    pub(crate) file: usize,
    /// The pointer in that file.
    pub(crate) pointer: Pointer,
}

/// Number of moves that are undone in one layer. A value can move out of a value that has moved
/// itself.
const MAX_MOVES_PER_LAYER: usize = 16;

impl SourceMap {
    /// Creates the map of a single file.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            files: Arc::new(vec![File {
                name: name.into(),
                text: text.into(),
            }]),
            layers: Arc::default(),
        }
    }

    /// Returns the name of the root file.
    #[must_use]
    pub fn name(&self) -> &str {
        self.file_name(0)
    }

    /// Returns the text of the root file.
    #[must_use]
    pub fn text(&self) -> &str {
        self.file_text(0)
    }

    pub(crate) fn file_name(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| &file.name)
    }

    pub(crate) fn file_text(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| &file.text)
    }

    /// Adds the other files of the document, as names and texts.
    pub(crate) fn with_files(self, others: Vec<(String, String)>) -> Self {
        if others.is_empty() {
            return self;
        }
        let root = File {
            name: self.name().to_owned(),
            text: self.text().to_owned(),
        };
        let others = others.into_iter().map(|(name, text)| File { name, text });
        Self {
            files: Arc::new(std::iter::once(root).chain(others).collect()),
            ..self
        }
    }

    /// Shows the files under other names.
    pub(crate) fn with_names(self, name: impl Fn(&str) -> String) -> Self {
        let files = self.files.iter().map(|file| File {
            name: name(&file.name),
            text: file.text.clone(),
        });
        Self {
            files: Arc::new(files.collect()),
            ..self
        }
    }

    /// Adds the moves of each step of loading, in order.
    pub(crate) fn with_moves(self, steps: Vec<Vec<(Pointer, usize, Pointer)>>) -> Self {
        let layers = steps
            .into_iter()
            .rev()
            .filter(|moves| !moves.is_empty())
            .map(|moves| {
                let moves = moves.into_iter();
                moves.map(|(now, file, then)| (now, (file, then))).collect()
            })
            .collect();
        Self {
            layers: Arc::new(layers),
            ..self
        }
    }

    /// Returns the author's position of a pointer of a later phase.
    pub(crate) fn original_position(&self, pointer: &Pointer) -> FilePointer {
        let mut at = FilePointer {
            file: 0,
            pointer: pointer.clone(),
        };
        for layer in self.layers.iter() {
            for _ in 0..MAX_MOVES_PER_LAYER {
                if at.file != 0 {
                    return at;
                }
                match undo_move(layer, &at.pointer) {
                    Some(before) if before != at => at = before,
                    _ => break,
                }
            }
        }
        at
    }
}

/// Returns the position before the moves of a layer, or `None` if nothing moved.
fn undo_move(layer: &Layer, pointer: &Pointer) -> Option<FilePointer> {
    let mut below = Vec::new();
    let mut at = pointer.clone();
    loop {
        if let Some((file, before)) = layer.get(&at) {
            let below = below.iter().rev();
            return Some(FilePointer {
                file: *file,
                pointer: below.fold(before.clone(), |at, segment: &String| at.child(segment)),
            });
        }
        below.push(at.last()?);
        at = at.parent()?;
    }
}

#[cfg(test)]
mod tests {
    use super::{Pointer, SourceMap};

    fn p(text: &str) -> Pointer {
        Pointer::parse(text)
    }

    #[test]
    fn moves_are_reverted_in_reverse_order() {
        let source = SourceMap::new("a", "").with_moves(vec![
            vec![(p("/definitions/X"), 2, p("/X"))],
            vec![(p("/components/schemas"), 0, p("/definitions"))],
        ]);
        let at = source.original_position(&p("/components/schemas/X/properties/a"));
        assert_eq!((at.file, at.pointer.as_str()), (2, "/X/properties/a"));
        let at = source.original_position(&p("/components/schemas/Y"));
        assert_eq!((at.file, at.pointer.as_str()), (0, "/definitions/Y"));
        let at = source.original_position(&p("/paths"));
        assert_eq!(at.pointer.as_str(), "/paths");
    }

    #[test]
    fn a_value_can_move_out_of_a_moved_value() {
        let moves = vec![
            (p("/c/A"), 0, p("/paths/a")),
            (p("/c/B"), 0, p("/c/A/properties/b")),
        ];
        let source = SourceMap::new("a", "").with_moves(vec![moves]);
        let at = source.original_position(&p("/c/B/x"));
        assert_eq!(at.pointer.as_str(), "/paths/a/properties/b/x");
    }
}
