//! Generated cases of small machines.
