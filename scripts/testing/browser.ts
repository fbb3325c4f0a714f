/** A real browser for tests, without a head. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** @throws Error where none is installed */
export function launchBrowser(): Promise<Browser> {
  const found = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const executablePath = found.find(isExecutable);
  if (executablePath === undefined)
    throw new Error("these tests need a browser: install chromium (as root on Debian, scripts/test does so)");
  // Chromium refuses to run as root within its sandbox; it is shown nothing but our own file.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
