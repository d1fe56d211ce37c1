//! The texts that findings speak of, and where in them a pointer leads.

use std::collections::HashMap;
use std::sync::Arc;

use crate::load::Pointer;

/// A text that was read, perhaps of several files, by the names that they are
/// shown under.
///
/// A pointer into it is a pointer into the document as later phases see it:
/// in one file, and in the form of OpenAPI 3.0. Where a value was moved to get
/// it there is known here, so that a finding shows what the author wrote.
///
/// Cloning is cheap: the text is shared.
#[derive(Debug, Clone, Default)]
pub struct Source {
    files: Arc<Vec<File>>,
    /// The moves of each step of loading, the last step first.
    layers: Arc<Vec<Layer>>,
}

#[derive(Debug)]
struct File {
    name: String,
    text: String,
}

/// What stands at a pointer now, stood in this file at that pointer.
type Layer = HashMap<Pointer, (usize, Pointer)>;

/// A place as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Written {
    /// The number of the file.
    pub(super) file: usize,
    /// The place in it.
    pub(super) pointer: Pointer,
}

impl Source {
    /// A text of one file.
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

    /// The name of the root file.
    #[must_use]
    pub fn name(&self) -> &str {
        self.file_name(0)
    }

    /// The text of the root file.
    #[must_use]
    pub fn text(&self) -> &str {
        self.file_text(0)
    }

    pub(super) fn file_name(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| &file.name)
    }

    pub(super) fn file_text(&self, file: usize) -> &str {
        self.files.get(file).map_or("", |file| &file.text)
    }

    /// The same source, with the other files that it is made of.
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

    /// The same source, with the moves of each step of loading, in order.
    pub(crate) fn with_moves(self, steps: Vec<Vec<(Pointer, usize, Pointer)>>) -> Self {
        let layers = steps
            .into_iter()
            .rev()
            .filter(|moves| !moves.is_empty())
            .map(|moves| {
                let each = moves.into_iter();
                each.map(|(now, file, then)| (now, (file, then))).collect()
            })
            .collect();
        Self {
            layers: Arc::new(layers),
            ..self
        }
    }

    /// The place that a pointer of a later phase was written at.
    pub(super) fn written(&self, pointer: &Pointer) -> Written {
        let mut at = Written {
            file: 0,
            pointer: pointer.clone(),
        };
        for layer in self.layers.iter() {
            // A value may have been moved out of one that was moved before.
            for _ in 0..16 {
                if at.file != 0 {
                    return at;
                }
                match undo(layer, &at.pointer) {
                    Some(before) if before != at => at = before,
                    _ => break,
                }
            }
        }
        at
    }
}

/// The place before the moves of a layer, or nothing if it was not moved.
fn undo(layer: &Layer, pointer: &Pointer) -> Option<Written> {
    let mut below = Vec::new();
    let mut at = pointer.clone();
    loop {
        if let Some((file, before)) = layer.get(&at) {
            let below = below.iter().rev();
            return Some(Written {
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
    use super::Source;
    use crate::load::Pointer;

    fn p(text: &str) -> Pointer {
        Pointer::parse(text)
    }

    #[test]
    fn moves_are_undone_from_the_last_to_the_first() {
        let source = Source::new("a", "").with_moves(vec![
            vec![(p("/definitions/X"), 2, p("/X"))],
            vec![(p("/components/schemas"), 0, p("/definitions"))],
        ]);
        let at = source.written(&p("/components/schemas/X/properties/a"));
        assert_eq!((at.file, at.pointer.as_str()), (2, "/X/properties/a"));
        let at = source.written(&p("/components/schemas/Y"));
        assert_eq!((at.file, at.pointer.as_str()), (0, "/definitions/Y"));
        assert_eq!(source.written(&p("/paths")).pointer.as_str(), "/paths");
    }

    #[test]
    fn a_value_may_be_moved_out_of_one_that_was_moved() {
        let moves = vec![
            (p("/c/A"), 0, p("/paths/a")),
            (p("/c/B"), 0, p("/c/A/properties/b")),
        ];
        let source = Source::new("a", "").with_moves(vec![moves]);
        assert_eq!(
            source.written(&p("/c/B/x")).pointer.as_str(),
            "/paths/a/properties/b/x"
        );
    }
}
