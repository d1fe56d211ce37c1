//! The `sdkwright` binary: it calls [`sdkwright::cli::run`].

use std::process::ExitCode;

/// Rendering creates and drops many tokens. With the system's allocator it takes
/// half as long again.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sdkwright::cli::run()
}
