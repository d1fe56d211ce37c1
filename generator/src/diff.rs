//! Diff: what differs between two crates, for their users and on the wire.
//!
//! Both sides go through load, lower and plan. The public interface of each side is a
//! [`Surface`](surface::Surface). Two surfaces are compared into one list of typed [`Change`]s.
//! Every renderer reads that list. Nothing compares text, and nothing is compiled.

mod accept;
mod change;
mod changed_files;
mod code_reference;
mod codes;
mod compare;
mod effects;
mod excerpt;
pub mod format;
mod pairing;
mod report;
mod side;
pub mod surface;
mod verdict;

pub use change::{Change, Confidence, Group, Rename, Snapshot};
pub use changed_files::FileDiff;
pub use code_reference::render_reference;
pub use codes::{Code, CodeRow};
pub use compare::compare;
pub use effects::{Bump, Compile, Wire, WireEffect};
pub use excerpt::Excerpt;
pub(crate) use excerpt::find_excerpts;
pub use report::{LocatedChange, Report};
pub use side::Side;
pub use verdict::Verdict;
