"""Latin spelling of names in other scripts, for codes made from names."""

import re
import unicodedata

# The Ukrainian national transliteration (Cabinet of Ministers, 2010), letters of Russian added.
_LETTERS = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu", "я": "ia", "ё": "io", "ъ": "",
    "ы": "y", "э": "e", "ł": "l", "ß": "ss", "ø": "o", "æ": "ae", "đ": "d",
}  # fmt: skip
_AT_START = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
_WORD = re.compile(r"\w+")
_APOSTROPHES = re.compile("['’ʼ`]")


def latin(text: str) -> str:
    """The text in lower-case ASCII letters and digits; what has no spelling is left out."""
    joined = _APOSTROPHES.sub("", unicodedata.normalize("NFC", text.casefold()))
    return _WORD.sub(lambda word: _spelled(word.group()), joined)


def _spelled(word: str) -> str:
    word = word.replace("зг", "zgh")
    head = _AT_START.get(word[:1])
    rest = "".join(_LETTERS.get(letter, letter) for letter in (word[1:] if head else word))
    plain = unicodedata.normalize("NFKD", (head or "") + rest)
    return plain.encode("ascii", "ignore").decode()


def code(text: str, *, longest: int) -> str:
    """A code of `a-z0-9_` made from a name; empty when nothing of the name can be spelled."""
    words = re.findall(r"[a-z0-9]+", latin(text))
    return "_".join(words)[:longest].strip("_")
