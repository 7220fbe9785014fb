//! HJ 212 bytes to frames to fields and back, editions 2005, 2017 and 2025; no sockets
