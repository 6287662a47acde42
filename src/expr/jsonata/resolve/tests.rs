//! Tests of references and syntax errors.

use super::resolve;
use std::ops::Range;

fn references(text: &str) -> Vec<String> {
    let references = resolve(text).unwrap().into_iter();
    references
        .map(|r| {
            let path: Vec<String> = r
                .path
                .into_iter()
                .map(|member| format!(".{}", member.name))
                .collect();
            let marks = [(r.called, "()"), (r.bound, " bound"), (r.top_level, " top")];
            let marks: String = marks
                .iter()
                .filter(|(is, _)| *is)
                .map(|(_, mark)| *mark)
                .collect();
            format!("{}{}{marks}", &text[r.range], path.concat())
        })
        .collect()
}

#[test]
fn finds_references() {
    assert_eq!(
        references("$states.context.Task.Token"),
        ["$states.context.Task.Token top"]
    );
    assert_eq!(
        references("$sum($x.items.price)"),
        ["$sum() top", "$x.items.price top"]
    );
    assert_eq!(
        references("$a[b > $c].`d e`"),
        ["$a top", "b", "$c", "d e"].map(|s| match s {
            "d e" => "`d e`".to_owned(),
            _ => s.to_owned(),
        })
    );
    assert_eq!(references("name & $"), ["name top", "$ top"]);
    assert_eq!(references("{'a': $$.b}"), ["$$.b top"]);
    assert_eq!(
        references("$states.input.items.(price * $)"),
        ["$states.input.items top", "price", "$"]
    );
}

#[test]
fn tracks_names_that_an_expression_binds() {
    assert_eq!(
        references("($x := $x + 1; $x)"),
        ["$x bound top", "$x top", "$x bound top"]
    );
    assert_eq!(
        references("function($a){ $a + $b + c }"),
        ["$a bound top", "$b top", "c top"]
    );
    assert_eq!(
        references("($f := function($n){ $f($n) }; $f(1))"),
        ["$f bound top", "$f() bound top", "$n bound top", "$f() bound top"]
    );
    assert_eq!(references("$a.b@$v.{ 'x': $v }"), ["$a.b top", "$v bound"]);
}

#[test]
fn reports_errors_in_the_reference_implementations_words() {
    let fault = |text: &str| {
        let error = resolve(text).unwrap_err();
        (error.range, error.message)
    };
    let at = |range: Range<usize>, message: &str| (range, message.to_owned());
    assert_eq!(
        fault("[1, 2"),
        at(5..5, "Expected \"]\" before end of expression")
    );
    assert_eq!(fault("$a[1,2]"), at(4..5, "Expected \"]\", got \",\""));
    assert_eq!(fault("1 +"), at(3..3, "Unexpected end of expression"));
    assert_eq!(
        fault("}"),
        at(0..1, "The symbol \"}\" cannot be used as a unary operator")
    );
    assert_eq!(
        fault("$a ?? 1"),
        at(4..5, "The symbol \"?\" cannot be used as a unary operator")
    );
    assert_eq!(
        fault("$a ?: 1"),
        at(4..5, "The symbol \":\" cannot be used as a unary operator")
    );
    assert_eq!(fault("1 2"), at(2..3, "Syntax error: 2"));
    assert_eq!(fault("a := 1").0, 0..1);
}
