//! Places as cells of a fixed grid: what the public sees instead of a point.
//!
//! The grid is deterministic: a point always falls into the same cell, so that repeated publication adds no
//! knowledge, which random jitter would.

mod grid;
mod publish;

pub use grid::{Cell, Grid, Level};
pub use publish::{Exposure, K, Placed, Released, publish};

pub use crate::place::Point;
