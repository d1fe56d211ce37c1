//! Methods: those that come and go, those that are renamed, and their signatures.

use super::context::{Context, Directions, method_snapshot};
use super::docs::{Documented, compare_docs};
use super::operations;
use super::quotation::quote_text;
use super::resources::ResourceChanges;
use crate::diff::change::{Change, Group};
use crate::diff::codes::Code;
use crate::diff::effects::{Compile, Wire};
use crate::diff::pairing::MethodPair;
use crate::diff::surface::{ArgSurface, MethodSurface, ReturnForm, Surface};

/// Compares the methods of both crates.
pub(super) fn compare_methods(
    context: &Context<'_>,
    resources: &ResourceChanges,
    changes: &mut Vec<Change>,
) {
    for pair in context.methods {
        let base = pair.base.and_then(|index| context.base.methods.get(index));
        let head = pair.head.and_then(|index| context.head.methods.get(index));
        match (base, head) {
            (Some(base), Some(head)) => {
                let comparison = MethodComparison::new(context, base, head);
                comparison.compare_names(*pair, resources, changes);
                comparison.compare_former_names(changes);
                comparison.compare_arguments(changes);
                comparison.compare_params(changes);
                comparison.compare_returns(changes);
                operations::compare_operations(&comparison, changes);
                let of = || Documented {
                    group: comparison.group.clone(),
                    item: comparison.path.clone(),
                    before: method_snapshot(context.base, base),
                    after: method_snapshot(context.head, head),
                    type_docs: (None, None),
                };
                let codes = (Code::MethodDeprecated, Code::MethodUndeprecated);
                compare_docs(&base.docs, &head.docs, codes, of, changes);
            }
            (Some(base), None) if !resources.is_removed(path_of(context.base, base)) => {
                changes.push(removed(context, base));
            }
            (None, Some(head)) if !resources.is_added(path_of(context.head, head)) => {
                changes.push(added(context, head));
            }
            _ => {}
        }
    }
}

fn path_of<'s>(surface: &'s Surface, method: &MethodSurface) -> &'s [String] {
    let resource = surface.resources.get(method.resource);
    resource.map_or(&[], |resource| resource.path.as_slice())
}

fn removed(context: &Context<'_>, method: &MethodSurface) -> Change {
    let path = context.base.method_path(method);
    let summary = format!("`{path}` is gone");
    let group = context.method_group(method, true);
    let mut change = Change::new(Code::MethodRemoved, group, path, summary)
        .between(method_snapshot(context.base, method), None)
        .wire(Wire::OLD_BREAKS);
    change.related = context.related_types(method, true);
    change
}

fn added(context: &Context<'_>, method: &MethodSurface) -> Change {
    let path = context.head.method_path(method);
    let summary = format!("`{path}` is new");
    let group = context.method_group(method, false);
    let mut change = Change::new(Code::MethodAdded, group, path, summary)
        .between(None, method_snapshot(context.head, method));
    change.related = context.related_types(method, false);
    change
}

/// A method of both crates.
pub(super) struct MethodComparison<'c, 's> {
    pub(super) context: &'c Context<'s>,
    pub(super) base: &'c MethodSurface,
    pub(super) head: &'c MethodSurface,
    pub(super) group: Group,
    /// The method as users of the new crate write it.
    pub(super) path: String,
}

impl<'c, 's> MethodComparison<'c, 's> {
    fn new(context: &'c Context<'s>, base: &'c MethodSurface, head: &'c MethodSurface) -> Self {
        Self {
            context,
            base,
            head,
            group: context.method_group(head, false),
            path: context.head.method_path(head),
        }
    }

    pub(super) fn change(&self, code: Code, summary: String) -> Change {
        Change::new(code, self.group.clone(), self.path.clone(), summary).between(
            method_snapshot(self.context.base, self.base),
            method_snapshot(self.context.head, self.head),
        )
    }

    fn compare_names(
        &self,
        pair: MethodPair,
        resources: &ResourceChanges,
        changes: &mut Vec<Change>,
    ) {
        let (old, new) = (self.context.base.method_path(self.base), &self.path);
        let old_resource = path_of(self.context.base, self.base);
        let new_resource = path_of(self.context.head, self.head);
        let is_covered =
            self.base.name == self.head.name && resources.is_renamed(old_resource, new_resource);
        if old == *new || is_covered {
            return;
        }
        let mut methods = self.context.head.methods.iter();
        let other = methods.find(|method| self.context.head.method_path(method) == old);
        let old_path = [old_resource, std::slice::from_ref(&self.base.name)].concat();
        let new_path = [new_resource, std::slice::from_ref(&self.head.name)].concat();
        let is_kept = old_resource == new_resource && self.head.has_former_name(&self.base.name)
            || (self.context.head.former_paths).leads_to_method(&old_path, &new_path);
        let compile = match other {
            Some(_) => Compile::Additive,
            None if is_kept => Compile::Additive,
            None => Compile::Breaking,
        };
        let change = self.change(Code::MethodRenamed, format!("`{new}` was `{old}`"));
        changes.push(
            change
                .renamed_from(old.clone(), pair.confidence)
                .compile(compile),
        );
        if let Some(other) = other {
            changes.push(self.reassigned(old, other));
        }
    }

    /// Compares the former names. One that is gone breaks the code that still uses it.
    fn compare_former_names(&self, changes: &mut Vec<Change>) {
        let head = self.head;
        let is_kept = |name: &String| {
            head.name == *name
                || head.params_method.as_ref() == Some(name)
                || head.has_former_name(name)
        };
        let former_names = self.base.former_names.iter();
        for former in former_names.filter(|former| !is_kept(&former.name)) {
            let context = self.context;
            let takes_params = self.base.params_method.is_none()
                || self.base.params_method.as_ref() == Some(&former.to);
            let renamed = |name: &String| MethodSurface {
                name: name.clone(),
                params: self.base.params.filter(|_| takes_params),
                params_method: None,
                ..self.base.clone()
            };
            let to = context.base.method_path(&renamed(&former.to));
            let former = renamed(&former.name);
            let path = context.base.method_path(&former);
            let summary = format!("`{path}`, the former name of `{to}`, is gone");
            let group = context.method_group(head, false);
            let change = Change::new(Code::MethodRemoved, group, path, summary);
            changes.push(change.between(method_snapshot(context.base, &former), None));
        }
    }

    /// The change of a name that another operation has now.
    fn reassigned(&self, path: String, other: &MethodSurface) -> Change {
        let context = self.context;
        let endpoint = &other.endpoint;
        let called = quote_text(&format!("{} {}", endpoint.verb, endpoint.path));
        let summary = format!("`{path}` calls {called} now");
        let stays = MethodComparison::new(context, self.base, other).is_same_signature();
        let compile = if stays {
            Compile::Unchanged
        } else {
            Compile::Breaking
        };
        let group = context.method_group(other, false);
        Change::new(Code::MethodReassigned, group, path, summary)
            .between(
                method_snapshot(context.base, self.base),
                method_snapshot(context.head, other),
            )
            .compile(compile)
    }

    fn is_same_signature(&self) -> bool {
        let (base, head) = (self.base, self.head);
        let mut args = base.args.iter().zip(&head.args);
        let is_same_params = match (base.params, head.params) {
            (Some(old), Some(new)) => self.context.is_same_item(old, new),
            (None, None) => true,
            _ => false,
        };
        base.args.len() == head.args.len()
            && base.params_method.is_some() == head.params_method.is_some()
            && args.all(|(old, new)| self.context.is_same_type(&old.ty, &new.ty))
            && is_same_params
            && base.form == head.form
            && self.context.is_same_type(&base.returns, &head.returns)
    }

    fn compare_arguments(&self, changes: &mut Vec<Change>) {
        let (old, new) = (&self.base.args, &self.head.args);
        let path = &self.path;
        if old.len() != new.len() {
            let summary = format!(
                "`{path}` takes {} path parameters, not {}",
                new.len(),
                old.len()
            );
            changes.push(self.change(Code::ArgumentsChanged, summary));
            return;
        }
        let names = |args: &[ArgSurface]| -> Vec<String> {
            args.iter().map(|arg| arg.wire.clone()).collect()
        };
        let (mut old_names, mut new_names) = (names(old), names(new));
        let is_same_order = old_names == new_names;
        old_names.sort_unstable();
        new_names.sort_unstable();
        let mut pairs = old.iter().zip(new);
        let agree = pairs.all(|(old, new)| self.context.is_same_type(&old.ty, &new.ty));
        if !is_same_order && old_names == new_names {
            let compile = if agree {
                Compile::Unchanged
            } else {
                Compile::Breaking
            };
            let summary = format!("`{path}` takes its path parameters in another order");
            changes.push(
                self.change(Code::ArgumentsReordered, summary)
                    .compile(compile),
            );
            return;
        }
        for (old, new) in old.iter().zip(new) {
            self.compare_argument(old, new, changes);
        }
    }

    fn compare_argument(&self, old: &ArgSurface, new: &ArgSurface, changes: &mut Vec<Change>) {
        let path = &self.path;
        let snapshots = |change: Change| {
            let mut change = change;
            if let Some(before) = &mut change.before {
                before.pointer = old.pointer.clone().or(before.pointer.take());
            }
            if let Some(after) = &mut change.after {
                after.pointer = new.pointer.clone().or(after.pointer.take());
            }
            change
        };
        if !self.context.is_same_type(&old.ty, &new.ty) {
            let from = self.context.base.type_text(&old.ty);
            let to = self.context.head.type_text(&new.ty);
            let summary = format!(
                "the argument `{}` of `{path}` is `{to}`, not `{from}`",
                new.name
            );
            let wire = self
                .context
                .type_wire(&old.ty, &new.ty, Directions::SENT_AS_TEXT);
            changes.push(snapshots(
                self.change(Code::ArgumentTypeChanged, summary).wire(wire),
            ));
        } else if old.name != new.name {
            let summary = format!("the argument `{}` of `{path}` was `{}`", new.name, old.name);
            changes.push(snapshots(self.change(Code::ArgumentRenamed, summary)));
        }
        if old.style != new.style {
            let summary = format!("the argument `{}` of `{path}` has another style", new.name);
            let compile = if self.is_same_argument(old, new) {
                Compile::Unchanged
            } else {
                Compile::Breaking
            };
            let change = self.change(Code::ParameterStyleChanged, summary);
            changes.push(snapshots(change.compile(compile).wire(Wire::BREAKS)));
        }
    }

    /// Whether the argument is passed in the same way: by value or by reference.
    fn is_same_argument(&self, old: &ArgSurface, new: &ArgSurface) -> bool {
        let old = self.context.base.path_argument(&old.ty, old.style);
        let new = self.context.head.path_argument(&new.ty, new.style);
        old.starts_with('&') == new.starts_with('&')
    }

    fn compare_params(&self, changes: &mut Vec<Change>) {
        let path = &self.path;
        let (code, summary, is_base) = match (self.base.params, self.head.params) {
            (None, Some(_)) => (
                Code::ParamsAdded,
                format!("`{path}` takes parameters"),
                false,
            ),
            (Some(_), None) => (
                Code::ParamsRemoved,
                format!("`{path}` takes no parameters any more"),
                true,
            ),
            (Some(old), Some(new)) if !self.context.is_same_item(old, new) => (
                Code::ParamsAdded,
                format!("`{path}` takes other parameters"),
                false,
            ),
            (Some(_), Some(_)) => return self.compare_params_methods(changes),
            (None, None) => return,
        };
        // Calls without parameters still compile.
        let is_optional = self.base.params.is_none() && self.head.params_method.is_some();
        let (surface, method) = if is_base {
            (self.context.base, self.base)
        } else {
            (self.context.head, self.head)
        };
        let params = method
            .params
            .and_then(|id| surface.item(id)?.shape.as_struct());
        let is_needed = params.is_some_and(|params| params.fields.iter().any(|f| f.is_required()));
        let wire = match (code, is_needed) {
            (Code::ParamsRemoved, true) => Wire::BREAKS,
            (Code::ParamsRemoved, false) | (_, true) => Wire::OLD_BREAKS,
            (_, false) => Wire::WORKS,
        };
        let mut change = self.change(code, summary).wire(wire);
        change.related = self.context.related_types(method, is_base);
        changes.push(match is_optional {
            true => change.compile(Compile::Additive),
            false => change,
        });
    }

    /// Compares which method takes the parameters. Required parameters and bodies are arguments of the
    /// method, and optional parameters are arguments of the other method.
    fn compare_params_methods(&self, changes: &mut Vec<Change>) {
        let (path, base, head) = (&self.path, self.base, self.head);
        let summary = match (&base.params_method, &head.params_method) {
            (None, Some(new)) => format!("`{new}` takes the parameters of `{path}`"),
            (Some(old), None) => format!("`{path}` takes the parameters of `{old}`"),
            (Some(old), Some(new)) if base.name == head.name && old != new => {
                format!("`{new}` takes the parameters of `{old}`")
            }
            _ => return,
        };
        changes.push(self.change(Code::ParamsMoved, summary));
    }

    fn compare_returns(&self, changes: &mut Vec<Change>) {
        let (base, head) = (self.base, self.head);
        let path = &self.path;
        let to = self.context.head.return_text(head);
        let from = self.context.base.return_text(base);
        let summary = format!("`{path}` returns `{to}`, not `{from}`");
        match (base.form, head.form) {
            (old, new) if old == new => {}
            (ReturnForm::Stream, _) | (_, ReturnForm::Stream) => {
                changes.push(
                    self.change(Code::StreamingChanged, summary)
                        .wire(Wire::BREAKS),
                );
                return;
            }
            (_, ReturnForm::Page) => {
                changes.push(self.change(Code::PaginationAdded, summary.clone()));
            }
            (ReturnForm::Page, _) => {
                changes.push(self.change(Code::PaginationRemoved, summary.clone()));
            }
            _ => {}
        }
        if !self.context.is_same_type(&base.returns, &head.returns) {
            let wire = self
                .context
                .type_wire(&base.returns, &head.returns, Directions::RECEIVED);
            changes.push(self.change(Code::ReturnTypeChanged, summary).wire(wire));
        }
        if base.form == head.form
            && base.form == ReturnForm::Page
            && base.pagination != head.pagination
        {
            let summary = format!("`{path}` requests the next page in another way");
            changes.push(
                self.change(Code::PaginationChanged, summary)
                    .wire(Wire::BREAKS),
            );
        }
    }
}
