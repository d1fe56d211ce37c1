//! Names of the types of calls, from the finished tree of resources.
//!
//! A call whose resources are in the singular keeps a name that another call has in the singular only.
//! Neither the order of the document nor the order of a configuration decides.

use std::collections::HashSet;

use super::Names;
use crate::ir::{Resource, Words};
use crate::lower::api::custom_casings::CustomCasings;

/// Names the types of all calls below a resource.
pub(super) fn name_types(root: &Resource, casings: &CustomCasings, names: &mut Names) {
    let mut walk = TypeNameWalk {
        casings,
        named: HashSet::new(),
        calls: Vec::new(),
    };
    walk.visit(root, &Words::new(), &Words::new());
    let mut calls = walk.calls;
    calls.sort_by_cached_key(|call| (call.singular != call.full, call.full.snake()));
    let mut taken = HashSet::new();
    for call in calls {
        let mut candidates = [&call.singular, &call.full].into_iter();
        let free = candidates.find(|name| taken.insert(name.pascal()));
        let name = free.unwrap_or(&call.singular).clone();
        if let Some(naming) = names.get_mut(&call.index) {
            naming.name = name;
        }
    }
}

/// A call, with the words of its resources in the singular and as they are.
struct CallWords {
    /// The index of its operation.
    index: usize,
    singular: Words,
    full: Words,
}

struct TypeNameWalk<'w> {
    casings: &'w CustomCasings,
    /// The operations that have a call. An alias of a method has the same types.
    named: HashSet<usize>,
    calls: Vec<CallWords>,
}

impl TypeNameWalk<'_> {
    /// Collects the calls of a resource and of those below it. `singular` and `full` are the words of
    /// the resource and those above it, in the singular and as they are.
    fn visit(&mut self, resource: &Resource, singular: &Words, full: &Words) {
        for method in &resource.methods {
            let index = method.operation.index();
            if self.named.insert(index) {
                self.calls.push(CallWords {
                    index,
                    singular: singular.join(&method.name),
                    full: full.join(&method.name),
                });
            }
        }
        for child in &resource.children {
            let singular = qualify_words(singular, &child.name, self.casings);
            self.visit(child, &singular, &full.join(&child.name));
        }
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
