//! History as readers ask for it: hourly, daily and monthly figures and indices over decoded
//! observations. The rules of validity are `domain`'s; nothing here is stored.

pub mod air;
pub mod grid;
pub mod steps;
pub mod thin;
pub mod water;
