//! The current position of a walk over the tree.

use super::Pointer;

/// The path from the root to a value, as a linked list on the stack of the walk.
/// It allocates only when it is converted to a [`Pointer`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct PointerPath<'a> {
    parent: Option<&'a Self>,
    segment: Segment<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Segment<'a> {
    Base(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> PointerPath<'a> {
    /// Returns the path of the root of the document.
    pub(crate) const fn root() -> Self {
        Self::at("")
    }

    /// Returns the path of a pointer that is given as text: `/components/schemas/Pet`.
    pub(crate) const fn at(pointer: &'a str) -> Self {
        Self {
            parent: None,
            segment: Segment::Base(pointer),
        }
    }

    /// Returns the path of the property `name` of the value at this path.
    pub(crate) const fn key<'b>(&'b self, name: &'b str) -> PointerPath<'b>
    where
        'a: 'b,
    {
        PointerPath {
            parent: Some(self),
            segment: Segment::Key(name),
        }
    }

    /// Returns the path of the element `index` of the array at this path.
    pub(crate) const fn index<'b>(&'b self, index: usize) -> PointerPath<'b>
    where
        'a: 'b,
    {
        PointerPath {
            parent: Some(self),
            segment: Segment::Index(index),
        }
    }

    /// Converts the path to a pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        let parent = self.parent.map(Self::pointer).unwrap_or_default();
        match self.segment {
            Segment::Base(text) => Pointer::parse(text),
            Segment::Key(name) => parent.child(name),
            Segment::Index(index) => parent.index(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PointerPath;

    #[test]
    fn a_path_converts_to_its_pointer() {
        let root = PointerPath::root();
        let paths = root.key("paths");
        let path = paths.key("/a~b");
        assert_eq!(path.index(3).pointer().as_str(), "/paths/~1a~0b/3");
        assert_eq!(PointerPath::at("/x").key("y").pointer().as_str(), "/x/y");
    }
}
