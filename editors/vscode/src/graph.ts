// The graph of a state machine next to its file. It follows the edits, and selects the state at the cursor.

import * as vscode from "vscode";

type Run = (command: string, argument: unknown) => Promise<unknown> | undefined;

/** How long to wait after an edit before drawing again, in milliseconds. */
const DELAY = 300;

export class GraphPreview implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private document: vscode.TextDocument | undefined;
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(private readonly run: Run) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.document === this.document) {
          this.refreshSoon();
        }
      }),
      vscode.window.onDidChangeTextEditorSelection((event) => {
        if (event.textEditor.document === this.document) {
          void this.select(event.selections[0].active);
        }
      }),
    ];
  }

  /** Opens the panel for the active editor. */
  async open(): Promise<void> {
    this.document = vscode.window.activeTextEditor?.document;
    if (this.document) {
      await this.refresh();
    }
  }

  show(html: string): void {
    if (!this.panel) {
      this.document ??= vscode.window.activeTextEditor?.document;
      this.panel = vscode.window.createWebviewPanel("asl.graph", "State machine", { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, { enableScripts: true, retainContextWhenHidden: true });
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.document = undefined;
      });
    }
    this.panel.webview.html = withListener(html);
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), DELAY);
  }

  private async refresh(): Promise<void> {
    const uri = this.document?.uri.toString();
    // A definition that cannot be drawn at the moment keeps its last graph.
    const result = (await Promise.resolve(this.run("asl.graph", { uri })).catch(() => undefined)) as
      | { html?: string }
      | undefined;
    if (result?.html) {
      this.show(result.html);
    }
  }

  /** Selects the innermost state that contains a position. */
  private async select(position: vscode.Position): Promise<void> {
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      "vscode.executeDocumentSymbolProvider",
      this.document?.uri,
    );
    const name = innermost(symbols ?? [], position);
    if (name !== undefined) {
      await this.panel?.webview.postMessage({ select: name });
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    this.subscriptions.forEach((subscription) => subscription.dispose());
  }
}

/** The name of the innermost symbol that contains a position. */
export function innermost(symbols: readonly vscode.DocumentSymbol[], position: vscode.Position): string | undefined {
  const symbol = symbols.find((candidate) => candidate.range.contains(position));
  return symbol && (innermost(symbol.children, position) ?? symbol.name);
}

/** The page with a script that selects a state when the cursor moves: the page marks the state that its address names. */
export function withListener(html: string): string {
  const script = `<script>
addEventListener("message", (event) => {
  const name = event.data && event.data.select;
  const titles = [...document.querySelectorAll("svg title")];
  const title = titles.find((candidate) => candidate.textContent === name || candidate.textContent.startsWith(name + " "));
  if (title && title.parentElement) {
    title.parentElement.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    title.parentElement.scrollIntoView({ block: "center" });
  }
});
</script>`;
  const end = html.lastIndexOf("</body>");
  return end < 0 ? html + script : html.slice(0, end) + script + html.slice(end);
}
