//! The positions of pointers in a text, found in one pass for all pointers.
//!
//! The pass reads events and builds no tree, so that a large document costs no
//! memory. It skips values that no pointer leads into. A pointer to a missing
//! value resolves to the nearest enclosing value.

mod json;
mod yaml;

use std::collections::HashMap;
use std::ops::Range;

use super::{Pointer, Syntax};

/// The position of a value in a text, in bytes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Position {
    /// The value, if it is a scalar on one line. Otherwise its key, or its first
    /// character if it has no key.
    pub(crate) value: Range<usize>,
    /// The key, if the value is a property.
    pub(crate) key: Option<Range<usize>>,
}

/// Finds the position of each pointer.
pub(crate) fn find_positions(text: &str, pointers: &[Pointer]) -> Vec<Position> {
    let mut wanted = Wanted::new(pointers);
    match Syntax::guess(text) {
        Syntax::Json => json::scan(text, &mut wanted),
        Syntax::Yaml => yaml::scan(text, &mut wanted),
    }
    pointers
        .iter()
        .map(|pointer| wanted.nearest(pointer))
        .collect()
}

/// The wanted pointers, as a tree of their segments.
struct Wanted {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    children: HashMap<String, NodeId>,
    found: Option<Position>,
}

type NodeId = usize;

const ROOT: NodeId = 0;

impl Wanted {
    fn new(pointers: &[Pointer]) -> Self {
        let mut wanted = Self {
            nodes: vec![Node::default()],
        };
        for pointer in pointers {
            let segments = pointer.segments();
            segments.fold(ROOT, |node, segment| wanted.add(node, segment));
        }
        wanted
    }

    fn add(&mut self, node: NodeId, segment: String) -> NodeId {
        let new = self.nodes.len();
        let Some(parent) = self.nodes.get_mut(node) else {
            return node;
        };
        let child = *parent.children.entry(segment).or_insert(new);
        if child == new {
            self.nodes.push(Node::default());
        }
        child
    }

    /// Returns the node of a property or an element, if a pointer leads into it.
    fn child(&self, node: NodeId, segment: &str) -> Option<NodeId> {
        self.nodes.get(node)?.children.get(segment).copied()
    }

    /// Whether a pointer leads below a node.
    fn has_children(&self, node: NodeId) -> bool {
        self.nodes
            .get(node)
            .is_some_and(|node| !node.children.is_empty())
    }

    fn record(&mut self, node: NodeId, at: Position) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.found = Some(at);
        }
    }

    /// Returns the position of a pointer, or of the nearest enclosing value.
    fn nearest(&self, pointer: &Pointer) -> Position {
        let mut node = Some(ROOT);
        let mut segments = pointer.segments();
        let mut at = Position::default();
        while let Some(id) = node {
            if let Some(found) = self.nodes.get(id).and_then(|node| node.found.clone()) {
                at = found;
            }
            node = segments.next().and_then(|segment| self.child(id, &segment));
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::Pointer;
    use super::find_positions;

    fn find<'t>(text: &'t str, pointer: &str) -> &'t str {
        let at = find_positions(text, &[Pointer::parse(pointer)]);
        &text[at[0].value.clone()]
    }

    #[test]
    fn json_properties_are_found_by_key_or_by_scalar() {
        let text = r#"{"a": {"b/c": [1, {"d": "x\"}y"}, [true]]}, "é\u00e9": 2, "e": {}}"#;
        for (pointer, found) in [
            ("/a", r#""a""#),
            ("/a/b~1c", r#""b/c""#),
            ("/a/b~1c/0", "1"),
            ("/a/b~1c/1", "{"),
            ("/a/b~1c/1/d", r#""x\"}y""#),
            ("/a/b~1c/2/0", "true"),
            ("/éé", "2"),
            ("/e", r#""e""#),
            ("/e/nowhere/at/all", r#""e""#),
            ("/nowhere", "{"),
        ] {
            assert_eq!(find(text, pointer), found, "{pointer}");
        }
    }

    #[test]
    fn yaml_properties_are_found_by_key_or_by_scalar() {
        let text = "é: &x\n  b/c:\n    - 1\n    - d: |\n        block\n      e: {f: [g, \"h i\"]}\n'200': *x\n~: plain  # comment\nmulti: one\n  two\n";
        for (pointer, found) in [
            ("/é", "é"),
            ("/é/b~1c", "b/c"),
            ("/é/b~1c/0", "1"),
            ("/é/b~1c/1/d", "d"),
            ("/é/b~1c/1/e/f/1", "\"h i\""),
            ("/200", "'200'"),
            ("/200/b~1c", "'200'"),
            ("/~0", "plain"),
            ("/multi", "one\n  two"),
            ("/é/nowhere", "é"),
        ] {
            assert_eq!(find(text, pointer), found, "{pointer}");
        }
    }

    #[test]
    fn invalid_texts_are_searched_up_to_the_error() {
        for text in [
            "{\"a\": ",
            "{\"a\": [1,",
            "{a",
            "a: [",
            "{\"a\" \"b\"}",
            "{\"a\": \"x",
        ] {
            let _ = find_positions(text, &[Pointer::parse("/a/0"), Pointer::parse("/b")]);
        }
    }
}
