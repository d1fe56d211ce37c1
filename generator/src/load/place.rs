//! Where a walk of the tree stands.

use super::Pointer;

/// The way from the root to a value, as a list that lives on the stack of the
/// walk: nothing is allocated until somebody asks for the [`Pointer`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place<'a> {
    parent: Option<&'a Self>,
    segment: Segment<'a>,
}

#[derive(Debug, Clone, Copy)]
enum Segment<'a> {
    Base(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Place<'a> {
    /// The root of the document.
    pub(crate) const fn root() -> Self {
        Self::at("")
    }

    /// The place of a pointer, as text: `/components/schemas/Pet`.
    pub(crate) const fn at(pointer: &'a str) -> Self {
        Self {
            parent: None,
            segment: Segment::Base(pointer),
        }
    }

    /// The member `name` of the value that stands here.
    pub(crate) const fn key<'b>(&'b self, name: &'b str) -> Place<'b>
    where
        'a: 'b,
    {
        Place {
            parent: Some(self),
            segment: Segment::Key(name),
        }
    }

    /// The element `index` of the array that stands here.
    pub(crate) const fn index<'b>(&'b self, index: usize) -> Place<'b>
    where
        'a: 'b,
    {
        Place {
            parent: Some(self),
            segment: Segment::Index(index),
        }
    }

    /// The pointer that leads here.
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
    use super::Place;

    #[test]
    fn a_place_knows_its_pointer() {
        let root = Place::root();
        let paths = root.key("paths");
        let path = paths.key("/a~b");
        assert_eq!(path.index(3).pointer().as_str(), "/paths/~1a~0b/3");
        assert_eq!(Place::at("/x").key("y").pointer().as_str(), "/x/y");
    }
}
