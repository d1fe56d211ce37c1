//! Schemas: the types that a document describes.
//!
//! This room reads the keywords of each schema, decides its shape, and builds the types of the
//! model. It refuses to know operations: it sees a schema and the name path of its use.

pub(in crate::lower) mod all_of;
pub(in crate::lower) mod all_of_member;
pub(in crate::lower) mod annotations;
pub(in crate::lower) mod builder;
pub(in crate::lower) mod built_type;
mod component_names;
pub(in crate::lower) mod configured_models;
pub(in crate::lower) mod discriminator;
pub(in crate::lower) mod enums;
pub(in crate::lower) mod keywords;
pub(in crate::lower) mod nullability;
pub(in crate::lower) mod parsed_schemas;
pub(in crate::lower) mod resolution;
mod sample_value;
pub(in crate::lower) mod scalar_formats;
pub(in crate::lower) mod schema_ref;
pub(in crate::lower) mod schema_table;
pub(in crate::lower) mod shape;
pub(in crate::lower) mod type_name;
pub(in crate::lower) mod types;
pub(in crate::lower) mod undeclared_properties;
pub(in crate::lower) mod union;
pub(in crate::lower) mod union_cycles;
pub(in crate::lower) mod value_constraints;
pub(in crate::lower) mod variant_matching;

/// Depth to which unions of unions are followed. Documents do not nest them deeper on purpose.
const MAX_UNION_DEPTH: usize = 8;
