// What the server would refuse anyway is refused before it is uploaded.
export const mostFiles = 10;
export const mostBytes = 20 * 1024 * 1024;

const executable = /\.(exe|com|scr|pif|msi|bat|cmd|vbs|ps1|hta|jar|apk|app|dmg|sh|lnk)$/i;

type Refusal = "tooLarge" | "executable" | "empty" | "tooMany";

export function refusalOf(file: { name: string; size: number }, already: number): Refusal | null {
  if (already >= mostFiles) return "tooMany";
  if (file.size === 0) return "empty";
  if (file.size > mostBytes) return "tooLarge";
  return executable.test(file.name) ? "executable" : null;
}
