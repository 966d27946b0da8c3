// The tree of topics, and aliases made from names.
import { expect, test } from "vitest";
import { aliasOf, isAlias } from "../alias";
import { branches, possibleParents, searched } from "../tree";

const topic = (id: number, name: string, parent_id: number | null = null) => ({
  id,
  name,
  parent_id,
  alias: aliasOf(name),
});
const topics = [
  topic(1, "Orders"),
  topic(2, "Delivery", 1),
  topic(3, "Courier", 2),
  topic(4, "Billing"),
  topic(5, "Lost", 99),
];

test("parents stand before their children, brothers by name", () => {
  expect(branches(topics).map(({ path, depth }) => [path, depth])).toEqual([
    ["Billing", 0],
    ["Lost", 0],
    ["Orders", 0],
    ["Orders / Delivery", 1],
    ["Orders / Delivery / Courier", 2],
  ]);
});

test("what is found is shown with all that stands above it", () => {
  expect(searched(branches(topics), "cour").map(({ id }) => id)).toEqual([1, 2, 3]);
  expect(searched(branches(topics), "  ").length).toBe(topics.length);
  expect(searched(branches(topics), "nothing")).toEqual([]);
});

// proves SE-14 (part: in the app)
test("a topic can stand below anything but itself and what is below it", () => {
  expect(possibleParents(branches(topics), 1).map(({ id }) => id)).toEqual([4, 5]);
  expect(possibleParents(branches(topics), null).length).toBe(topics.length);
});

test("an alias is spelled as the server spells it", () => {
  expect(aliasOf("Оплата і доставка")).toBe("oplata_i_dostavka");
  expect(aliasOf("Щастя, об’єднання & Згода")).toBe("shchastia_obiednannia_zghoda");
  expect(aliasOf("Юлія Їжак")).toBe("yuliia_yizhak");
  expect(aliasOf("Café  №5")).toBe("cafe_5");
  expect(aliasOf("☎")).toBe("");
});

test("an alias has Latin letters only and no spaces", () => {
  expect(["billing", "Billing_2", "a-b"].every(isAlias)).toBe(true);
  expect(["", "2fast", "оплата", "a b", "a".repeat(65)].some(isAlias)).toBe(false);
});
