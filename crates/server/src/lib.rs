//! The bilan binary: routes, live events, intake, jobs, configuration, command line
