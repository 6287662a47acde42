// A test explorer for `asl test`: one item for each suite, which runs the suite with the asl program.

import { execFile } from "node:child_process";
import * as vscode from "vscode";

const SUITES = "**/*.asl-test.{json,yaml,yml}";

export class TestExplorer implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController("asl", "Step Functions");
  private readonly watcher = vscode.workspace.createFileSystemWatcher(SUITES);

  constructor() {
    this.controller.createRunProfile("Run", vscode.TestRunProfileKind.Run, (request) => this.run(request), true);
    this.controller.resolveHandler = (item) => (item ? this.list(item) : this.discover());
    this.controller.refreshHandler = () => this.discover();
    this.watcher.onDidCreate((uri) => this.add(uri));
    this.watcher.onDidChange((uri) => this.list(this.add(uri)));
    this.watcher.onDidDelete((uri) => this.controller.items.delete(uri.toString()));
  }

  private async discover(): Promise<void> {
    for (const uri of await vscode.workspace.findFiles(SUITES, "**/node_modules/**")) {
      this.add(uri);
    }
  }

  private add(uri: vscode.Uri): vscode.TestItem {
    const known = this.controller.items.get(uri.toString());
    if (known) {
      return known;
    }
    const item = this.controller.createTestItem(uri.toString(), vscode.workspace.asRelativePath(uri), uri);
    item.canResolveChildren = true;
    this.controller.items.add(item);
    return item;
  }

  /** Lists the cases of a suite. */
  private async list(suite: vscode.TestItem): Promise<void> {
    const { code, stdout } = await execute(["test", "--list", "--color", "never", suite.uri!.fsPath]);
    if (code === 0) {
      const names = caseNames(stdout);
      suite.children.replace(names.map((name) => this.controller.createTestItem(`${suite.id}#${name}`, name, suite.uri)));
    }
  }

  private async run(request: vscode.TestRunRequest): Promise<void> {
    const run = this.controller.createTestRun(request);
    const items: vscode.TestItem[] = [];
    this.controller.items.forEach((item) => items.push(item));
    for (const item of request.include ?? items) {
      run.started(item);
      const path = item.uri!.fsPath;
      const selection = item.parent ? ["--filter", `name(=${item.label})`, path] : [path];
      const { text, stdout } = await execute(["test", "--format", "json", ...selection]);
      const results = caseResults(stdout);
      if (results.length === 0) {
        run.errored(item, new vscode.TestMessage(text));
        continue;
      }
      for (const result of results) {
        const child = item.parent ? item : item.children.get(`${item.id}#${result.name}`);
        report(run, child ?? item, result);
      }
      if (!item.parent && results.every((result) => result.status === "passed" || result.status === "skipped")) {
        run.passed(item);
      }
    }
    run.end();
  }

  dispose(): void {
    this.watcher.dispose();
    this.controller.dispose();
  }
}

/** The names of the cases that `asl test --list` prints, each after the path of its suite. */
export function caseNames(listed: string): string[] {
  const names = listed.split(/\r?\n/).map((line) => line.match(/\.asl-test\.(?:json|ya?ml): (.+)$/)?.[1]);
  return names.filter((name) => name !== undefined);
}

export interface CaseResult {
  name: string;
  status: string;
  duration_ms: number;
  failures: { message?: string }[];
}

/** The results in a report of `asl test --format json`; none if it is not a report. */
export function caseResults(report: string): CaseResult[] {
  try {
    const { suites } = JSON.parse(report) as { suites: { cases: CaseResult[] }[] };
    return suites.flatMap((suite) => suite.cases);
  } catch {
    return [];
  }
}

/** Tells the explorer the result of a case. */
export function report(run: Pick<vscode.TestRun, "passed" | "failed" | "errored" | "skipped">, item: vscode.TestItem, result: CaseResult): void {
  const messages = result.failures.map((failure) => new vscode.TestMessage(failure.message ?? JSON.stringify(failure)));
  if (result.status === "passed") {
    run.passed(item, result.duration_ms);
  } else if (result.status === "skipped") {
    run.skipped(item);
  } else if (result.status === "failed") {
    run.failed(item, messages, result.duration_ms);
  } else {
    run.errored(item, messages, result.duration_ms);
  }
}

/** Runs the asl program; its exit code, and what it prints. */
export function execute(args: string[]): Promise<{ code: number; text: string; stdout: string }> {
  const program = vscode.workspace.getConfiguration("asl").get<string>("path") || "asl";
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 2) : 0;
      const text = stdout + stderr;
      resolve({ code, stdout, text: text || String(error ?? "") });
    });
  });
}
