import assert from "node:assert/strict";
import { test } from "node:test";
import * as vscode from "vscode";
import { withDocument } from "../src/commands";
import { innermost, withListener } from "../src/graph";
import { present } from "../src/results";
import { caseNames, caseResults, execute, report } from "../src/tests";
import { disableToolkitValidation } from "../src/toolkit";

const mock = vscode as unknown as typeof import("./vscode");

test("text goes to the output channel, a graph to its panel, and a manual to a document", async () => {
  const lines: string[] = [];
  const output = { clear: () => lines.push("clear"), append: (text: string) => lines.push(text), show: () => lines.push("show") };
  const pages: string[] = [];
  const preview = { show: (html: string) => pages.push(html) };
  present("asl.cost", { text: "$1" }, output as never, preview as never);
  present("asl.graph", { html: "<html>" }, output as never, preview as never);
  present("asl.explain", { markdown: "# rule" }, output as never, preview as never);
  present("asl.unknown", null, output as never, preview as never);
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(lines, ["clear", "asl.cost\n\n$1", "show"]);
  assert.deepEqual(pages, ["<html>"]);
  assert.deepEqual(mock.shown, [{ language: "markdown", content: "# rule" }]);
});

test("the innermost state at the cursor is selected", () => {
  const range = (from: number, to: number) => new mock.Range(new mock.Position(from, 0), new mock.Position(to, 0));
  const symbol = (name: string, from: number, to: number, children: unknown[] = []) => ({ name, range: range(from, to), children });
  const symbols = [symbol("A", 0, 2), symbol("Map", 3, 9, [symbol("One", 5, 6)])];
  const at = (line: number) => innermost(symbols as never, new mock.Position(line, 0) as never);
  assert.deepEqual([at(1), at(4), at(5), at(12)], ["A", "Map", "One", undefined]);
});

test("the page listens for the cursor", () => {
  assert.match(withListener("<body>x</body>"), /x<script>[^]*<\/script><\/body>$/);
});

test("the Toolkit's validation is turned off only on request, and once", async () => {
  assert.equal(await disableToolkitValidation(), false);
  mock.settings.asl = { disableToolkitValidation: true };
  mock.settings.files = { associations: { "*.x": "y", "*.asl": "asl" } };
  assert.equal(await disableToolkitValidation(), true);
  const [[section, name, value]] = mock.updates as [[string, string, Record<string, string>]];
  assert.deepEqual([section, name, value["*.x"], value["*.asl"], value["*.asl.yml"]], ["files", "associations", "y", "json", "yaml"]);
  mock.settings.files = { associations: value };
  assert.equal(await disableToolkitValidation(), false);
});

test("a program that does not exist is a failure with a message", async () => {
  mock.settings.asl = { path: "/nonexistent/asl" };
  const { code, text } = await execute(["--version"]);
  assert.equal(code, 2);
  assert.match(text, /ENOENT/);
});

test("the cases of a suite are listed by name", () => {
  assert.deepEqual(caseNames("a/b.asl-test.yaml: works\nb.asl-test.json: fails: always\n\n2 cases\n"), ["works", "fails: always"]);
});

test("each case of a report has its own result", () => {
  const cases = [
    { name: "a", status: "passed", duration_ms: 1, failures: [] },
    { name: "b", status: "failed", duration_ms: 2, failures: [{ message: "expected SUCCEEDED" }] },
    { name: "c", status: "skipped", duration_ms: 0, failures: [] },
    { name: "d", status: "error", duration_ms: 0, failures: [{ message: "no such file" }] },
  ];
  const results = caseResults(JSON.stringify({ suites: [{ cases }] }));
  const told: unknown[] = [];
  const tell = (kind: string) => (item: string, ...rest: unknown[]) => told.push([kind, item, rest.length]);
  const run = { passed: tell("passed"), failed: tell("failed"), errored: tell("errored"), skipped: tell("skipped") };
  results.forEach((result) => report(run as never, result.name as never, result));
  assert.deepEqual(told, [["passed", "a", 1], ["failed", "b", 2], ["skipped", "c", 0], ["errored", "d", 2]]);
  assert.deepEqual(caseResults("error: no suites"), []);
});

test("a command of the palette is about the active document, and one of a code lens about its own", async () => {
  const shown: unknown[] = [];
  const run = withDocument((command, result) => shown.push([command, result]));
  const next = (_: string, args: unknown[]) => args;
  await run("asl.cost", [], next);
  mock.window.activeTextEditor = { document: { uri: { toString: () => "file:///a.asl.json" } } };
  await run("asl.cost", [], next);
  await run("asl.test", [{ uri: "file:///b" }], next);
  assert.deepEqual(shown, [
    ["asl.cost", []],
    ["asl.cost", [{ uri: "file:///a.asl.json" }]],
    ["asl.test", [{ uri: "file:///b" }]],
  ]);
});
