//! Path items by reference, which are copied to the paths that use them.

use serde_json::Value;

use super::Bundler;
use super::ref_target;
use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;

impl Bundler<'_> {
    /// Replaces references to path items by copies.
    pub(super) fn inline_path_items(&mut self) {
        for section in ["paths", "webhooks", "x-webhooks"] {
            let section = Pointer::root().child(section);
            let Some(Value::Object(map)) = ref_target::get(&self.root, &section) else {
                continue;
            };
            let references: Vec<_> = map
                .iter()
                .filter_map(|(path, item)| Some((section.child(path), item.get("$ref")?.as_str()?)))
                .map(|(pointer, reference)| (pointer, reference.to_owned()))
                .collect();
            for (pointer, reference) in references {
                self.inline_path_item(&pointer, &reference);
            }
        }
    }

    fn inline_path_item(&mut self, pointer: &Pointer, reference: &str) {
        let target = match self.locate(0, reference, ObjectKind::PathItem) {
            Ok(target) => target,
            Err(why) => {
                self.refuse(why, ObjectKind::PathItem, pointer.child("$ref"));
                if let Some(Value::Object(own)) = ref_target::get_mut(&mut self.root, pointer) {
                    own.remove("$ref");
                }
                return;
            }
        };
        let mut item = self.copy(&target);
        self.rewrite_and_inline(&mut item, ObjectKind::PathItem, target.file, pointer, 0);
        // An operation at two paths keeps its id at one of them.
        let stands_itself = target.file == 0 && target.pointer.as_str().starts_with("/paths/");
        if stands_itself || self.inlined.contains(&target) {
            drop_ids(&mut item);
        }
        let Some(Value::Object(own)) = ref_target::get_mut(&mut self.root, pointer) else {
            return;
        };
        // The path's own properties take precedence.
        own.remove("$ref");
        let Value::Object(item) = item else {
            return;
        };
        for (key, value) in item {
            own.entry(key).or_insert(value);
        }
        self.moves
            .push((pointer.clone(), target.file, target.pointer.clone()));
        self.inlined.insert(target);
    }
}

/// Removes the ids of the operations of a path item.
fn drop_ids(item: &mut Value) {
    for (_, operation) in item.as_object_mut().into_iter().flatten() {
        if let Value::Object(operation) = operation {
            operation.shift_remove("operationId");
        }
    }
}
