//! Context of a comparison: both surfaces and their paired items.

use std::collections::{HashMap, HashSet};

use crate::diff::change::{Group, Snapshot};
use crate::diff::effects::{Wire, WireEffect};
use crate::diff::pairing::{ItemPairs, MethodPair};
use crate::diff::surface::{FieldSurface, ItemSurface, MethodSurface, OwnerKey, Surface};
use crate::plan::{ItemId, RustType};
use crate::source::Pointer;

use super::wire_types::{Reader, accepts};

/// Both surfaces, and which item is which.
pub(super) struct Context<'s> {
    pub(super) base: &'s Surface,
    pub(super) head: &'s Surface,
    pub(super) methods: &'s [MethodPair],
    pub(super) items: &'s ItemPairs,
    base_owners: HashMap<&'s Pointer, usize>,
    head_owners: HashMap<&'s Pointer, usize>,
    removed: HashSet<&'s Pointer>,
    added: HashSet<&'s Pointer>,
}

/// The directions in which the values of an item travel with both crates.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directions {
    pub(super) is_sent: bool,
    pub(super) is_received: bool,
    /// Whether requests hold the value as text rather than as JSON.
    pub(super) is_text: bool,
}

impl Directions {
    /// Those of parameters, which are only sent, as text.
    pub(super) const SENT_AS_TEXT: Self = Self {
        is_sent: true,
        is_received: false,
        is_text: true,
    };

    /// Those of values that are only received.
    pub(super) const RECEIVED: Self = Self {
        is_sent: false,
        is_received: true,
        is_text: false,
    };

    /// The directions of a type that both crates have.
    pub(super) const fn of_items(base: &ItemSurface, head: &ItemSurface) -> Self {
        Self {
            is_sent: base.is_sent && head.is_sent,
            is_received: base.is_received && head.is_received,
            is_text: false,
        }
    }

    /// The verdict of a change that breaks as these say in requests and in responses.
    pub(super) fn wire(self, in_requests: Wire, in_responses: Wire) -> Wire {
        let sent = if self.is_sent {
            in_requests
        } else {
            Wire::WORKS
        };
        let received = if self.is_received {
            in_responses
        } else {
            Wire::WORKS
        };
        sent.or(received)
    }
}

impl<'s> Context<'s> {
    pub(super) fn new(
        base: &'s Surface,
        head: &'s Surface,
        methods: &'s [MethodPair],
        items: &'s ItemPairs,
    ) -> Self {
        let owners = |surface: &'s Surface| -> HashMap<&'s Pointer, usize> {
            let methods = surface.methods.iter().rev();
            methods
                .map(|method| (&method.pointer, method.resource))
                .collect()
        };
        let only = |is_base: bool| -> HashSet<&'s Pointer> {
            let (all, others) = if is_base { (base, head) } else { (head, base) };
            let kept: HashSet<&Pointer> = methods
                .iter()
                .filter(|pair| pair.base.is_some() && pair.head.is_some())
                .filter_map(|pair| if is_base { pair.base } else { pair.head })
                .filter_map(|index| Some(&all.methods.get(index)?.pointer))
                .collect();
            let _ = others;
            let pointers = all.methods.iter().map(|method| &method.pointer);
            pointers.filter(|pointer| !kept.contains(pointer)).collect()
        };
        Self {
            base,
            head,
            methods,
            items,
            base_owners: owners(base),
            head_owners: owners(head),
            removed: only(true),
            added: only(false),
        }
    }

    /// Whether a type of the old crate and one of the new crate are the same type for users.
    pub(super) fn is_same_type(&self, base: &RustType, head: &RustType) -> bool {
        let all = |bases: &[RustType], heads: &[RustType]| {
            let mut pairs = bases.iter().zip(heads);
            bases.len() == heads.len() && pairs.all(|(base, head)| self.is_same_type(base, head))
        };
        match (self.base.resolve_alias(base), self.head.resolve_alias(head)) {
            (RustType::Item(base), RustType::Item(head)) => self.is_same_item(*base, *head),
            (RustType::Vec(base), RustType::Vec(head))
            | (RustType::Map(base), RustType::Map(head))
            | (RustType::Option(base), RustType::Option(head))
            | (RustType::Nullable(base), RustType::Nullable(head))
            | (RustType::Boxed(base), RustType::Boxed(head)) => self.is_same_type(base, head),
            (RustType::Tuple(bases), RustType::Tuple(heads)) => all(bases, heads),
            (RustType::OpenTuple(bases, base), RustType::OpenTuple(heads, head)) => {
                all(bases, heads) && self.is_same_type(base, head)
            }
            (base, head) => base == head,
        }
    }

    /// Whether two items are the same, by their own names or by the names of their types.
    pub(super) fn is_same_item(&self, base: ItemId, head: ItemId) -> bool {
        let head = self.head.canonical(head);
        let names = [base, self.base.canonical(base)];
        let pairs = names.iter().filter_map(|name| self.items.head_of(*name));
        let mut types = pairs.map(|pair| self.head.canonical(pair));
        types.any(|ty| ty == head)
    }

    /// Whether two types that may be absent are the same.
    pub(super) fn is_same_optional(
        &self,
        base: Option<&RustType>,
        head: Option<&RustType>,
    ) -> bool {
        match (base, head) {
            (Some(base), Some(head)) => self.is_same_type(base, head),
            (None, None) => true,
            _ => false,
        }
    }

    /// Returns the effect of a change of type on the wire, in the directions of the value.
    pub(super) fn type_wire(
        &self,
        base: &RustType,
        head: &RustType,
        directions: Directions,
    ) -> Wire {
        let reads = |reader, old_reads: bool| {
            let (from, to) = ((self.base, base), (self.head, head));
            let (reads, writes) = if old_reads { (from, to) } else { (to, from) };
            WireEffect::breaks_if(!accepts(self, reads, writes, reader))
        };
        // A server reads what programs send by the new type, if it is the new API.
        let server = if directions.is_text {
            Reader::ServerOfText
        } else {
            Reader::Server
        };
        let in_requests = Wire::new(reads(server, false), reads(server, true));
        let in_responses = Wire::new(reads(Reader::Crate, true), reads(Reader::Crate, false));
        directions.wire(in_requests, in_responses)
    }

    /// The group of a type of the new crate, or of the old one.
    pub(super) fn group_of(&self, item: &ItemSurface, is_base: bool) -> Group {
        let OwnerKey::Operation(pointer) = &item.owner else {
            return Group::Types;
        };
        let (owners, surface) = if is_base {
            (&self.base_owners, self.base)
        } else {
            (&self.head_owners, self.head)
        };
        let resource = owners
            .get(pointer)
            .and_then(|index| surface.resources.get(*index));
        resource.map_or(Group::Types, |resource| resource_group(&resource.path))
    }

    /// The group of a method.
    pub(super) fn method_group(&self, method: &MethodSurface, is_base: bool) -> Group {
        let surface = if is_base { self.base } else { self.head };
        let resource = surface.resources.get(method.resource);
        resource.map_or(Group::Client, |resource| resource_group(&resource.path))
    }

    /// Whether a type goes or comes with an operation that only one of the crates has.
    pub(super) fn is_of_lone_operation(&self, item: &ItemSurface, is_base: bool) -> bool {
        let lone = if is_base { &self.removed } else { &self.added };
        matches!(&item.owner, OwnerKey::Operation(pointer) if lone.contains(pointer))
    }

    /// The types that go or come with an operation, by their paths.
    pub(super) fn related_types(&self, method: &MethodSurface, is_base: bool) -> Vec<String> {
        let surface = if is_base { self.base } else { self.head };
        let items = surface.items().filter(|(id, item)| {
            let is_lone = if is_base {
                self.items.head_of(*id).is_none()
            } else {
                self.items.base_of(*id).is_none()
            };
            is_lone && matches!(&item.owner, OwnerKey::Operation(at) if *at == method.pointer)
        });
        items
            .map(|(_, item)| format!("types::{}", item.name))
            .collect()
    }
}

/// The group of a resource.
pub(super) fn resource_group(path: &[String]) -> Group {
    match path {
        [] => Group::Client,
        path => Group::Resource(path.to_vec()),
    }
}

/// A type of the crate, for a change.
pub(super) fn item_snapshot(surface: &Surface, item: &ItemSurface) -> Snapshot {
    Snapshot::new(surface.item_signature(item), item.pointer.clone())
}

/// A method, for a change.
pub(super) fn method_snapshot(surface: &Surface, method: &MethodSurface) -> Snapshot {
    Snapshot::new(
        surface.method_signatures(method).join("; "),
        method.pointer.clone(),
    )
}

/// A field, for a change.
pub(super) fn field_snapshot(surface: &Surface, field: &FieldSurface) -> Snapshot {
    Snapshot::new(surface.field_signature(field), field.pointer.clone())
}
