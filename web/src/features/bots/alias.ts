// A guess of the alias that the server makes from a name, shown while typing.
const letters: Record<string, string> = {
  ...{ а: "a", б: "b", в: "v", г: "h", ґ: "g", д: "d", е: "e", є: "ie", ж: "zh", з: "z", и: "y" },
  ...{ і: "i", ї: "i", й: "i", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s" },
  ...{ т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ь: "", ю: "iu" },
  ...{ я: "ia", "'": "", "’": "" },
};

export function aliasOf(name: string): string {
  const latin = [...name.toLocaleLowerCase("uk")].map((letter) => letters[letter] ?? letter);
  return latin
    .join("")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 40);
}
