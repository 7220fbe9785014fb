//! History as readers ask for it: hourly, daily and monthly figures and indices over decoded
//! observations. The rules of validity are `domain`'s; nothing here is stored.

pub(crate) mod air;
pub(crate) mod grid;
pub(crate) mod steps;
pub(crate) mod thin;
pub(crate) mod water;
