//! Numbers in English words.

const FEW: [&str; 20] = [
    "Zero",
    "One",
    "Two",
    "Three",
    "Four",
    "Five",
    "Six",
    "Seven",
    "Eight",
    "Nine",
    "Ten",
    "Eleven",
    "Twelve",
    "Thirteen",
    "Fourteen",
    "Fifteen",
    "Sixteen",
    "Seventeen",
    "Eighteen",
    "Nineteen",
];

const ORDINALS: [&str; 20] = [
    "Zeroth",
    "First",
    "Second",
    "Third",
    "Fourth",
    "Fifth",
    "Sixth",
    "Seventh",
    "Eighth",
    "Ninth",
    "Tenth",
    "Eleventh",
    "Twelfth",
    "Thirteenth",
    "Fourteenth",
    "Fifteenth",
    "Sixteenth",
    "Seventeenth",
    "Eighteenth",
    "Nineteenth",
];

const DECADES: [&str; 9] = [
    "Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety", "Hundred",
];

const MAGNITUDES: [&str; 4] = ["Thousand", "Million", "Billion", "Trillion"];

/// A nonnegative, finite integer in words, which begin with capital letters.
pub(super) fn to_words(number: f64, ordinal: bool) -> String {
    let mut out = String::new();
    write(number, false, ordinal, &mut out);
    out
}

fn entry<'w>(words: &[&'w str], index: f64) -> &'w str {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative; other values are out of range"
    )]
    let index = index as usize;
    words.get(index).copied().unwrap_or_default()
}

/// Appends `number`; `follows` is whether a larger part precedes it.
fn write(number: f64, follows: bool, ordinal: bool, out: &mut String) {
    if number < 100.0 {
        out.push_str(if follows { " and " } else { "" });
        if number < 20.0 {
            out.push_str(entry(if ordinal { &ORDINALS } else { &FEW }, number));
            return;
        }
        let tens = (number / 10.0).floor();
        let decade = entry(&DECADES, tens - 2.0);
        let rest = number - tens * 10.0;
        if rest > 0.0 {
            out.push_str(decade);
            out.push('-');
            write(rest, false, ordinal, out);
        } else if ordinal {
            out.push_str(decade.trim_end_matches('y'));
            out.push_str("ieth");
        } else {
            out.push_str(decade);
        }
        return;
    }
    out.push_str(if follows { ", " } else { "" });
    let (factor, magnitude) = magnitude(number);
    let count = (number / factor).floor();
    write(count, false, false, out);
    out.push(' ');
    out.push_str(magnitude);
    let rest = number - count * factor;
    if rest > 0.0 {
        write(rest, true, ordinal, out);
    } else if ordinal {
        out.push_str("th");
    }
}

/// The largest magnitude that is not above `number`, which is at least 100.
fn magnitude(number: f64) -> (f64, &'static str) {
    let mut factor = 1e12;
    for magnitude in MAGNITUDES.iter().rev() {
        if number >= factor {
            return (factor, magnitude);
        }
        factor /= 1e3;
    }
    (100.0, "Hundred")
}

/// The value of a word in lower case.
fn value(word: &str) -> Option<f64> {
    if let Some(index) = position(&FEW, word).or_else(|| position(&ORDINALS, word)) {
        return Some(index);
    }
    let decade = word.strip_suffix("ieth").map(|stem| format!("{stem}y"));
    if let Some(index) = position(&DECADES, decade.as_deref().unwrap_or(word)) {
        return Some((index + 2.0) * 10.0);
    }
    let stem = word.strip_suffix("th").unwrap_or(word);
    if stem == "hundred" {
        return Some(100.0);
    }
    let index = position(&MAGNITUDES, stem)?;
    Some(1_000_f64.powf(index + 1.0))
}

/// The index of a word.
fn position(words: &[&str], word: &str) -> Option<f64> {
    let index = words.iter().position(|known| known.eq_ignore_ascii_case(word))?;
    u32::try_from(index).ok().map(f64::from)
}

/// The number in a string of English words in lower case.
pub(super) fn from_words(text: &str) -> Option<f64> {
    let separated = text.replace(", ", " ").replace(" and ", " ");
    let mut sums = vec![0.0];
    for word in separated.split(|c: char| c == '-' || c.is_whitespace()) {
        let value = value(word)?;
        let last = sums.pop().unwrap_or_default();
        if value >= 100.0 {
            sums.push(last * value);
            continue;
        }
        let mut last = last;
        if last >= 1000.0 {
            sums.push(last);
            last = 0.0;
        }
        sums.push(last + value);
    }
    Some(sums.iter().sum())
}

/// Every word of a number in lower case, as a regular expression.
pub(super) fn pattern() -> String {
    let few = FEW.iter().chain(&ORDINALS).map(|word| word.to_lowercase());
    let decades = DECADES.iter().flat_map(|word| {
        let word = word.to_lowercase();
        let ordinal = format!("{}ieth", word.trim_end_matches('y'));
        [word, ordinal]
    });
    let larger = ["Hundred"].into_iter().chain(MAGNITUDES).flat_map(|word| {
        let word = word.to_lowercase();
        let ordinal = format!("{word}th");
        [word, ordinal]
    });
    let words: Vec<String> = few.chain(decades).chain(larger).collect();
    format!("(?:{}|and|[-, ])+", words.join("|"))
}
