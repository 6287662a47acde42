// A mock of the parts of the API that the extension uses.

export const settings: Record<string, Record<string, unknown>> = {};
export const updates: unknown[] = [];

class Position {
  constructor(readonly line: number, readonly character: number) {}
}

class Range {
  constructor(readonly start: Position, readonly end: Position) {}
  contains(position: Position): boolean {
    const after = (a: Position, b: Position) => a.line > b.line || (a.line === b.line && a.character >= b.character);
    return after(position, this.start) && after(this.end, position);
  }
}

const nothing = { dispose: () => undefined };

export const workspace = {
  getConfiguration: (section: string) => ({
    get: (name: string) => settings[section]?.[name],
    update: async (name: string, value: unknown) => {
      updates.push([section, name, value]);
    },
  }),
  openTextDocument: async (options: unknown) => options,
  onDidChangeTextDocument: () => nothing,
};
export const shown: unknown[] = [];
export const window = {
  activeTextEditor: undefined as { document: { uri: { toString: () => string } } } | undefined,
  showTextDocument: async (document: unknown) => {
    shown.push(document);
  },
  onDidChangeTextEditorSelection: () => nothing,
  createWebviewPanel: () => ({ webview: { html: "" }, onDidDispose: () => nothing, dispose: () => undefined }),
};
export const commands = {};
export enum ViewColumn {
  Beside = -2,
}
export enum ConfigurationTarget {
  Workspace = 2,
}
export class TestMessage {
  constructor(readonly message: string) {}
}
export { Position, Range };
