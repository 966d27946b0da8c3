// All filters are plain words: `?node=4`, not `?node="4"`.
import { parseSearchWith, stringifySearchWith } from "@tanstack/react-router";

export const plainWords = {
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith(String),
};
