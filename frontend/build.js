// Builds the browser assets of the pages: `node build.js OUT`.
//
// site.css = NHS.UK frontend's styles, made to work offline, followed by our own; site.js = our script with the parts
// of NHS.UK frontend that it imports, as one classic script, because modules do not load from file://. The query workbench and the API reference have
// their own files: build-workbench.js, build-reference.js.

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, transform } from "esbuild";
import { writeReference } from "./build-reference.js";
import { writeWorkbench } from "./build-workbench.js";

const here = import.meta.dirname;
const library = path.join(here, "node_modules", "nhsuk-frontend", "dist", "nhsuk");
const REMOTE_FONTS = 2;

/** The library's styles without its remote fonts, with addresses relative to the style sheet. */
function offline(styles) {
  const fontFace = /@font-face\s*\{[^}]*https:\/\/[^}]*\}/g;
  const found = styles.match(fontFace) ?? [];
  if (found.length !== REMOTE_FONTS) {
    throw new Error(`nhsuk-frontend should have ${REMOTE_FONTS} remote @font-face blocks but has ${found.length}: look what changed`);
  }
  return found
    .reduce((text, block) => text.replace(block, ""), styles)
    .replaceAll("url(/assets/", "url(");
}

async function writeStyles(out) {
  const shipped = await readFile(path.join(library, "nhsuk-frontend.min.css"), "utf8");
  const own = await readFile(path.join(here, "site.css"), "utf8");
  const { code } = await transform(`${offline(shipped)}\n${own}`, { loader: "css", minify: true });
  const remote = code.match(/https?:\/\/[^\s"')]*/);
  if (remote) {
    throw new Error(`the style sheet still points at another host: ${remote[0]}`);
  }
  await writeFile(path.join(out, "site.css"), code);
  const images = new Set([...code.matchAll(/url\("?(images\/[^)"]+)"?\)/g)].map((match) => match[1]));
  await mkdir(path.join(out, "images"), { recursive: true });
  for (const image of images) {
    await copyFile(path.join(library, "assets", image), path.join(out, image));
  }
}

async function writeScript(out) {
  await build({
    entryPoints: [path.join(here, "site.js")],
    outfile: path.join(out, "site.js"),
    bundle: true,
    format: "iife",
    minify: true,
    target: "es2020",
    legalComments: "none",
  });
}

const out = path.resolve(process.argv[2] ?? path.join(here, "..", "pages", "static"));
await mkdir(out, { recursive: true });
await Promise.all([
  writeStyles(out),
  writeScript(out),
  writeWorkbench(out),
  writeReference(out),
  copyFile(path.join(here, "icon.svg"), path.join(out, "icon.svg")),
]);
