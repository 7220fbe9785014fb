//! Every line of SQL: stations, series, observations, blocks, events.
