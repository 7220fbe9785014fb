//! Open311 GeoReport v2 as its clients speak it, in both formats, over a real socket.

mod client;
mod faults;
mod filing;
mod fixture;
mod lists;
mod services;
mod spark;

use fixture::*;
