//! Where in a text pointers lead: one pass over the text for all of them.
//!
//! The text is read as events, not as a tree, so that a large document costs
//! no memory, and what no pointer leads into is skipped. A pointer to what is
//! not there leads to the nearest value around it.

mod json;
pub(crate) mod yaml;

use std::collections::HashMap;
use std::ops::Range;

use crate::load::Pointer;

/// What a pointer leads to, in bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Located {
    /// The value, if it is a scalar on one line; its key or its first
    /// character, if not.
    pub(super) value: Range<usize>,
    /// The key, if it is a member.
    pub(super) key: Option<Range<usize>>,
}

/// What each of the pointers leads to.
pub(super) fn locate(text: &str, pointers: &[Pointer]) -> Vec<Located> {
    let mut wanted = Wanted::new(pointers);
    if text.trim_start().starts_with(['{', '[']) {
        json::scan(text, &mut wanted);
    } else {
        yaml::scan(text, &mut wanted);
    }
    pointers
        .iter()
        .map(|pointer| wanted.nearest(pointer))
        .collect()
}

/// The pointers that are looked for, as a tree of their segments.
struct Wanted {
    nodes: Vec<Node>,
}

#[derive(Default)]
struct Node {
    children: HashMap<String, NodeId>,
    found: Option<Located>,
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
            segments.fold(ROOT, |node, segment| wanted.grow(node, segment));
        }
        wanted
    }

    fn grow(&mut self, node: NodeId, segment: String) -> NodeId {
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

    /// The node of a member, if anything in it is looked for.
    fn child(&self, node: NodeId, segment: &str) -> Option<NodeId> {
        self.nodes.get(node)?.children.get(segment).copied()
    }

    /// Whether anything below a node is looked for.
    fn has_children(&self, node: NodeId) -> bool {
        self.nodes
            .get(node)
            .is_some_and(|node| !node.children.is_empty())
    }

    fn found(&mut self, node: NodeId, at: Located) {
        if let Some(node) = self.nodes.get_mut(node) {
            node.found = Some(at);
        }
    }

    /// Where a pointer leads, or what is around it.
    fn nearest(&self, pointer: &Pointer) -> Located {
        let mut node = Some(ROOT);
        let mut segments = pointer.segments();
        let mut at = Located::default();
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
    use super::locate;
    use crate::load::Pointer;

    fn find<'t>(text: &'t str, pointer: &str) -> &'t str {
        let at = locate(text, &[Pointer::parse(pointer)]);
        &text[at[0].value.clone()]
    }

    #[test]
    fn json_members_are_found_by_key_or_by_scalar() {
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
    fn yaml_members_are_found_by_key_or_by_scalar() {
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
    fn broken_texts_are_searched_as_far_as_they_go() {
        for text in [
            "{\"a\": ",
            "{\"a\": [1,",
            "{a",
            "a: [",
            "{\"a\" \"b\"}",
            "{\"a\": \"x",
        ] {
            let _ = locate(text, &[Pointer::parse("/a/0"), Pointer::parse("/b")]);
        }
    }
}
