// Puts a text where the cursor of a field stands, in place of what is marked there.
export function inserted(field: HTMLTextAreaElement, text: string): string {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  return field.value;
}
