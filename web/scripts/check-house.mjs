// House rules that no linter knows: equal texts in both languages, short files, closed features.
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const maxLines = 250;
const faults = [];

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

// --- Texts: the same keys with the same parameters; plurals by each language's own forms.
const plural = /_(zero|one|two|few|many|other)$/;

function flatten(texts, prefix = "") {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "string" ? [[prefix + key, value]] : flatten(value, `${prefix}${key}.`),
  );
}

function shapeOf(language, file) {
  const path = join(root, "src/i18n", language, file);
  const shape = new Map();
  for (const [key, text] of flatten(JSON.parse(readFileSync(path, "utf8")))) {
    if (text.trim() === "") faults.push(`i18n/${language}/${file}: ${key} is empty`);
    const found = shape.get(key.replace(plural, "")) ?? { params: new Set(), forms: new Set() };
    for (const [, name] of text.matchAll(/{{\s*(\w+)/g)) found.params.add(name);
    const form = plural.exec(key)?.[1];
    if (form) found.forms.add(form);
    shape.set(key.replace(plural, ""), found);
  }
  return shape;
}

function missingForms(language, forms) {
  if (forms.size === 0) return [];
  const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return wanted.filter((form) => !forms.has(form));
}

function checkTexts() {
  const list = (language) =>
    readdirSync(join(root, "src/i18n", language)).filter((name) => name.endsWith(".json"));
  for (const file of new Set([...list("en"), ...list("uk")])) {
    const shapes = { en: shapeOf("en", file), uk: shapeOf("uk", file) };
    for (const [language, other] of [
      ["en", "uk"],
      ["uk", "en"],
    ]) {
      for (const [key, { params, forms }] of shapes[language]) {
        const where = `i18n/${language}/${file}: ${key}`;
        const twin = shapes[other].get(key);
        if (!twin) faults.push(`${where} has no text in ${other}`);
        else if ([...params].sort().join() !== [...twin.params].sort().join())
          faults.push(`${where} has other parameters in ${other}`);
        for (const form of missingForms(language, forms)) faults.push(`${where} lacks _${form}`);
      }
    }
  }
}

// --- Files: short, and a feature is entered only by its index.
function checkSources() {
  for (const path of filesUnder(join(root, "src"))) {
    const name = relative(root, path);
    if (basename(path) === "schema.d.ts" || !/\.(tsx?|css|json)$/.test(name)) continue;
    const text = readFileSync(path, "utf8");
    const lines = text.split("\n").length - 1;
    if (lines > maxLines) faults.push(`${name}: ${lines} lines, at most ${maxLines}`);
    if (/\.tsx?$/.test(name) && !text.startsWith("// ")) faults.push(`${name}: no line on top`);
    const own = /src[/\\]features[/\\]([^/\\]+)/.exec(path)?.[1];
    for (const [, feature, inner] of text.matchAll(/from "@\/features\/([^/"]+)(\/[^"]+)?"/g)) {
      if (inner && feature !== own)
        faults.push(`${name}: enters ${feature}${inner} past its index`);
    }
  }
}

checkTexts();
checkSources();
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log("house rules hold");
