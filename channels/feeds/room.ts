/** How much text one feed document carries. Past it entries keep what changed and their summary, and lead to the page. */
import { cleanText, el, fragment } from '../../src/lib/xml.ts'
import { t } from '../../templates/words/index.ts'
import type { Entry } from './entry.ts'
import { labelTag, wordsFor } from './wording.ts'

/**
 * Characters of text in one document; twice the longest release there can be, so that the two newest are always whole.
 * A poller on a slow line gets some 4 MB at most, however long fifty releases are.
 */
const ROOM = 1_000_000

/** Newest first; those for which there is no room left are shortened. */
export function fitted(entries: Entry[], room = ROOM): Entry[] {
  let used = 0
  return entries.map((entry, i) => {
    used += entry.weight
    return i === 0 || used <= room ? entry : short(entry)
  })
}

/** The same release stands shortened in many lists; one object, so that it is written once. */
const shortened = new WeakMap<Entry, Entry>()
function short(entry: Entry): Entry {
  const known = shortened.get(entry)
  if (known) return known
  const fresh: Entry = { ...entry, whole: false, html: () => shortHtml(entry) }
  shortened.set(entry, fresh)
  return fresh
}

const shortHtml = ({ summary, url, language }: Entry): string =>
  fragment(
    el('p', {}, cleanText(summary)),
    el('p', { lang: labelTag(language) }, el('a', { href: url }, t(wordsFor(language), 'feeds.full-text'))),
  ).markup
