//! Surfaces: the public interface of a crate and its wire format.
//!
//! A surface is extracted from a model and its plan, and outlives both. It holds names, types, wire names
//! and pointers, but no code. A comparison is between two surfaces.

mod client;
mod direction;
mod extract;
mod items;
mod methods;
mod signature;

pub use client::{
    ClientSurface, EnvironmentSurface, OptionSurface, PackageSurface, WebhookMethodSurface,
    WebhookSurface,
};
pub use extract::extract;
pub use items::{
    BodySurface, ConstructorSurface, EnumSurface, ExtraSurface, FieldSurface, ItemShape,
    ItemSurface, LocationSurface, OutcomeSurface, OwnerKey, ParamsBody, RequestPart, StructSurface,
    UnionSurface, ValueSurface, VariantSurface,
};
pub(super) use methods::to_item_path;
pub use methods::{
    ArgSurface, Endpoint, FormerMethodName, FormerPathsSurface, MethodSurface, ResourceSurface,
    ReturnForm,
};

use crate::ir::Docs;
use crate::plan::{ItemId, RustType};

/// The public interface of a crate and its wire format.
#[derive(Debug, Clone)]
pub struct Surface {
    /// The package.
    pub package: PackageSurface,
    /// The client and its configuration.
    pub client: ClientSurface,
    /// The resources, parents before children. The first is the client itself.
    pub resources: Vec<ResourceSurface>,
    /// The methods of all resources.
    pub methods: Vec<MethodSurface>,
    /// The types, by the index of their [`ItemId`].
    pub items: Vec<ItemSurface>,
    /// The features of resources.
    pub features: Vec<String>,
    /// The paths of earlier versions that the crate keeps.
    pub former_paths: FormerPathsSurface,
}

impl Surface {
    /// The item behind an id.
    #[must_use]
    pub fn item(&self, id: ItemId) -> Option<&ItemSurface> {
        self.items.get(id.index())
    }

    /// Returns the item that an id is an alias of, or the id itself.
    #[must_use]
    pub fn canonical(&self, id: ItemId) -> ItemId {
        self.item(id).and_then(|item| item.alias_of).unwrap_or(id)
    }

    /// Returns a type with its aliases resolved.
    #[must_use]
    pub fn resolve_alias<'t>(&'t self, ty: &'t RustType) -> &'t RustType {
        const MAX_ALIASES: usize = 16;
        let mut resolved = ty;
        for _ in 0..MAX_ALIASES {
            let RustType::Item(id) = resolved else { break };
            match self.item(*id).map(|item| &item.shape) {
                Some(ItemShape::TypeAlias(inner)) => resolved = inner,
                _ => break,
            }
        }
        resolved
    }

    /// Returns the documentation of the type that a field or a variant names.
    #[must_use]
    pub fn type_docs(&self, ty: &RustType) -> Option<&Docs> {
        match ty {
            RustType::Item(id) => self.item(*id).map(|item| &item.docs),
            RustType::Option(inner) | RustType::Nullable(inner) | RustType::Boxed(inner) => {
                self.type_docs(inner)
            }
            _ => None,
        }
    }

    /// All items with their ids.
    pub fn items(&self) -> impl Iterator<Item = (ItemId, &ItemSurface)> {
        let items = self.items.iter().enumerate();
        items.map(|(index, item)| (ItemId::new(index), item))
    }

    /// The name of the type behind an id.
    #[must_use]
    pub fn name(&self, id: ItemId) -> &str {
        self.item(id).map_or("", |item| &item.name)
    }

    /// Returns a type as Rust code: `Option<Vec<Chat>>`.
    #[must_use]
    pub fn type_text(&self, ty: &RustType) -> String {
        signature::type_text(self, ty)
    }
}
