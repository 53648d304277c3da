// Builds what the API reference and the page for trying out need: reference.css, and try-out/ with Swagger UI as it is
// published. Only a server has these pages, so a written site leaves try-out/ out.

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, transform } from "esbuild";

const here = import.meta.dirname;
const library = path.join(here, "node_modules", "swagger-ui-dist");
const SVG = "http://www.w3.org/2000/svg";

async function minified(file) {
  const { code } = await transform(await readFile(file, "utf8"), { loader: path.extname(file).slice(1), minify: true });
  return code;
}

/** Swagger UI's styles; their drawings are part of them, and nothing may come from elsewhere. */
async function offlineStyles() {
  const styles = (await readFile(path.join(library, "swagger-ui.css"), "utf8")).replace(/\/\*# sourceMappingURL=.*?\*\//, "");
  const remote = styles.replaceAll(SVG, "").match(/https?:\/\/[^\s"')]*/);
  if (remote) {
    throw new Error(`the styles of swagger-ui-dist point at another host: ${remote[0]}`);
  }
  return styles;
}

/** Writes everything to the folder `out`. */
export async function writeReference(out) {
  const folder = path.join(out, "try-out");
  await mkdir(folder, { recursive: true });
  await Promise.all([
    minified(path.join(here, "reference.css")).then((code) => writeFile(path.join(out, "reference.css"), code)),
    minified(path.join(here, "try-out", "try-out.css")).then((code) => writeFile(path.join(folder, "try-out.css"), code)),
    build({
      entryPoints: [path.join(here, "try-out", "main.js")],
      outfile: path.join(folder, "try-out.js"),
      bundle: true,
      minify: true,
      format: "iife",
    }),
    offlineStyles().then((styles) => writeFile(path.join(folder, "swagger-ui.css"), styles)),
    copyFile(path.join(library, "swagger-ui-bundle.js"), path.join(folder, "swagger-ui-bundle.js")),
    copyFile(path.join(library, "swagger-ui-bundle.js.LICENSE.txt"), path.join(folder, "swagger-ui-bundle.js.LICENSE.txt")),
  ]);
}
