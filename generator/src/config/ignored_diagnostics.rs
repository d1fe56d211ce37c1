//! `diagnostics.ignored`: diagnostics that the owners of the API accept.

use serde_json::Value;

use super::At;
use super::reader::Reader;
use crate::diagnostics::Ignored;

impl Reader<'_> {
    pub(super) fn ignored(&mut self, node: Option<At<Value>>) -> Vec<Ignored> {
        let Some(mut fields) = node.and_then(|node| self.fields(node)) else {
            return Vec::new();
        };
        let mut ignored = Vec::new();
        for (code, node) in self.entries(fields.take("ignored")) {
            if node.value == Value::Bool(false) {
                continue;
            }
            for line in self.list(Some(node)) {
                ignored.push(self.ignored_line(code.clone(), line));
            }
        }
        self.finish(fields, "diagnostics");
        ignored
    }

    /// Reads `true`, a pointer, or a mapping of pointers and a reason.
    fn ignored_line(&mut self, code: String, node: At<Value>) -> Ignored {
        let mut line = Ignored {
            code,
            targets: Vec::new(),
            reason: None,
            pointer: node.pointer.clone(),
        };
        match node.value {
            Value::Bool(_) => {}
            Value::Object(_) => {
                if let Some(mut fields) = self.fields(node) {
                    for key in ["location", "target", "targets", "locations"] {
                        let targets = self.texts(fields.take(key)).into_iter();
                        line.targets.extend(targets.map(|target| target.value));
                    }
                    line.reason = self.plain(fields.take("reason"));
                    self.finish(fields, "diagnostics.ignored.*");
                }
            }
            _ => line.targets.extend(self.plain(Some(node))),
        }
        line
    }
}
