//! Emitted types: the types of the model that become items of the crate.

use super::direction::{Directions, collect_held_types, collect_named_types};
use crate::ir::{Api, BodyContent, Content, Payload, TypeId};

/// Returns for each type whether it becomes an item. Types that are mentioned do, and wanted schemas of
/// the document whose properties are not parameters of an operation.
pub(super) fn find_emitted(api: &Api, directions: &Directions) -> Vec<bool> {
    let mut mentioned = Vec::new();
    let wanted = |(id, _): (TypeId, _)| directions.is_wanted(id);
    let mut emitted: Vec<bool> = api.types.iter().map(wanted).collect();
    api.types
        .iter()
        .filter(|(id, _)| directions.is_wanted(*id))
        .for_each(|(_, def)| collect_held_types(&def.shape, &mut mentioned));
    for operation in &api.operations {
        operation
            .params
            .iter()
            .for_each(|param| collect_named_types(&param.ty, &mut mentioned));
        operation
            .stream
            .iter()
            .for_each(|stream| collect_named_types(&stream.item, &mut mentioned));
        for response in &operation.responses {
            if let Payload::Content(contents) = &response.payload {
                contents.iter().for_each(|c| mention(c, &mut mentioned));
            }
        }
        match directions.spread_struct(api, operation) {
            Some(id) => {
                if let Some(flag) = emitted.get_mut(id.index()) {
                    *flag = false;
                }
            }
            None => operation
                .body
                .iter()
                .flat_map(|b| &b.content)
                .for_each(|c| mention(c, &mut mentioned)),
        }
    }
    api.error_body
        .iter()
        .for_each(|ty| collect_named_types(ty, &mut mentioned));
    mentioned.extend(api.webhooks.as_ref().map(|webhooks| webhooks.event));
    for alias in &api.aliases {
        collect_named_types(&alias.ty, &mut mentioned);
    }
    for id in mentioned {
        if let Some(flag) = emitted.get_mut(id.index()) {
            *flag = true;
        }
    }
    emitted
}

fn mention(content: &BodyContent, into: &mut Vec<TypeId>) {
    content
        .item()
        .into_iter()
        .for_each(|ty| collect_named_types(ty, into));
    match &content.content {
        Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty) => {
            collect_named_types(ty, into)
        }
        Content::Text | Content::Binary => {}
    }
}
