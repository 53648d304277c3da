// Builds the query workbench's part of the assets.
//
// workbench.js and workbench.css = the page's own behaviour and look; workbench-engine.js = oxigraph compiled to
// WebAssembly and the worker that runs it, both as text in one classic script, because a page opened from a folder may
// load scripts and nothing else; licences.txt = the licences of everything that is bundled.

import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";

const here = import.meta.dirname;
const modules = path.join(here, "node_modules");
const sources = path.join(here, "workbench");
const ALLOWED = /^(MIT|Apache-2\.0|BSD-[23]-Clause|ISC|MIT OR Apache-2\.0)$/;

const common = {
  bundle: true,
  format: "iife",
  platform: "browser",
  minify: true,
  target: "es2022",
  legalComments: "none",
  loader: { ".rq": "text" },
  metafile: true,
};

async function writePage(out) {
  const styles = await readFile(path.join(sources, "workbench.css"), "utf8");
  const { code } = await transform(styles, { loader: "css", minify: true });
  await writeFile(path.join(out, "workbench.css"), code);
  return build({ ...common, entryPoints: [path.join(sources, "main.js")], outfile: path.join(out, "workbench.js") });
}

async function writeEngine(out) {
  const made = await build({
    ...common,
    entryPoints: [path.join(sources, "engine-worker.js")],
    // oxigraph would fetch its WebAssembly beside itself; it is handed over instead.
    define: { "import.meta.url": '"offline:"' },
    write: false,
  });
  const wasm = await readFile(path.join(modules, "oxigraph", "web_bg.wasm"));
  const parts = { worker: made.outputFiles[0].text, wasm: gzipSync(wasm, { level: 9 }).toString("base64") };
  await writeFile(path.join(out, "workbench-engine.js"), `globalThis.hypothreadEngine=${JSON.stringify(parts)};\n`);
  return made;
}

/** The names of the packages that went into these builds. */
function packagesIn(results) {
  const names = new Set(["nhsuk-frontend", "swagger-ui-dist"]);
  for (const input of results.flatMap((each) => Object.keys(each.metafile.inputs))) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input);
    if (found) {
      names.add(found[1]);
    }
  }
  return [...names].sort();
}

async function licenceOf(name) {
  const folder = path.join(modules, name);
  const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  if (!ALLOWED.test(license)) {
    throw new Error(`${name} has the licence ${license}, which nobody has checked: look, then allow it in build-workbench.js`);
  }
  const files = (await readdir(folder)).filter((each) => /^(licen[cs]e|notice)/i.test(each)).sort();
  const texts = await Promise.all(files.map((each) => readFile(path.join(folder, each), "utf8")));
  const text = texts.length ? texts.join("\n") : `The package names the licence ${license}.`;
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

/** Writes everything to the folder `out`. */
export async function writeWorkbench(out) {
  const results = await Promise.all([writePage(out), writeEngine(out)]);
  const licences = await Promise.all(packagesIn(results).map(licenceOf));
  await writeFile(path.join(out, "licences.txt"), licences.join(`\n${"-".repeat(80)}\n\n`));
}
