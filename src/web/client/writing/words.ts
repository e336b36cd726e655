/** What the script says, in the language of the page: handed over by the page itself. */

let words: Record<string, string> = {}

export function readWords(): void {
  const holder = document.getElementById('writing-words')
  words = JSON.parse(holder?.dataset['words'] ?? '{}') as Record<string, string>
}

/** The sentence for a key; {name} is filled from params. */
export const said = (key: string, params: Record<string, string | number> = {}): string =>
  (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole))
