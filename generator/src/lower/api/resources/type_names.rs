//! Names of the types of calls, from the finished tree of resources.
//!
//! The order of the tree decides which of two calls keeps a name. A configuration lists its methods
//! in the same order, so that types have the same names with it.

use std::collections::HashSet;

use super::Names;
use crate::ir::{Resource, Words};
use crate::lower::api::custom_casings::CustomCasings;

/// Names the types of all calls below a resource.
pub(super) fn name_types(root: &Resource, casings: &CustomCasings, names: &mut Names) {
    let mut walk = TypeNameWalk {
        casings,
        names,
        named: HashSet::new(),
        taken: HashSet::new(),
    };
    walk.visit(root, &Words::new(), &Words::new());
}

struct TypeNameWalk<'w> {
    casings: &'w CustomCasings,
    names: &'w mut Names,
    /// The endpoints that have a name. An alias of a method has the same types.
    named: HashSet<usize>,
    taken: HashSet<String>,
}

impl TypeNameWalk<'_> {
    /// Names the calls of a resource and of those below it. `singular` and `full` are the words of the
    /// resource and those above it, in the singular and as they are.
    fn visit(&mut self, resource: &Resource, singular: &Words, full: &Words) {
        for method in &resource.methods {
            let index = method.operation.index();
            if !self.named.insert(index) {
                continue;
            }
            let name = self.choose(&singular.join(&method.name), &full.join(&method.name));
            if let Some(naming) = self.names.get_mut(&index) {
                naming.name = name;
            }
        }
        for child in &resource.children {
            let singular = qualify_words(singular, &child.name, self.casings);
            self.visit(child, &singular, &full.join(&child.name));
        }
    }

    /// Returns the name with its resources in the singular, or as they are where another call has
    /// that name.
    fn choose(&mut self, singular: &Words, full: &Words) -> Words {
        let mut names = [singular, full].into_iter();
        let free = names.find(|name| self.taken.insert(name.pascal()));
        free.unwrap_or(singular).clone()
    }
}

/// The words that the types of a resource are named with. `order_lines` below
/// `orders` is an `order_line`, not an `order_order_line`.
fn qualify_words(above: &Words, resource: &Words, casings: &CustomCasings) -> Words {
    let one = casings.singular(resource);
    let repeats = one.iter().count() > above.iter().count()
        && one.iter().zip(above.iter()).all(|(a, b)| a == b);
    if repeats { one } else { above.join(&one) }
}
