// Times in inputs of the browser, which know no zones.

/** The value of a date and time input: local time without a zone. */
export function localInput(moment: Date): string {
  const local = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Back again; nothing where the input is empty. */
export function momentOf(value: string): string | undefined {
  return value ? new Date(value).toISOString() : undefined;
}
