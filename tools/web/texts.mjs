// What a person reads comes from i18n: finds words between JSX tags and in attributes.
// usage: node texts.mjs FOLDER   (TypeScript is the web app's own)
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const ts = createRequire(join(import.meta.dirname, "../../web/package.json"))("typescript");
const word = /\p{L}{2}/u;
const read = new Set([
  "alt", "aria-label", "description", "error", "label", "message", "nothingFoundMessage",
  "placeholder", "subtitle", "title",
]);
const names = new Set(["Connective"]);

function literalIn(node) {
  const inner = ts.isJsxExpression(node) ? node.expression : node;
  if (!inner) return undefined;
  if (ts.isStringLiteralLike(inner)) return inner.text;
  if (ts.isTemplateExpression(inner)) {
    return [inner.head, ...inner.templateSpans.map((span) => span.literal)].map((x) => x.text).join(" ");
  }
  return undefined;
}

function textOf(node) {
  if (ts.isJsxText(node)) return node.text;
  if (ts.isJsxAttribute(node) && read.has(node.name.getText()) && node.initializer) {
    return literalIn(node.initializer);
  }
  const between = ts.isJsxElement(node.parent ?? node) || ts.isJsxFragment(node.parent ?? node);
  return ts.isJsxExpression(node) && between ? literalIn(node) : undefined;
}

let faults = 0;
const [folder] = process.argv.slice(2);
for (const entry of readdirSync(folder, { recursive: true }).sort()) {
  if (!entry.endsWith(".tsx") || entry.includes(".test.")) continue;
  const path = join(folder, entry);
  const source = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
  const visit = (node) => {
    const text = textOf(node)?.trim();
    if (text && word.test(text) && !names.has(text)) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      console.log(`${path}:${line}  "${text.slice(0, 40)}" is read by people: give it a key in i18n`);
      faults += 1;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}
process.exit(faults > 0 ? 1 : 0);
