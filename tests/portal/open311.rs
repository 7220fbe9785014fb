//! Open311 GeoReport v2 as its clients speak it, in both formats, over a real socket.

mod check;
mod client;
mod described;
mod faults;
mod faulty;
mod filing;
mod fixture;
mod lists;
mod sealed;
mod services;
mod spark;

use fixture::*;
