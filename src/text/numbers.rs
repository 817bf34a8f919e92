//! Numbers as people read them: the same in every language.

/// `1,327,014`.
#[must_use]
pub fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Decimal units, as file managers and disks count: `963 MB`, `1.0 MB`, `12 kB`, `340 B`.
#[must_use]
pub fn bytes(number: u64) -> String {
    let mut value = number as f64;
    let mut unit = "B";
    for next in ["kB", "MB", "GB", "TB"] {
        if value < 999.5 {
            break;
        }
        value /= 1000.0;
        unit = next;
    }
    if unit == "B" || value >= 9.95 { format!("{value:.0} {unit}") } else { format!("{value:.1} {unit}") }
}

/// `52 MB/s`.
#[must_use]
pub fn speed(bytes_a_second: f64) -> String {
    format!("{}/s", bytes(bytes_a_second.max(0.0) as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_people_write_them() {
        assert_eq!([0, 999, 1000, 1_327_014].map(count), ["0", "999", "1,000", "1,327,014"]);
        assert_eq!(
            [0, 999, 1000, 9_960, 1_048_576, 963_000_000, 999_600_000, 2_000_000_000].map(bytes),
            ["0 B", "999 B", "1.0 kB", "10 kB", "1.0 MB", "963 MB", "1.0 GB", "2.0 GB"]
        );
    }
}
