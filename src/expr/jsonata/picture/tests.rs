//! Tests of pictures.

use super::{DatePicture, IntegerPicture, Offset};

#[test]
fn writes_integers() {
    for (number, picture, wanted) in [
        (123.0, "0000", "0123"),
        (12_345_678.0, "#,##0", "12,345,678"),
        (12_345_678.0, "#:###,000", "12:345,678"),
        (1.0, "1;o", "1st"),
        (11.0, "1;o", "11th"),
        (112.0, "1;o", "112th"),
        (23.0, "1;o", "23rd"),
        (2018.0, "I", "MMXVIII"),
        (27.0, "A", "AA"),
        (702.0, "a", "zz"),
        (12_476.0, "w", "twelve thousand, four hundred and seventy-six"),
        (20.0, "Ww;o", "Twentieth"),
        (100.0, "w;o", "one hundredth"),
        (-5.0, "01", "-05"),
        (123.0, "٠", "١٢٣"),
        (1e15, "w", "one thousand trillion"),
    ] {
        let written = IntegerPicture::parse(picture).unwrap().format(number);
        assert_eq!(written.as_deref(), Ok(wanted), "{number} {picture}");
    }
}

#[test]
fn reads_integers() {
    for (text, picture, wanted) in [
        ("0123", "0000", 123.0),
        ("12,345", "#,##0", 12_345.0),
        ("12a", "000", 12.0),
        ("123rd", "1;o", 123.0),
        ("MMXVIII", "I", 2018.0),
        ("AA", "A", 27.0),
        ("twelve thousand, four hundred and seventy-six", "w", 12_476.0),
        ("one hundred and twentieth", "w;o", 120.0),
        ("١٢٣", "٠", 123.0),
    ] {
        let read = IntegerPicture::parse(picture).unwrap().read(text);
        assert_eq!(read, Ok(wanted), "{text} {picture}");
    }
    assert!(
        IntegerPicture::parse("000")
            .unwrap()
            .read("abc")
            .unwrap()
            .is_nan()
    );
}

#[test]
fn writes_times() {
    for (millis, picture, zone, wanted) in [
        (
            1_521_801_216_617,
            "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001]",
            "",
            "2018-03-23T10:33:36.617",
        ),
        (1_521_801_216_617, "[D1o] [MNn] [Y]", "", "23rd March 2018"),
        (
            1_521_801_216_617,
            "[FNn,3-3], [h]:[m01] [PN]",
            "-0500",
            "Fri, 5:33 AM",
        ),
        (1_521_801_216_617, "[z]", "+0530", "GMT+05:30"),
        (1_521_801_216_617, "[Z01:01t]", "", "Z"),
        (1_104_537_600_000, "[X0001]-W[W01]-[F1]", "", "2004-W53-6"),
        (0, "[[[Y01]]]", "", "[70]"),
    ] {
        let written = DatePicture::parse(picture)
            .unwrap()
            .format(millis, Offset::parse(zone));
        assert_eq!(written.as_deref(), Ok(wanted), "{picture}");
    }
}

#[test]
fn reads_times() {
    for (text, picture, wanted) in [
        ("2018-03-23", "[Y0001]-[M01]-[D01]", Some(1_521_763_200_000.0)),
        (
            "20180323103336617",
            "[Y0001][M01][D01][H01][m01][s01][f001]",
            Some(1_521_801_216_617.0),
        ),
        ("23rd March, 2018", "[D1o] [MNn], [Y]", Some(1_521_763_200_000.0)),
        ("2018082", "[Y0001][d001]", Some(1_521_763_200_000.0)),
        ("12:30 am +01:00", "[h]:[m] [Pn] [Z01:01]", Some(-1_800_000.0)),
        ("nothing", "[Y]", None),
    ] {
        let read = DatePicture::parse(picture).unwrap().read(text, 0);
        assert_eq!(read, Ok(wanted), "{text} {picture}");
    }
}
