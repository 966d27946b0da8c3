// The Ukrainian catalogue: every file of this folder, under its file name.
const files = import.meta.glob<object>("./*.json", { eager: true, import: "default" });

const catalogue = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.slice(2, -".json".length), texts]),
);

export default catalogue;
