//! Escaping of JSON strings.

/// Appends a string in quotes, with escapes where necessary.
pub(super) fn string(json: &mut Vec<u8>, mut text: &[u8]) {
    json.push(b'"');
    loop {
        let (plain, rest) = text
            .split_at_checked(plain_length(text))
            .unwrap_or((text, &[]));
        json.extend_from_slice(plain);
        let [special, rest @ ..] = rest else { break };
        escaped(json, *special);
        text = rest;
    }
    json.push(b'"');
}

fn escaped(json: &mut Vec<u8>, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' => b"\\\"",
        b'\\' => b"\\\\",
        b'\n' => b"\\n",
        b'\r' => b"\\r",
        b'\t' => b"\\t",
        0x08 => b"\\b",
        0x0c => b"\\f",
        _ => {
            json.extend_from_slice(b"\\u00");
            json.extend(
                [byte >> 4, byte & 0x0f]
                    .iter()
                    .filter_map(|digit| HEX.get(usize::from(*digit))),
            );
            return;
        }
    };
    json.extend_from_slice(short);
}

/// Returns the number of leading bytes that need no escape.
fn plain_length(text: &[u8]) -> usize {
    let (words, rest) = text.as_chunks::<8>();
    let mut length = 0_usize;
    for word in words {
        let special = special_bytes(u64::from_le_bytes(*word));
        if special != 0 {
            return length.wrapping_add(special.trailing_zeros() as usize / 8);
        }
        length = length.wrapping_add(8);
    }
    let special = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
    length.wrapping_add(rest.iter().position(special).unwrap_or(rest.len()))
}

/// Finds the bytes that need an escape, in eight bytes at once.
///
/// The lowest bit set in the result is the highest bit of the first such byte.
const fn special_bytes(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let quotes = word ^ (ONES * b'"' as u64);
    let slashes = word ^ (ONES * b'\\' as u64);
    let controls = word.wrapping_sub(ONES * 0x20) & !word;
    (controls | (quotes.wrapping_sub(ONES) & !quotes) | (slashes.wrapping_sub(ONES) & !slashes))
        & HIGH
}
