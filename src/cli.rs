//! The terminal face (to come).
