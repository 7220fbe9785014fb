//! Cases: reports as officers work on them.

pub mod act;
pub mod bulk;
pub mod change;
pub mod course;
pub mod file;
pub mod identity;
pub mod inbox;
pub mod line;
pub mod pictures;
pub mod publication;
pub mod similar;
pub mod view;
