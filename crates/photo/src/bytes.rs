//! Numbers at a place in a file that may end before it.

pub(crate) fn take<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

pub(crate) fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_be_bytes)
}

pub(crate) fn u32_be(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_be_bytes)
}

pub(crate) fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_le_bytes)
}

pub(crate) fn u24_le(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c] = take(bytes, at)?;
    Some(u32::from_le_bytes([a, b, c, 0]))
}
