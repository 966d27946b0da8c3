// A topic's alias: made from its name in Latin letters, as the server makes it.

const letters: Record<string, string> = {
  ...{ а: "a", б: "b", в: "v", г: "h", ґ: "g", д: "d", е: "e", є: "ie", ж: "zh", з: "z", и: "y" },
  ...{ і: "i", ї: "i", й: "i", к: "k", л: "l", м: "m", н: "n", о: "o", п: "p", р: "r", с: "s" },
  ...{ т: "t", у: "u", ф: "f", х: "kh", ц: "ts", ч: "ch", ш: "sh", щ: "shch", ь: "", ю: "iu" },
  ...{ я: "ia", ё: "io", ъ: "", ы: "y", э: "e", ł: "l", ß: "ss", ø: "o", æ: "ae", đ: "d" },
};
const atStart: Record<string, string> = { є: "ye", ї: "yi", й: "y", ю: "yu", я: "ya" };
const longest = 64;
const pattern = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;

function spelled(word: string): string {
  const [first = "", ...rest] = word.replaceAll("зг", "zgh");
  const head = atStart[first] ?? letters[first] ?? first;
  const latin = head + rest.map((letter) => letters[letter] ?? letter).join("");
  return latin.normalize("NFKD").replace(/[^a-z0-9]/g, "");
}

/** "Оплата і доставка" -> "oplata_i_dostavka"; empty when nothing of it can be spelled. */
export function aliasOf(name: string): string {
  const words = name
    .normalize("NFC")
    .toLocaleLowerCase()
    .replace(/['’ʼ`]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .map(spelled)
    .filter(Boolean);
  return words
    .join("_")
    .slice(0, longest)
    .replace(/^_+|_+$/g, "");
}

export function isAlias(text: string): boolean {
  return pattern.test(text);
}
