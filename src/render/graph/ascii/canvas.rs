//! A grid of terminal cells in which crossing lines are joined.

use crate::render::style::Style;
use colored::{ColoredString, Colorize};
use std::io::{self, Write};
use unicode_width::UnicodeWidthChar;

/// The color role of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum ColorRole {
    #[default]
    Plain,
    Dim,
    Bold,
    Blue,
    Yellow,
    Magenta,
    Cyan,
    Green,
    Red,
}

impl ColorRole {
    fn apply(self, text: ColoredString) -> ColoredString {
        match self {
            Self::Plain => text,
            Self::Dim => text.dimmed(),
            Self::Bold => text.bold(),
            Self::Blue => text.blue(),
            Self::Yellow => text.yellow(),
            Self::Magenta => text.magenta(),
            Self::Cyan => text.cyan(),
            Self::Green => text.green(),
            Self::Red => text.red(),
        }
    }
}

/// Directions in which a line leaves a cell.
const UP: u8 = 1;
const RIGHT: u8 = 2;
const DOWN: u8 = 4;
const LEFT: u8 = 8;

/// Lines by the directions they leave in.
const LINES: [char; 16] = [
    ' ', '╵', '╶', '└', '╷', '│', '┌', '├', '╴', '┘', '─', '┴', '┐', '┤', '┬', '┼',
];

#[derive(Debug, Clone, Default)]
struct Cell {
    /// What is written here, with the signs that combine with it; empty where a line or nothing is.
    text: String,
    /// The right half of a sign of double width.
    is_covered: bool,
    lines: u8,
    /// Whether all lines in the cell are dashed.
    is_dashed: bool,
    paint: ColorRole,
}

/// The grid, which grows as needed.
#[derive(Debug)]
pub(super) struct Canvas {
    rows: Vec<Vec<Cell>>,
    style: Style,
}

impl Canvas {
    pub(super) const fn new(style: Style) -> Self {
        Self {
            rows: Vec::new(),
            style,
        }
    }

    fn cell(&mut self, x: usize, y: usize) -> &mut Cell {
        if self.rows.len() <= y {
            self.rows.resize_with(y + 1, Vec::new);
        }
        let row = &mut self.rows[y];
        if row.len() <= x {
            row.resize_with(x + 1, Cell::default);
        }
        &mut row[x]
    }

    /// Writes a line of text, overwriting existing content.
    pub(super) fn text(&mut self, x: usize, y: usize, text: &str, paint: ColorRole) {
        let mut at = x;
        for c in text.chars() {
            let c = self.displayable(c);
            let width = c.width().unwrap_or(0);
            if width == 0 {
                if at > x {
                    self.cell(at - 1, y).text.push(c);
                }
                continue;
            }
            *self.cell(at, y) = Cell {
                text: c.to_string(),
                paint,
                ..Cell::default()
            };
            if width == 2 {
                *self.cell(at + 1, y) = Cell {
                    is_covered: true,
                    ..Cell::default()
                };
            }
            at += width;
        }
    }

    /// A character that the terminal can display.
    fn displayable(&self, c: char) -> char {
        if self.style.unicode {
            return c;
        }
        match c {
            '…' => '~',
            '·' => '-',
            '×' => 'x',
            '▼' => 'v',
            '▶' => '>',
            '◀' => '<',
            '▲' => '^',
            '●' => 'o',
            '◉' => '@',
            '╭' | '╮' | '╰' | '╯' => '+',
            '╱' => '/',
            '╲' => '\\',
            c => c,
        }
    }

    /// Draws a straight line between two cells, inclusive.
    pub(super) fn line(
        &mut self,
        (x1, y1): (usize, usize),
        (x2, y2): (usize, usize),
        dashed: bool,
        paint: ColorRole,
    ) {
        let (mut x, mut y) = (x1, y1);
        while (x, y) != (x2, y2) {
            let (ahead, back) = match (x.cmp(&x2), y.cmp(&y2)) {
                (std::cmp::Ordering::Less, _) => (RIGHT, LEFT),
                (std::cmp::Ordering::Greater, _) => (LEFT, RIGHT),
                (_, std::cmp::Ordering::Less) => (DOWN, UP),
                _ => (UP, DOWN),
            };
            self.join(x, y, ahead, dashed, paint);
            match ahead {
                RIGHT => x += 1,
                LEFT => x -= 1,
                DOWN => y += 1,
                _ => y -= 1,
            }
            self.join(x, y, back, dashed, paint);
        }
    }

    fn join(&mut self, x: usize, y: usize, line: u8, dashed: bool, paint: ColorRole) {
        let cell = self.cell(x, y);
        if cell.lines == 0 {
            (cell.is_dashed, cell.paint) = (dashed, paint);
        }
        cell.is_dashed &= dashed;
        cell.lines |= line;
    }

    /// Draws a frame.
    pub(super) fn frame(
        &mut self,
        (x, y): (usize, usize),
        (w, h): (usize, usize),
        dashed: bool,
        paint: ColorRole,
    ) {
        let (right, bottom) = (x + w.saturating_sub(1), y + h.saturating_sub(1));
        for (from, to) in [
            ((x, y), (right, y)),
            ((right, y), (right, bottom)),
            ((right, bottom), (x, bottom)),
            ((x, bottom), (x, y)),
        ] {
            self.line(from, to, dashed, paint);
        }
    }

    /// Prints the grid without trailing spaces.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        for row in &self.rows {
            let end = row
                .iter()
                .rposition(|c| !c.text.trim().is_empty() || c.lines != 0)
                .map_or(0, |i| i + 1);
            let mut run = String::new();
            let mut paint = ColorRole::Plain;
            for cell in row[..end].iter().filter(|c| !c.is_covered) {
                let glyph = self.glyph(cell);
                if cell.paint != paint && glyph.trim() != "" {
                    self.flush(&mut run, paint, out)?;
                    paint = cell.paint;
                }
                run.push_str(&glyph);
            }
            self.flush(&mut run, paint, out)?;
            writeln!(out)?;
        }
        Ok(())
    }

    fn flush(&self, run: &mut String, paint: ColorRole, out: &mut dyn Write) -> io::Result<()> {
        if !run.is_empty() {
            write!(out, "{}", self.style.paint(run, |text| paint.apply(text)))?;
            run.clear();
        }
        Ok(())
    }

    fn glyph(&self, cell: &Cell) -> String {
        if !cell.text.is_empty() {
            return cell.text.clone();
        }
        let is_vertical = matches!(cell.lines, UP | DOWN | 5);
        let is_horizontal = matches!(cell.lines, RIGHT | LEFT | 10);
        let glyph = match (self.style.unicode, cell.is_dashed) {
            (true, true) if is_vertical => '┊',
            (true, true) if is_horizontal => '┄',
            (true, _) => LINES[usize::from(cell.lines)],
            _ if cell.lines == 0 => ' ',
            (_, dashed) if is_vertical => {
                if dashed {
                    ':'
                } else {
                    '|'
                }
            }
            (_, dashed) if is_horizontal => {
                if dashed {
                    '.'
                } else {
                    '-'
                }
            }
            _ => '+',
        };
        glyph.to_string()
    }
}

/// How many columns a string takes.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(canvas: &Canvas) -> String {
        let mut out = Vec::new();
        canvas.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_join_where_they_meet() {
        let mut canvas = Canvas::new(Style {
            unicode: true,
            ..Style::PLAIN
        });
        canvas.frame((0, 0), (5, 3), false, ColorRole::Plain);
        canvas.line((2, 2), (2, 3), false, ColorRole::Plain);
        canvas.text(1, 1, "木", ColorRole::Plain);
        assert_eq!(print(&canvas), "┌───┐\n│木 │\n└─┬─┘\n  ╵\n");
    }

    #[test]
    fn without_unicode_everything_is_ascii() {
        let mut canvas = Canvas::new(Style::PLAIN);
        canvas.frame((0, 0), (4, 3), true, ColorRole::Plain);
        canvas.text(1, 1, "▼…", ColorRole::Plain);
        assert_eq!(print(&canvas), "+..+\n:v~:\n+..+\n");
    }
}
