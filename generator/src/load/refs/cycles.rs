//! Components that only refer to each other in a cycle.

use std::collections::HashMap;

use serde_json::Value;

use super::Bundler;
use super::ref_target;
use crate::diagnostics::Code;
use crate::load::document_structure::ObjectKind;
use crate::source::Pointer;

impl Bundler<'_> {
    /// Removes the references of such cycles, so that every other reference has a target.
    pub(super) fn break_cycles(&mut self) {
        for kind in [
            ObjectKind::Schema,
            ObjectKind::Parameter,
            ObjectKind::Response,
            ObjectKind::RequestBody,
            ObjectKind::Header,
            ObjectKind::Example,
            ObjectKind::SecurityScheme,
        ] {
            let Some(home) = kind.component_section(self.version.is_swagger()) else {
                continue;
            };
            for name in self.find_cycles(home) {
                self.break_cycle(home, &name, kind);
            }
        }
    }

    /// Returns the names of the components that lead back to themselves.
    fn find_cycles(&self, home: &str) -> Vec<String> {
        let section = ref_target::get(&self.root, &Pointer::parse(home));
        let Some(Value::Object(map)) = section else {
            return Vec::new();
        };
        let next = |name: &str| -> Option<&str> {
            let reference = map.get(name)?.get("$ref")?.as_str()?;
            reference
                .strip_prefix('#')?
                .strip_prefix(home)?
                .strip_prefix('/')
        };
        // Visit each name once: an earlier walk has classified the names that it saw.
        let mut walks: HashMap<&str, usize> = HashMap::new();
        let mut circular = Vec::new();
        for (walk, start) in map.keys().enumerate() {
            let mut way = Vec::new();
            let mut at = Some(start.as_str());
            while let Some(name) = at {
                match walks.insert(name, walk) {
                    Some(earlier) if earlier == walk => {
                        circular.extend(way.into_iter().skip_while(|n| *n != name));
                        break;
                    }
                    Some(_) => break,
                    None => way.push(name),
                }
                at = next(name);
            }
        }
        circular.into_iter().map(str::to_owned).collect()
    }

    fn break_cycle(&mut self, home: &str, name: &str, kind: ObjectKind) {
        let pointer = Pointer::parse(home).child(name);
        let message = format!("`{name}` refers only to itself");
        self.report(
            Code::CircularRef,
            pointer.child("$ref"),
            message,
            "replace one of the references by a schema",
        );
        let Some(value) = ref_target::get_mut(&mut self.root, &pointer) else {
            return;
        };
        match value {
            Value::Object(map) if kind == ObjectKind::Schema => {
                map.remove("$ref");
            }
            _ => *value = Value::Null,
        }
    }
}
