//! Interfaces that others have defined, for programs that know them already.

pub mod open311;
