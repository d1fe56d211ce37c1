//! Items that have been planned so far.

use super::item::{Item, ItemId};

/// The planned items, by their ids. Those of the model's types come first.
#[derive(Debug, Default)]
pub(super) struct ItemTable<'a> {
    items: Vec<Item<'a>>,
}

impl<'a> ItemTable<'a> {
    /// Adds an item.
    pub(super) fn push(&mut self, item: Item<'a>) -> ItemId {
        let id = ItemId::new(self.items.len());
        self.items.push(item);
        id
    }

    /// Returns the item behind an id, if it has been planned.
    pub(super) fn get(&self, id: ItemId) -> Option<&Item<'a>> {
        self.items.get(id.index())
    }

    /// Returns all items in the order of their ids.
    pub(super) fn as_slice(&self) -> &[Item<'a>] {
        &self.items
    }

    /// Returns all items, mutably.
    pub(super) fn as_mut_slice(&mut self) -> &mut [Item<'a>] {
        &mut self.items
    }

    /// Returns the items.
    pub(super) fn into_vec(self) -> Vec<Item<'a>> {
        self.items
    }
}
