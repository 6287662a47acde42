// The commands of the server. A code lens passes arguments; the command palette passes none.

import * as vscode from "vscode";

type Next = (command: string, args: unknown[]) => vscode.ProviderResult<unknown>;

/** Runs a command with the arguments of its code lens, or else for the document of the active editor. */
export function withDocument(show: (command: string, result: unknown) => void) {
  return async (command: string, args: unknown[], next: Next): Promise<unknown> => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const result = await next(command, args.length > 0 || uri === undefined ? args : [{ uri }]);
    show(command, result);
    return result;
  };
}
