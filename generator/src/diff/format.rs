//! Formats: the report as text, for a reader or for a program.
//!
//! Each renderer reads the same report. Text of documents is escaped for the medium: control
//! characters for terminals, Markdown, workflow commands, HTML.

mod github;
mod html;
mod json;
mod markdown;
mod terminal;

pub use github::render_github;
pub use html::render_html;
pub use json::render_json;
pub use markdown::render_markdown;
pub use terminal::render_terminal;
