//! Where data enters: HJ 212 over TCP, HTTP batches, national feeds, CSV, the demonstration
