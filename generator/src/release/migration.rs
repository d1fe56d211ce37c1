//! Code before and after a breaking change.

use std::collections::HashMap;

use super::words::{ParameterOwners, capitalize, shorten_item, shorten_items, split_member};
use crate::diff::surface::{ItemSurface, MethodSurface, Surface};
use crate::diff::{Change, Code};
use crate::ir::Words;
use crate::source::markdown::{code_block, escape_prose};

/// Two crates, for examples of code.
pub(super) struct Sides<'s> {
    base: &'s Surface,
    head: &'s Surface,
    owners: &'s ParameterOwners,
    /// The old names of renamed types, by their new names.
    old_types: HashMap<&'s str, &'s str>,
}

impl<'s> Sides<'s> {
    pub(super) fn new(
        base: &'s Surface,
        head: &'s Surface,
        owners: &'s ParameterOwners,
        changes: impl Iterator<Item = &'s Change>,
    ) -> Self {
        let renamed = changes.filter(|change| change.code == Code::TypeRenamed);
        let names = renamed.filter_map(|change| {
            let new = change.item.strip_prefix("types::")?;
            let old = change.renamed.as_ref()?.from.strip_prefix("types::")?;
            Some((new, old))
        });
        Self {
            base,
            head,
            owners,
            old_types: names.collect(),
        }
    }
}

/// Describes how users change their code, as a heading with a block of code.
pub(super) fn describe_migration(change: &Change, sides: &Sides<'_>) -> String {
    let (before, after) = sides.examples(change);
    // Features are named in the manifest.
    let (language, comment) = match change.code {
        Code::FeatureRemoved => ("toml", "#"),
        _ => ("rust", "//"),
    };
    let mut lines = Vec::new();
    if let Some(before) = before {
        lines.extend([format!("{comment} Before"), before]);
    }
    match after {
        Some(after) => lines.extend([format!("{comment} After"), after]),
        None => lines.push(format!("{comment} Removed without a replacement")),
    }
    let title = escape_prose(&capitalize(&shorten_items(&change.summary)));
    let code = code_block(language, lines.iter().map(String::as_str));
    format!("#### {title}\n\n{code}")
}

type Examples = (Option<String>, Option<String>);

impl Sides<'_> {
    /// Returns code that uses the item of a change, before and after it.
    fn examples(&self, change: &Change) -> Examples {
        let old_item = change.renamed.as_ref().map(|renamed| renamed.from.as_str());
        let old_item = old_item.unwrap_or(&change.item);
        let calls = self.calls(old_item, &change.item);
        let examples = match change.code {
            Code::MethodRenamed | Code::MethodRemoved => calls,
            Code::ArgumentsChanged
            | Code::ArgumentsReordered
            | Code::ParamsAdded
            | Code::ParamsRemoved
            | Code::ParamsMoved
            | Code::MethodReassigned
                if calls.0 != calls.1 =>
            {
                calls
            }
            Code::ResourceRenamed | Code::ResourceRemoved => {
                let accessors = |item: &str| format!("client.{}", shorten_item(item));
                (
                    Some(accessors(old_item)),
                    change.after.as_ref().map(|_| accessors(&change.item)),
                )
            }
            Code::TypeRenamed | Code::TypeRemoved => {
                let import = |surface: &Surface, item: &str| {
                    let package = surface.package.name.replace('-', "_");
                    format!("use {package}::{item};")
                };
                (
                    Some(import(self.base, old_item)),
                    change
                        .after
                        .as_ref()
                        .map(|_| import(self.head, &change.item)),
                )
            }
            Code::FeatureRemoved => (Some(self.write_dependency(change)), None),
            Code::ClientOptionRenamed | Code::ClientOptionRemoved => {
                let setter = |item: &str| {
                    let name = item.rsplit("::").next().unwrap_or(item);
                    format!("Client::builder().{name}({name})")
                };
                (
                    Some(setter(old_item)),
                    change.after.as_ref().map(|_| setter(&change.item)),
                )
            }
            _ => self.member_examples(change, old_item),
        };
        match examples {
            (None, None) => declarations(change),
            examples => examples,
        }
    }

    /// Writes the dependency on the old crate with a feature, as a line of a manifest.
    fn write_dependency(&self, change: &Change) -> String {
        let feature = change.item.trim_start_matches("feature ");
        let (name, version) = (&self.base.package.name, &self.base.package.version);
        format!("{name} = {{ version = \"{version}\", features = [\"{feature}\"] }}")
    }

    /// Returns the calls of a method that both crates, or one of them, have.
    fn calls(&self, old_item: &str, item: &str) -> Examples {
        let call = |surface: &Surface, item: &str| {
            let mut methods = surface.methods.iter();
            let method = methods.find(|method| surface.method_path(method) == item);
            method.map(|method| write_call(surface, method))
        };
        (call(self.base, old_item), call(self.head, item))
    }

    /// Returns code that uses a field, a parameter or a variant.
    fn member_examples(&self, change: &Change, old_item: &str) -> Examples {
        let (Some((old_type, old)), Some((new_type, new))) =
            (split_member(old_item), split_member(&change.item))
        else {
            return (None, None);
        };
        let old_type = self.old_types.get(old_type).copied().unwrap_or(old_type);
        let constructors = (
            find_item(self.base, old_type).and_then(|item| write_constructor(self.base, item)),
            find_item(self.head, new_type).and_then(|item| write_constructor(self.head, item)),
        );
        let has_other_arguments = matches!(
            change.code,
            Code::RequiredFieldAdded
                | Code::RequiredParameterAdded
                | Code::FieldBecameRequired
                | Code::FieldBecameOptional
                | Code::ParameterBecameRequired
                | Code::ParameterBecameOptional
                | Code::ConstantChanged
                | Code::ConstructorReordered
        );
        if has_other_arguments && constructors.0.is_some() && constructors.0 != constructors.1 {
            return constructors;
        }
        let is_there = change.after.is_some();
        match change.code {
            Code::FieldRenamed
            | Code::FieldRemoved
            | Code::ParameterRenamed
            | Code::ParameterRemoved => (
                Some(self.access(old_type, old)),
                is_there.then(|| self.access(new_type, new)),
            ),
            Code::VariantRenamed | Code::VariantRemoved => (
                Some(format!("{old_type}::{old}")),
                is_there.then(|| format!("{new_type}::{new}")),
            ),
            _ => (None, None),
        }
    }

    /// Returns code that reads a field, or sets a parameter.
    fn access(&self, type_name: &str, field: &str) -> String {
        if self.owners.find(type_name).is_some() {
            return format!("params.{field}({field})");
        }
        format!("{}.{field}", Words::split(type_name).snake())
    }
}

/// Returns the declarations of an item. They show a change of its type.
fn declarations(change: &Change) -> Examples {
    let signature = |snapshot: &crate::diff::Snapshot| snapshot.signature.clone();
    (
        change.before.as_ref().map(signature),
        change.after.as_ref().map(signature),
    )
}

fn find_item<'s>(surface: &'s Surface, name: &str) -> Option<&'s ItemSurface> {
    surface.items.iter().find(|item| item.name == name)
}

/// Writes a call: `client.chats().list(ChatListParams::new(owner)).await?`.
fn write_call(surface: &Surface, method: &MethodSurface) -> String {
    let resource = surface.resources.get(method.resource);
    let accessors = resource.iter().flat_map(|resource| &resource.path);
    let accessors: String = accessors.map(|name| format!(".{name}()")).collect();
    let args = method.args.iter().map(|arg| arg.name.clone());
    let params = method.params.filter(|_| method.params_method.is_none());
    let params = params.and_then(|id| surface.item(id));
    let params = params.map(|item| {
        let constructor = write_constructor(surface, item);
        constructor.unwrap_or_else(|| "params".to_owned())
    });
    let args: Vec<String> = args.chain(params).collect();
    format!(
        "client{accessors}.{}({}).await?",
        method.name,
        args.join(", ")
    )
}

/// Writes a call of a constructor with the names of its arguments.
fn write_constructor(surface: &Surface, item: &ItemSurface) -> Option<String> {
    let item = item
        .alias_of
        .and_then(|id| surface.item(id))
        .unwrap_or(item);
    let object = item.shape.as_struct()?;
    let constructor = object.constructor.as_ref()?;
    let fields = constructor.arguments.iter();
    let names: Vec<&str> = fields
        .filter_map(|index| Some(object.fields.get(*index)?.name.as_str()))
        .collect();
    Some(format!("{}::new({})", item.name, names.join(", ")))
}
