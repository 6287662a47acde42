// Bundles the extension, or with --test its tests, in which `vscode` is a mock.
import { build } from "esbuild";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const isTest = process.argv.includes("--test");
const common = { bundle: true, platform: "node", format: "cjs", target: "node20", logLevel: "warning" };
if (isTest) {
  const files = readdirSync("test").filter((name) => name.endsWith(".test.ts"));
  await build({
    ...common,
    entryPoints: files.map((name) => `test/${name}`),
    outdir: "dist/test",
    alias: { vscode: fileURLToPath(new URL("test/vscode.ts", import.meta.url)) },
  });
} else {
  await build({ ...common, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js", external: ["vscode"], minify: true });
}
