// Marks become elements, everything else stays text: nothing of a message runs.
import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { MarkedText } from "../MarkedText";
import { hasMarks, htmlOf, marksOf, marksOfHtml, plainOf } from "../marks";

const all = ["b", "i", "u", "s", "code", "pre", "a"];

// proves OP-18 (part: formatting)
test.each([
  ["<b>bold <i>both</i></b>", "<b>bold <i>both</i></b>"],
  ["1 < 2 & <b>3</b>", "1 &lt; 2 &amp; <b>3</b>"],
  ["never <b>closed", "never &lt;b&gt;closed"],
  ["closed</b> only", "closed&lt;/b&gt; only"],
  ["<b>crossed <i>over</b></i>", "<b>crossed &lt;i&gt;over</b>&lt;/i&gt;"],
  ['<a href="https://a.example/?x=1&y=2">a</a>', '<a href="https://a.example/?x=1&amp;y=2">a</a>'],
  ['<a href="javascript:alert(1)">a</a>', '&lt;a href="javascript:alert(1)"&gt;a&lt;/a&gt;'],
  ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
])("%s goes out as %s", (typed, sent) => {
  expect(htmlOf(marksOf(typed, all))).toBe(sent);
  expect(htmlOf(marksOfHtml(sent))).toBe(sent);
});

test("a channel's own marks only", () => {
  expect(hasMarks(marksOf("<b>bold</b>", ["i"]))).toBe(false);
  expect(plainOf(marksOf('<a href="https://a.example">here</a> <b>now</b>', all))).toBe(
    "here (https://a.example) now",
  );
});

// proves OP-18 (part: formatting)
test("what is drawn has the marks as elements and nothing else", () => {
  const html = '<b>bold</b><script>alert(1)</script><a href="javascript:x">no</a> &lt;i&gt;';
  const { container } = render(<MarkedText marks={marksOfHtml(html)} />);
  expect([...container.querySelectorAll("*")].map(({ tagName }) => tagName)).toEqual(["B"]);
  expect(container.textContent).toBe(
    'bold<script>alert(1)</script><a href="javascript:x">no</a> <i>',
  );
});
