//! Random numbers for jitter and idempotency keys.
//!
//! The standard library seeds its hash maps from the system. This suffices here, because the
//! numbers are not secret, and avoids a dependency. In a browser that seed is missing, so
//! JavaScript provides the numbers.

/// Returns 64 random bits.
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
fn random_bits() -> u64 {
    use std::hash::{BuildHasher, RandomState};

    RandomState::new().hash_one(0_u8)
}

/// Returns 64 random bits.
#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
fn random_bits() -> u64 {
    let half = || (js_sys::Math::random() * 4_294_967_296.0) as u64;
    half() << 32 | half()
}

/// Returns a random number from 0 to 1.
pub(crate) fn unit_interval() -> f64 {
    f64::from((random_bits() >> 32) as u32) / f64::from(u32::MAX)
}

/// Returns a random UUID in its usual spelling.
pub(crate) fn uuid() -> String {
    let (high, low) = (random_bits(), random_bits());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        (low >> 48) & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff,
    )
}
