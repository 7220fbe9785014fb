//! The JSON and event types that server and front ends share; no behaviour
