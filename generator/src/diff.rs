//! Diff: what differs between two crates, for their users and on the wire.
//!
//! Both sides go through load, lower and plan. What users see of each is taken as a
//! [`Surface`](surface::Surface), and two surfaces are compared into one list of typed [`Change`]s.
//! Every renderer reads that list. Nothing compares text, and nothing is compiled.

mod accept;
mod change;
mod codes;
mod compare;
mod excerpt;
pub mod format;
mod pairing;
mod report;
pub mod surface;
mod verdict;

pub use change::{Change, Confidence, Group, Rename, Snapshot};
pub use codes::{Code, CodeRow};
pub use compare::compare;
pub use excerpt::Excerpt;
pub use report::{LocatedChange, Report, Side};
pub use verdict::{Bump, Compile, Verdict, Wire, WireEffect};
