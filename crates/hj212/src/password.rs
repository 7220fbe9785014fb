//! Bytes and text as they may be logged: passwords and keys replaced.

/// The bytes with every password (`PW=`, `NewPW=`) and key (`NewSK=`) replaced by `***`.
///
/// For logs, quarantine and error messages: PW is no secret worth the name on a plain-text line, but it is what
/// admits a device, so it is kept out of everything that people copy around.
///
/// ```
/// assert_eq!(hj212::without_password(b"##0087ST=22;PW=123456;MN=A1;"), b"##0087ST=22;PW=***;MN=A1;");
/// ```
pub fn without_password(bytes: &[u8]) -> Vec<u8> {
    let mut clean = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(&byte) = rest.first() {
        if let Some(secret) = rest.strip_prefix(b"PW=").or_else(|| rest.strip_prefix(b"SK=")) {
            clean.extend_from_slice(&rest[..3]);
            clean.extend_from_slice(b"***");
            let length = secret.iter().position(|byte| b";,&\r\n".contains(byte));
            rest = &secret[length.unwrap_or(secret.len())..];
        } else {
            clean.push(byte);
            rest = &rest[1..];
        }
    }
    clean
}

/// The same for text.
pub(crate) fn text_without_password(text: &str) -> String {
    String::from_utf8_lossy(&without_password(text.as_bytes())).into_owned()
}
