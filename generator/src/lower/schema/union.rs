//! `oneOf` and `anyOf`: the alternatives of a value.

mod scalars;

use openapiv3::Discriminator;

use super::all_of::Part;
use super::keywords::{Kind, View};
use super::schema_ref::{ComponentId, Node};
use super::schemas::Schemas;
use super::shape::{Alternative, Alternatives, Form, Formed, Underlying};
use crate::ir::{Type, UntypedReason, Words};
use crate::source::Pointer;

/// How deep a property that stands beside a union is carried into unions among
/// its alternatives: each level multiplies the types.
const DEEPEST: usize = 2;

/// How many alternatives may be merged with what stands beside their union, in a whole document:
/// of many schemas that inherit from a wide union, each has all of it.
const MAX_DISTRIBUTED: usize = 10_000;

/// A union among the parts of a value.
#[derive(Debug)]
struct Found<'a> {
    branches: Vec<Node<'a>>,
    /// The component that the union is (a part of) the definition of.
    owner: Option<ComponentId>,
}

/// The code of what is said of unions that are their own alternatives.
pub(in crate::lower) const CIRCULAR: &str = "circular-union";

impl<'a> Schemas<'a> {
    /// The form of a value that is one of several, if a part says that it is.
    pub(in crate::lower) fn form_union(
        &mut self,
        parts: &[Part<'a>],
        root: Option<ComponentId>,
    ) -> Option<Formed<'a>> {
        let (found, mut base) = self.find_union(parts, root)?;
        base.retain(|part| !part.view.is_constraint());
        if !base.is_empty() {
            self.distributed += found.branches.len();
            if self.distributed > MAX_DISTRIBUTED {
                let message =
                    "too many schemas have all alternatives of a union; these are left out";
                let at = parts.last().map(|part| part.at.clone()).unwrap_or_default();
                self.findings.warn("nested-unions", &at, message);
                return None;
            }
        }
        let discriminator = parts.iter().rev().find_map(|part| {
            Some((
                part.view.data.discriminator.as_ref()?,
                part.at.child("discriminator"),
            ))
        });
        Some(self.form_found(&found, &base, discriminator))
    }

    /// The form of a value that is any of these.
    pub(in crate::lower) fn form_any(&mut self, nodes: &[Node<'a>]) -> Formed<'a> {
        let found = Found {
            branches: nodes.to_vec(),
            owner: None,
        };
        self.form_found(&found, &[], None)
    }

    fn form_found(
        &mut self,
        found: &Found<'a>,
        base: &[Part<'a>],
        discriminator: Option<(&'a Discriminator, Pointer)>,
    ) -> Formed<'a> {
        let (mut nullable, mut circular) = (false, false);
        let mut list = Vec::with_capacity(found.branches.len());
        let is_null = |branch: &Node<'a>| {
            // OpenAPI 3.0 has no `null`, and this is what stands for it.
            let view = branch.view();
            view.is_some_and(|view| view.data.nullable && view.is_annotation())
        };
        let says_more = !found.branches.iter().all(is_null);
        for branch in &found.branches {
            if says_more && is_null(branch) {
                nullable = true;
                continue;
            }
            let Some(alternative) = self.alternative(branch, base, found) else {
                continue;
            };
            if self.is_itself(&alternative, found.owner) {
                self.findings
                    .warn(CIRCULAR, &branch.at, "this union is its own alternative");
                nullable |= alternative.formed.nullable;
                circular = true;
                continue;
            }
            nullable |= self.is_nullable(&alternative.formed);
            if !self.is_only_null(&alternative.formed) {
                list.push(alternative);
            }
        }
        let mut formed = if circular && list.is_empty() && !nullable {
            Formed::new(Form::UNSUPPORTED)
        } else {
            self.form_alternatives(list, discriminator, found)
        };
        formed.nullable |= nullable;
        formed
    }

    /// The union of a value, and what is beside it.
    fn find_union(
        &mut self,
        parts: &[Part<'a>],
        root: Option<ComponentId>,
    ) -> Option<(Found<'a>, Vec<Part<'a>>)> {
        let mut found: Option<Found<'a>> = None;
        let mut base = Vec::new();
        for part in parts {
            let branches = self.union_branches(&part.view, &part.at);
            base.push(Part {
                view: part.view.without_unions(),
                ..part.clone()
            });
            if branches.is_empty() {
                continue;
            }
            if found.is_none() {
                found = Some(Found {
                    branches,
                    owner: part.origin.or(root),
                });
            } else {
                self.add_optional(&branches, part, root, &mut base);
            }
        }
        Some((found?, base))
    }

    /// The alternatives that a schema lists, unless they are only rules about
    /// which of its properties go together.
    pub(in crate::lower) fn union_branches(&self, view: &View<'a>, at: &Pointer) -> Vec<Node<'a>> {
        for (list, keyword) in [(view.one_of, "oneOf"), (view.any_of, "anyOf")] {
            let branches: Vec<Node<'a>> = self.branches(list, at, keyword).collect();
            let rules = branches.iter().all(|branch| {
                branch.view().is_some_and(|view| {
                    view.is_constraint() && !(view.is_annotation() && branches.len() == 1)
                })
            });
            if !rules {
                return branches;
            }
        }
        Vec::new()
    }

    /// A second union beside the first: what it allows may be there or not.
    fn add_optional(
        &mut self,
        branches: &[Node<'a>],
        part: &Part<'a>,
        root: Option<ComponentId>,
        base: &mut Vec<Part<'a>>,
    ) {
        let message = "this value is two unions at once; the properties of the second are optional";
        self.findings.warn("several-unions", &part.at, message);
        let (parts, _) = self.flatten(branches, part.origin.or(root));
        base.extend(parts.into_iter().map(|part| {
            let view = part.view.without_unions().without_required();
            Part { view, ..part }
        }));
    }

    /// An alternative with what stands beside the union, or `None` if the two
    /// have no value in common.
    fn alternative(
        &mut self,
        branch: &Node<'a>,
        base: &[Part<'a>],
        found: &Found<'a>,
    ) -> Option<Alternative<'a>> {
        let formed = if base.is_empty() || self.has_base(branch, base, found.owner) {
            self.form_branch(branch, found.owner)
        } else if self.distributing >= DEEPEST {
            let message =
                "unions of unions with properties besides go too deep; these are left out";
            self.findings.warn("nested-unions", &branch.at, message);
            self.form_branch(branch, found.owner)
        } else {
            let (parts, notes) = self.flatten(std::slice::from_ref(branch), found.owner);
            if !may_meet(base, &parts) {
                return None;
            }
            let parts = base.iter().cloned().chain(parts).collect();
            self.distributing += 1;
            let formed = self.form_parts(parts, found.owner, notes);
            self.distributing -= 1;
            formed
        };
        Some(Alternative {
            formed,
            component: branch.component(),
            tags: Vec::new(),
            name: Words::new(),
            at: branch.at.clone(),
        })
    }

    fn form_branch(&mut self, branch: &Node<'a>, owner: Option<ComponentId>) -> Formed<'a> {
        // What only annotates the union is the union, and not a part of its definition.
        let annotated = branch.view().and_then(|view| {
            let only = self.only_branch(branch, &view)?;
            Some((view, only)).filter(|(_, only)| owner.is_some() && only.component() == owner)
        });
        match annotated {
            Some((view, only)) => self.form_annotated(branch, &view, &only, owner),
            None if branch.component().is_some() => self.form(branch),
            None => self.form_inline(branch, owner),
        }
    }

    /// Whether an alternative is the union itself, which adds no value to it.
    fn is_itself(&mut self, alternative: &Alternative<'a>, owner: Option<ComponentId>) -> bool {
        let mut next = same(&alternative.formed.form);
        for _ in 0..LONGEST_CHAIN {
            let Some(id) = next else {
                break;
            };
            if Some(id) == owner {
                return true;
            }
            next = self
                .component_form(id)
                .and_then(|formed| same(&formed.form));
        }
        false
    }

    /// Whether an alternative already has what stands beside the union.
    fn has_base(
        &mut self,
        branch: &Node<'a>,
        base: &[Part<'a>],
        owner: Option<ComponentId>,
    ) -> bool {
        let Some(id) = branch.component() else {
            return false;
        };
        if owner.is_some_and(|owner| self.inherits(id, owner)) {
            return true;
        }
        let Some(formed) = self.component_form(id) else {
            return true;
        };
        match &formed.form {
            Form::Struct(object) => base.iter().all(|part| {
                let mut names = part
                    .view
                    .properties
                    .into_iter()
                    .flat_map(|properties| properties.keys());
                names.all(|name| object.members.contains_key(name.as_str()))
            }),
            Form::Same(_) | Form::Union(_) => false,
            _ => true,
        }
    }

    fn form_alternatives(
        &mut self,
        list: Vec<Alternative<'a>>,
        discriminator: Option<(&'a Discriminator, Pointer)>,
        found: &Found<'a>,
    ) -> Formed<'a> {
        if let Some(reason) = self.untyped(&list).filter(|_| discriminator.is_none()) {
            return Formed::new(Form::Plain(Type::Untyped(reason)));
        }
        let mut list = self.merge_scalars(list);
        if list.len() <= 1 {
            return list
                .pop()
                .map_or_else(|| Formed::new(Form::Plain(Type::Null)), |only| only.formed);
        }
        let fallback = discriminator
            .as_ref()
            .and_then(|(discriminator, at)| self.fallback(&list, discriminator, at));
        let tag = self.tag(&mut list, discriminator, found.owner);
        self.name_alternatives(&mut list, tag.as_ref());
        Formed::new(Form::Union(Alternatives {
            list,
            tag,
            fallback,
        }))
    }

    fn untyped(&mut self, list: &[Alternative<'a>]) -> Option<UntypedReason> {
        list.iter().find_map(
            |alternative| match self.underlying(&alternative.formed)?.form {
                Form::Plain(Type::Untyped(reason)) => Some(reason),
                _ => None,
            },
        )
    }

    /// What a form is in the end: that of the component that it is the same as.
    pub(in crate::lower) fn underlying<'f>(
        &mut self,
        formed: &'f Formed<'a>,
    ) -> Option<Underlying<'f, 'a>> {
        let Form::Same(id) = formed.form else {
            return Some(Underlying::Here(formed));
        };
        let mut target = self.component_form(id)?;
        for _ in 0..LONGEST_CHAIN {
            let Form::Same(id) = target.form else {
                return Some(Underlying::There(target));
            };
            target = self.component_form(id)?;
        }
        None
    }

    /// Whether `null` is a form's only value.
    fn is_only_null(&mut self, formed: &Formed<'a>) -> bool {
        self.underlying(formed)
            .is_some_and(|target| matches!(target.form, Form::Plain(Type::Null)))
    }

    /// Whether `null` is one of a form's values, its target's say included.
    pub(in crate::lower) fn is_nullable(&mut self, formed: &Formed<'a>) -> bool {
        let mut nullable = formed.nullable || matches!(formed.form, Form::Plain(Type::Null));
        let mut next = same(&formed.form);
        for _ in 0..LONGEST_CHAIN {
            let Some(target) = next.and_then(|id| self.component_form(id)) else {
                break;
            };
            nullable |= target.nullable || matches!(target.form, Form::Plain(Type::Null));
            next = same(&target.form);
        }
        nullable
    }
}

/// Whether a value can be of both: numbers can be integers, but strings cannot.
fn may_meet(a: &[Part<'_>], b: &[Part<'_>]) -> bool {
    let kinds = |parts: &[Part<'_>]| -> Vec<Kind> {
        let numbers = |kind| {
            if kind == Kind::Integer {
                Kind::Number
            } else {
                kind
            }
        };
        parts
            .iter()
            .filter_map(|part| part.view.kind())
            .map(numbers)
            .collect()
    };
    let (a, b) = (kinds(a), kinds(b));
    a.is_empty() || b.is_empty() || a.iter().any(|kind| b.contains(kind))
}

/// How many components may each be the same as the next.
const LONGEST_CHAIN: usize = 64;

const fn same(form: &Form<'_>) -> Option<ComponentId> {
    match form {
        Form::Same(id) => Some(*id),
        _ => None,
    }
}
