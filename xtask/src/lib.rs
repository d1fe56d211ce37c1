//! Shared by the commands of this repository: its paths and its processes.

pub mod process;
pub mod repo;
