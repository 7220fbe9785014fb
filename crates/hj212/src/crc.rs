//! The two checksums: the standard's own, and the one that is often sent by mistake.

/// The checksum of HJ 212-2017 annex A; unchanged in HJ 212-2025 (A.1).
///
/// Not CRC-16/MODBUS, though the polynomial (0xA001) is the same: the register is shifted right by 8
/// *before* each byte is folded in, so a Modbus CRC crate gives wrong answers.
///
/// Its low byte is always 00, 01, 40, 41, 80, 81, C0 or C1: only 256 results are possible, and one random
/// corruption in 256 passes. It is no proof; lengths, syntax and ranges are checked besides.
///
/// # Example: the frame printed in annex A
///
/// ```
/// let segment = b"QN=20160801085857223;ST=32;CN=1062;PW=100000;\
///     MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&";
/// assert_eq!(hj212::crc16(segment), 0x1C80);
/// ```
pub fn crc16(data: &[u8]) -> u16 {
    data.iter().fold(0xFFFF, |register, &byte| eight_shifts((register >> 8) ^ u16::from(byte)))
}

/// CRC-16/MODBUS, which some data loggers send instead of the standard's checksum.
///
/// For diagnosis only: a frame that carries it is refused, but counted apart.
pub fn modbus_crc16(data: &[u8]) -> u16 {
    data.iter().fold(0xFFFF, |register, &byte| eight_shifts(register ^ u16::from(byte)))
}

fn eight_shifts(mut register: u16) -> u16 {
    for _ in 0..8 {
        let low = register & 1;
        register >>= 1;
        if low == 1 {
            register ^= 0xA001;
        }
    }
    register
}
