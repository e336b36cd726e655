/** Text as whole sentences: what a shortened message may leave out, and never anything less. */

/** A full stop after these ends no sentence. */
const ABBREVIATIONS =
  /(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Gen|Col|Capt|Lt|Sgt|vs|approx|Jr|Sr|Mt|Art|Sec|[A-Z])\.$/

/**
 * Sentences in order, each with its own mark at its end. Chinese and Mongolian ones end with their marks; Latin ones with a
 * mark, a space and a capital, so that neither 3.5 nor "No. 331" nor "Mr. Bat" is taken apart. A line end ends one too.
 */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .flatMap((line) => line.split(/(?<=[。！？；᠃᠉]+[”’」』）】》]*)(?![。！？；᠃᠉”’」』）】》])/u))
    .flatMap(latin)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

function latin(line: string): string[] {
  const found: string[] = []
  for (const piece of line.split(/(?<=[.!?]["')]*)\s+(?=["'(]*\p{Lu})/u)) {
    const before = found.at(-1)
    if (before !== undefined && ABBREVIATIONS.test(before)) found[found.length - 1] = `${before} ${piece}`
    else found.push(piece)
  }
  return found
}

/** The text with a mark at its end, that of its language where it has none. */
export const ended = (text: string, mark: string): string => {
  const bare = text.trim()
  return bare === '' || /[。！？；.!?;:：…᠃᠉][”’"')）】》]*$/u.test(bare) ? bare : bare + mark
}
