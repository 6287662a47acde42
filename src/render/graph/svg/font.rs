//! Text widths from a table instead of installed fonts, so that drawings are identical on every machine.

use unicode_width::UnicodeWidthChar;

/// Widths of U+0020 to U+007E in thousandths of the font's size: Helvetica's, which Arial, Liberation Sans and Nimbus
/// Sans share (Adobe Font Metrics, Helvetica 002.000).
const HELVETICA: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, // p to ~
];
/// Width of a letter of another alphabet.
const OTHER: u16 = 600;
/// Width of a double-width character, such as Chinese characters and emoji.
const WIDE: u16 = 1150;
/// Factor for bold text.
const BOLD: f64 = 1.07;

/// The width of a line of text at a font size, in pixels, rounded up.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let mut joined = false;
    let mut thousandths = 0_u32;
    for c in text.chars() {
        // Characters around a zero-width joiner are drawn as one.
        thousandths += if joined { 0 } else { u32::from(char_width(c)) };
        joined = c == '\u{200d}';
    }
    let weight = if bold { BOLD } else { 1.0 };
    (f64::from(thousandths) / 1000.0 * size * weight).ceil()
}

fn char_width(c: char) -> u16 {
    let index = u32::from(c).wrapping_sub(0x20) as usize;
    if let Some(&width) = HELVETICA.get(index) {
        return width;
    }
    match c.width() {
        None | Some(0) => 0,
        Some(1) if matches!(c, '…' | '—') => 1000,
        Some(1) if matches!(c, '·') => 278,
        Some(1) => OTHER,
        Some(_) => WIDE,
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the same sum gives the same bits")]
mod tests {
    use super::*;

    #[test]
    fn widths_are_those_of_the_table() {
        assert!((width("Hi", 1000.0, false) - 944.0).abs() < 1.0);
        assert_eq!(width("", 14.0, false), 0.0);
        assert!(width("Hi", 14.0, true) > width("Hi", 14.0, false));
    }

    #[test]
    fn joined_emoji_are_one_character_and_accents_have_no_width() {
        assert_eq!(width("👩\u{200d}🔬", 14.0, false), width("👩", 14.0, false));
        assert_eq!(width("e\u{301}", 14.0, false), width("e", 14.0, false));
    }
}
