//! A compiler from an OpenAPI description to a Rust SDK crate.
//!
//! ```text
//! bytes ─load→ Document ─lower→ Api ─plan→ Plan ─render→ Output ─write→ disk
//!              (openapiv3)  (model)  (decisions)  (path → text)
//! ```
//!
//! Each arrow is a function from one type to the next, and the module of that name.
//! No phase looks back, and only the last arrow touches the disk. Every phase
//! collects [`diagnostics`], which are shown together.
//!
//! - [`load`] reads JSON or YAML, resolves references, upgrades 2.0, 3.1 and 3.2
//!   documents to the form of 3.0, and repairs harmless mistakes.
//! - [`lower`] builds the model of the API, the [`ir`]. It knows nothing about Rust.
//! - [`plan`](mod@plan) decides what rendering needs: names, boxing, derives, files.
//! - [`render`] writes the text. It asks the plan and never decides.
//! - [`output`] compares the text with a directory and writes it.
//!
//! [`init`] writes the decisions of a plan as `sdk.yaml`, and [`sync`] adds missing entries.
//! [`diff`] compares two plans, and [`release`] turns the result into a version and a changelog.
//! [`source`] is below all of them: pointers, positions and text. [`config`] reads
//! `sdk.yaml`. [`pipeline`] is the whole way in one function, and [`cli`] its front end.
//!
//! # Examples
//!
//! A document of ten lines takes the whole way:
//!
//! ```
//! use sdkwright::config::Config;
//! use sdkwright::diagnostics::Diagnostics;
//! use sdkwright::load::load_str;
//! use sdkwright::lower::lower;
//! use sdkwright::plan::plan;
//! use sdkwright::render::{Templates, render};
//!
//! let text = "
//! openapi: 3.1.0
//! info: { title: Pets, version: 1.0.0 }
//! paths:
//!   /pets:
//!     get:
//!       operationId: listPets
//!       responses:
//!         '200':
//!           description: The names of all pets
//!           content: { application/json: { schema: { type: array, items: { type: string } } } }
//! ";
//!
//! let mut diagnostics = Diagnostics::new();
//! let document = load_str("openapi.yaml", text, &mut diagnostics).expect("a document");
//! let api = lower(&document, &Config::default(), &mut diagnostics);
//! let plan = plan(&api, &mut diagnostics);
//! let files = render(&plan, &Templates::default())?;
//!
//! assert!(diagnostics.is_empty());
//! let resource = &files["src/resources/pets.rs"];
//! assert!(resource.contains("pub fn list(&self) -> Request<'c, Vec<String>>"));
//! # Ok::<(), minijinja::Error>(())
//! ```

pub mod cli;
pub mod config;
pub mod diagnostics;
pub mod diff;
pub mod init;
pub mod ir;
pub mod load;
pub mod lower;
pub mod output;
pub mod pipeline;
pub mod plan;
pub mod release;
pub mod render;
pub mod source;
pub mod sync;
mod temporary_dir;
mod transform;
