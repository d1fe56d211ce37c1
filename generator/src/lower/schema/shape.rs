//! The form of a schema: which kind of type it is, before the types that it is
//! made of are looked at.
//!
//! Deciding is apart from making, because a reference must know whether its
//! target is a named type without lowering all that the target refers to.

use std::ops::Deref;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;

use super::all_of::Part;
use super::annotations::Notes;
use super::keywords::{Kind, View};
use super::schema_ref::{ComponentId, Node, Target};
use super::schemas::Schemas;
use crate::ir::{EnumValue, PropertyPath, Type, UntypedReason, Words};
use crate::load::keys;
use crate::lower::operation::multipart_files::Files;
use crate::source::Pointer;

/// The form of a schema, with what it says beside.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Formed<'a> {
    /// Its form.
    pub(in crate::lower) form: Form<'a>,
    /// Whether `null` is one of its values, its target's own say apart.
    pub(in crate::lower) nullable: bool,
    /// What it says beside its shape.
    pub(in crate::lower) notes: Notes<'a>,
}

/// What a form is in the end: itself, or that of a component.
#[derive(Debug)]
pub(in crate::lower) enum Underlying<'f, 'a> {
    /// The form itself.
    Here(&'f Formed<'a>),
    /// The form of the component that it is the same as.
    There(Rc<Formed<'a>>),
}

impl<'a> Deref for Underlying<'_, 'a> {
    type Target = Formed<'a>;

    fn deref(&self) -> &Formed<'a> {
        match self {
            Self::Here(formed) => formed,
            Self::There(formed) => formed,
        }
    }
}

/// Which kind of type a schema is.
#[derive(Debug, Clone)]
pub(in crate::lower) enum Form<'a> {
    /// Exactly that component.
    Same(ComponentId),
    /// A type that needs no further look.
    Plain(Type),
    /// Always this value.
    Constant(Type, Value),
    /// One of these values.
    Enum(Vec<EnumValue>),
    /// A list of elements of (any of) these schemas.
    Array(Vec<Node<'a>>),
    /// A list with a schema for each place.
    Tuple(Places<'a>),
    /// An object whose values are of (any of) these schemas, under any key.
    Map(Vec<Node<'a>>),
    /// An object with declared properties.
    Struct(Object<'a>),
    /// One of several.
    Union(Alternatives<'a>),
}

/// A list with a schema for each place.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Places<'a> {
    /// The schemas of the places.
    pub(in crate::lower) list: Vec<Node<'a>>,
    /// How many of them are always there.
    pub(in crate::lower) required: usize,
    /// What follows them.
    pub(in crate::lower) end: End<'a>,
}

/// What follows the places of a tuple.
#[derive(Debug, Clone)]
pub(in crate::lower) enum End<'a> {
    /// Nothing.
    Closed,
    /// The document does not say.
    Unstated,
    /// Values of this schema.
    Of(Node<'a>),
}

/// An object with declared properties.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct Object<'a> {
    /// The properties.
    pub(in crate::lower) members: IndexMap<&'a str, Member<'a>>,
    /// The schemas of values under any other key; none if the document says
    /// nothing of them.
    pub(in crate::lower) additional: Vec<Node<'a>>,
}

/// A property of an object.
#[derive(Debug, Clone, Default)]
pub(in crate::lower) struct Member<'a> {
    /// The schemas that its value fulfils, all of them.
    pub(in crate::lower) sources: Vec<Source<'a>>,
    /// Whether it must be there.
    pub(in crate::lower) required: bool,
    /// The files that it is, as a part of a form.
    pub(in crate::lower) files: Option<Files>,
}

/// A schema of a property, with the component that declares it.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Source<'a> {
    /// The schema.
    pub(in crate::lower) node: Node<'a>,
    /// The component, if it is not the schema that is being formed.
    pub(in crate::lower) origin: Option<ComponentId>,
}

/// The alternatives of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Alternatives<'a> {
    /// The alternatives, in the order of the document.
    pub(in crate::lower) list: Vec<Alternative<'a>>,
    /// The property that tells them apart, if there is one.
    pub(in crate::lower) tag: Option<PropertyPath>,
    /// The place of the alternative that is meant where the tag says nothing.
    pub(in crate::lower) fallback: Option<usize>,
}

/// An alternative of a union.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Alternative<'a> {
    /// Its form.
    pub(in crate::lower) formed: Formed<'a>,
    /// The component that it is named for.
    pub(in crate::lower) component: Option<ComponentId>,
    /// The values of the tag that select it.
    pub(in crate::lower) tags: Vec<String>,
    /// The words of its name.
    pub(in crate::lower) name: Words,
    /// Where it stands.
    pub(in crate::lower) at: Pointer,
}

impl<'a> Formed<'a> {
    /// A form that is never null and says nothing else.
    pub(in crate::lower) fn new(form: Form<'a>) -> Self {
        Self {
            form,
            nullable: false,
            notes: Notes::default(),
        }
    }
}

impl Form<'_> {
    /// Any JSON, as the document says.
    pub(in crate::lower) const ANYTHING: Self = Self::Plain(Type::Untyped(UntypedReason::Declared));
    /// Any JSON, for want of a better type.
    pub(in crate::lower) const UNSUPPORTED: Self =
        Self::Plain(Type::Untyped(UntypedReason::Unsupported));

    /// Whether the form becomes a type with a name.
    pub(in crate::lower) const fn is_named(&self) -> bool {
        matches!(self, Self::Enum(_) | Self::Struct(_) | Self::Union(_))
    }

    /// Whether nothing is known of its values but that they may be objects.
    pub(in crate::lower) fn is_free(&self) -> bool {
        match self {
            Self::Plain(ty) => matches!(ty, Type::Untyped(_) | Type::Null),
            Self::Map(values) => values.is_empty(),
            Self::Struct(object) => object.members.is_empty() && object.additional.is_empty(),
            _ => false,
        }
    }

    /// Whether the type of this form is the same wherever it stands.
    pub(in crate::lower) const fn is_settled(&self) -> bool {
        matches!(self, Self::Same(_) | Self::Plain(_) | Self::Constant(..))
    }
}

impl<'a> Schemas<'a> {
    /// The form of a schema.
    pub(in crate::lower) fn form(&mut self, node: &Node<'a>) -> Formed<'a> {
        match node.target {
            Target::Component(id) => Formed::new(Form::Same(id)),
            Target::Schema(_) => self.form_inline(node, None),
            Target::Missing => {
                self.findings.warn(
                    "dangling-ref",
                    &node.at,
                    "this reference leads to no schema",
                );
                Formed::new(Form::UNSUPPORTED)
            }
        }
    }

    /// The form of a schema that stands in place; `root` is the component that
    /// it is the definition of.
    pub(in crate::lower) fn form_inline(
        &mut self,
        node: &Node<'a>,
        root: Option<ComponentId>,
    ) -> Formed<'a> {
        let Some(view) = node.view() else {
            return self.form(node);
        };
        if view.all_of.is_empty() {
            let mut notes = Notes::default();
            notes.push(view.data);
            let part = Part {
                view,
                at: node.at.clone(),
                origin: None,
            };
            return self.form_parts(vec![part], root, notes);
        }
        self.form_all_of(node, &view, root)
    }

    /// The form of a value that fulfils all of these parts.
    pub(in crate::lower) fn form_parts(
        &mut self,
        parts: Vec<Part<'a>>,
        root: Option<ComponentId>,
        mut notes: Notes<'a>,
    ) -> Formed<'a> {
        let nullable = is_nullable(&parts);
        notes.set_format(parts.iter().rev().find_map(|part| part.view.format));
        // A list of values says more than any alternatives beside it.
        let formed = self
            .form_values(&parts)
            .or_else(|| self.form_union(&parts, root))
            .unwrap_or_else(|| Formed::new(self.form_of_kind(&parts, &notes)));
        Formed {
            form: formed.form,
            nullable: formed.nullable || nullable,
            notes,
        }
    }

    fn form_of_kind(&mut self, parts: &[Part<'a>], notes: &Notes<'a>) -> Form<'a> {
        match self.kind(parts) {
            Some(Kind::Object) => self.form_object(parts),
            Some(Kind::Array) => self.form_array(parts),
            Some(kind) => Form::Plain(super::scalar::scalar(kind, parts, notes)),
            None => self.form_untyped(parts),
        }
    }

    /// The type that all parts agree on. Where they do not, the last one wins.
    pub(in crate::lower) fn kind(&mut self, parts: &[Part<'a>]) -> Option<Kind> {
        let mut agreed: Option<Kind> = None;
        for part in parts {
            let Some(kind) = part.view.kind() else {
                continue;
            };
            agreed = Some(match agreed {
                Some(Kind::Integer) if kind == Kind::Number => Kind::Integer,
                Some(Kind::Number) if kind == Kind::Integer => Kind::Integer,
                Some(before) if before != kind => {
                    let message =
                        "the schemas of this `allOf` have different types; the last one is taken";
                    self.findings.warn("conflicting-types", &part.at, message);
                    kind
                }
                _ => kind,
            });
        }
        agreed
    }

    fn form_untyped(&mut self, parts: &[Part<'a>]) -> Form<'a> {
        for part in parts {
            match part.view.ty {
                None | Some("any" | "object") => {}
                Some(other) => {
                    let message = format!("`{other}` is not a type; the value is left as raw JSON");
                    self.findings.warn("unknown-type", &part.at, message);
                    return Form::UNSUPPORTED;
                }
            }
        }
        Form::ANYTHING
    }

    fn form_array(&mut self, parts: &[Part<'a>]) -> Form<'a> {
        let prefix: Vec<Node<'a>> = parts
            .iter()
            .rev()
            .find_map(|part| Some((part, part.view.extension(keys::PREFIX_ITEMS)?.as_array()?)))
            .map(|(part, list)| self.parse_list(list, &part.at.child("prefixItems")))
            .unwrap_or_default();
        let rest = parts
            .iter()
            .rev()
            .find_map(|part| Some(self.node(part.view.items?, part.at.child("items"))));
        let never = |node: &Node<'_>| node.view().is_some_and(|view| view.has(keys::NEVER));
        let most = parts.iter().filter_map(|part| part.view.max_items).min();
        let most = if rest.as_ref().is_some_and(never) {
            Some(most.unwrap_or(prefix.len()).min(prefix.len()))
        } else {
            most
        };
        let rest = rest.filter(|node| !never(node));
        if prefix.is_empty() {
            return Form::Array(rest.into_iter().collect());
        }
        if prefix.len() > LONGEST_TUPLE {
            return Form::Array(prefix.into_iter().chain(rest).collect());
        }
        // Without `minItems`, an array may end before any of its places (JSON Schema 2020-12,
        // section 10.3.1.1).
        let least = parts.iter().filter_map(|part| part.view.min_items).max();
        let required = [least.unwrap_or(0), most.unwrap_or(usize::MAX)].into_iter();
        Form::Tuple(Places {
            required: required.fold(prefix.len(), usize::min),
            end: match rest {
                _ if most.is_some_and(|most| most <= prefix.len()) => End::Closed,
                Some(node) => End::Of(node),
                None => End::Unstated,
            },
            list: prefix,
        })
    }
}

/// The longest tuple that the runtime reads.
const LONGEST_TUPLE: usize = 8;

fn is_nullable(parts: &[Part<'_>]) -> bool {
    let nullable = |view: &View<'_>| view.data.nullable;
    let mut typed = parts
        .iter()
        .filter(|part| !part.view.is_annotation())
        .peekable();
    parts.last().is_some_and(|part| nullable(&part.view))
        || parts
            .iter()
            .any(|part| part.view.is_annotation() && nullable(&part.view))
        || (typed.peek().is_some() && typed.all(|part| nullable(&part.view)))
}
