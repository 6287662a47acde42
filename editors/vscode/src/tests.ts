// A test explorer for `asl test`: one item for each suite, which runs the suite with the asl program.

import { execFile } from "node:child_process";
import * as vscode from "vscode";

const SUITES = "**/*.asl-test.{json,yaml,yml}";

export class TestExplorer implements vscode.Disposable {
  private readonly controller = vscode.tests.createTestController("asl", "Step Functions");
  private readonly watcher = vscode.workspace.createFileSystemWatcher(SUITES);

  constructor() {
    this.controller.createRunProfile("Run", vscode.TestRunProfileKind.Run, (request) => this.run(request), true);
    this.controller.resolveHandler = () => this.discover();
    this.watcher.onDidCreate((uri) => this.add(uri));
    this.watcher.onDidDelete((uri) => this.controller.items.delete(uri.toString()));
  }

  private async discover(): Promise<void> {
    for (const uri of await vscode.workspace.findFiles(SUITES, "**/node_modules/**")) {
      this.add(uri);
    }
  }

  private add(uri: vscode.Uri): void {
    const label = vscode.workspace.asRelativePath(uri);
    this.controller.items.add(this.controller.createTestItem(uri.toString(), label, uri));
  }

  private async run(request: vscode.TestRunRequest): Promise<void> {
    const run = this.controller.createTestRun(request);
    const items: vscode.TestItem[] = [];
    this.controller.items.forEach((item) => items.push(item));
    for (const item of request.include ?? items) {
      run.started(item);
      const { code, text } = await execute(["test", "--color", "never", item.uri!.fsPath]);
      run.appendOutput(text.replace(/\r?\n/g, "\r\n"), undefined, item);
      if (code === 0) {
        run.passed(item);
      } else {
        run.failed(item, new vscode.TestMessage(text));
      }
    }
    run.end();
  }

  dispose(): void {
    this.watcher.dispose();
    this.controller.dispose();
  }
}

/** Runs the asl program; its exit code and what it prints. */
export function execute(args: string[]): Promise<{ code: number; text: string }> {
  const program = vscode.workspace.getConfiguration("asl").get<string>("path") || "asl";
  return new Promise((resolve) => {
    execFile(program, args, { maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 2) : 0;
      const text = stdout + stderr;
      resolve({ code, text: text || String(error ?? "") });
    });
  });
}
