//! Bytes and text as they may be logged: passwords and keys replaced.

/// The bytes with every password (`PW=`, `NewPW=`) and key (`NewSK=`) replaced by `***`.
///
/// For logs, quarantine and error messages: PW is no secret worth the name on a plain-text line, but it is what
/// admits a device, so it is kept out of everything that people copy around. What is hidden ends where a field
/// ends, at `;`, `,` or the line's end, and nowhere before: a password may contain `&`.
///
/// ```
/// assert_eq!(hj212::without_password(b"##0087ST=22;PW=123456;MN=A1;"), b"##0087ST=22;PW=***;MN=A1;");
/// ```
pub fn without_password(bytes: &[u8]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(&byte) = rest.first() {
        if let Some(name) = secret_name(rest) {
            let (name, secret) = rest.split_at(name);
            clean.extend_from_slice(name);
            clean.extend_from_slice(b"***");
            let length = secret.iter().position(|byte| b";,\r\n".contains(byte));
            rest = &secret[length.unwrap_or(secret.len())..];
        } else {
            clean.push(byte);
            rest = &rest[1..];
        }
    }
    clean
}

/// The length of `PW=` or `SK=` at the start, blanks before `=` included.
fn secret_name(bytes: &[u8]) -> Option<usize> {
    let (name, rest) = bytes.split_first_chunk::<2>()?;
    let secret = [b"PW", b"SK"].iter().any(|known| name.eq_ignore_ascii_case(*known));
    let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    (secret && rest.get(blanks) == Some(&b'=')).then_some(2 + blanks + 1)
}

/// The same for text.
pub(crate) fn text_without_password(text: &str) -> String {
    String::from_utf8_lossy(&without_password(text.as_bytes())).into_owned()
}
