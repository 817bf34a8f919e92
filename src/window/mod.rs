//! The desktop face (to come).
