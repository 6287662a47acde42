// Starts the language server, and shows what its commands return.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions } from "vscode-languageclient/node";
import { withDocument } from "./commands";
import { GraphPreview } from "./graph";
import { present } from "./results";
import { TestExplorer } from "./tests";
import { disableToolkitValidation } from "./toolkit";

const LANGUAGES = ["json", "jsonc", "yaml", "terraform", "asl", "asl-yaml"];

let client: LanguageClient | undefined;

/** The command that starts the server: from the setting, or from the PATH. */
export function serverOptions(): ServerOptions {
  const command = vscode.workspace.getConfiguration("asl").get<string>("path") || "asl";
  return { command, args: ["lsp"] };
}

export function clientOptions(show: (command: string, result: unknown) => void): LanguageClientOptions {
  return {
    documentSelector: LANGUAGES.flatMap((language) => [
      { language, scheme: "file" },
      { language, scheme: "untitled" },
    ]),
    initializationOptions: { inlayHints: vscode.workspace.getConfiguration("asl").get<boolean>("inlayHints") },
    synchronize: { configurationSection: "asl" },
    middleware: { executeCommand: withDocument(show) },
  };
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("Step Functions");
  const run = (command: string, argument: unknown) =>
    client?.sendRequest("workspace/executeCommand", { command, arguments: [argument] });
  const preview = new GraphPreview(run);
  const show = (command: string, result: unknown) => present(command, result, output, preview);
  const start = async () => {
    client = new LanguageClient("asl", "Amazon States Language", serverOptions(), clientOptions(show));
    try {
      await client.start();
    } catch (error) {
      const message = `The asl language server does not start: ${error}. Install asl, or set asl.path.`;
      await vscode.window.showErrorMessage(message);
    }
  };
  context.subscriptions.push(
    output,
    preview,
    new TestExplorer(),
    vscode.commands.registerCommand("asl.preview", () => preview.open()),
    vscode.commands.registerCommand("asl.restart", async () => {
      await client?.stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration("asl.disableToolkitValidation")) {
        await disableToolkitValidation();
      }
    }),
  );
  await disableToolkitValidation();
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
