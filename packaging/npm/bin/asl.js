#!/usr/bin/env node
// Runs the binary of the package for this platform. The binary for Linux is static: it runs with glibc and musl.
"use strict";

const fs = require("fs");

const PACKAGES = {
  "linux x64": "@aslkit/linux-x64/asl",
  "linux arm64": "@aslkit/linux-arm64/asl",
  "darwin x64": "@aslkit/darwin-x64/asl",
  "darwin arm64": "@aslkit/darwin-arm64/asl",
  "win32 x64": "@aslkit/win32-x64/asl.exe",
  // Windows runs x64 programs on ARM64.
  "win32 arm64": "@aslkit/win32-x64/asl.exe",
};

function fail(message) {
  process.stderr.write(`error: ${message}\n`);
  process.exit(2);
}

function binary() {
  if (process.env.ASL_BINARY) {
    return process.env.ASL_BINARY;
  }
  const platform = `${process.platform} ${process.arch}`;
  const file = PACKAGES[platform];
  if (!file) {
    fail(
      `aslkit has no binary for ${platform}, only for ${Object.keys(PACKAGES).join(", ")}\n` +
        "  help: build it with `cargo install aslkit`, and set ASL_BINARY to its path",
    );
  }
  try {
    return require.resolve(file);
  } catch {
    const name = file.slice(0, file.lastIndexOf("/"));
    return fail(
      `the package ${name}, which contains the binary for ${platform}, is not installed\n` +
        "  help: npm leaves it out with --omit=optional, and if the lockfile was written on another platform; " +
        `install it with \`npm install ${name}\``,
    );
  }
}

// Replaces this process by the binary of the package. Returns if that is not possible: Node.js 22.15 and 23.11 added execve.
function replaceBy(file, args) {
  if (!process.execve || process.platform === "win32" || process.env.ASL_BINARY) {
    return;
  }
  try {
    // If execve fails, it prints a stack trace and ends the process.
    fs.accessSync(file, fs.constants.X_OK);
    process.execve(file, [file, ...args]);
  } catch {
    // `spawn` reports what is wrong.
  }
}

// Runs the binary through the internal function that child_process calls, because loading child_process takes longer than most
// runs of asl. Only versions of Node.js without execve do this; they no longer change. Returns undefined if it is not possible.
function spawnDirectly(file, args) {
  if (process.execve || process.platform === "win32") {
    return undefined;
  }
  try {
    const stdio = [0, 1, 2].map((fd) => ({ type: "inherit", fd }));
    const result = process.binding("spawn_sync").spawn({ file, args: [file, ...args], stdio });
    return result.error ? undefined : result;
  } catch {
    return undefined;
  }
}

function spawn(file, args) {
  const { spawnSync } = require("child_process");
  return spawnSync(file, args, { stdio: "inherit", windowsHide: true });
}

const file = binary();
const args = process.argv.slice(2);
replaceBy(file, args);
const result = spawnDirectly(file, args) || spawn(file, args);
if (result.error) {
  fail(`cannot run \`${file}\`: ${result.error.message}`);
}
if (result.signal) {
  process.kill(process.pid, result.signal);
}
process.exitCode = result.status === null ? 2 : result.status;
