// Shows the results of commands: text in the output channel, a manual as a document, and a graph in its panel.

import * as vscode from "vscode";
import { GraphPreview } from "./graph";

export interface Result {
  text?: string;
  markdown?: string;
  html?: string;
}

export function present(
  command: string,
  result: unknown,
  output: Pick<vscode.OutputChannel, "clear" | "append" | "show">,
  preview: Pick<GraphPreview, "show">,
): void {
  const { text, markdown, html } = (result ?? {}) as Result;
  if (html !== undefined) {
    preview.show(html);
  } else if (markdown !== undefined) {
    void showManual(markdown);
  } else if (text !== undefined) {
    output.clear();
    output.append(`${command}\n\n${text}`);
    output.show(true);
  }
}

async function showManual(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document, vscode.ViewColumn.Beside, true);
}
