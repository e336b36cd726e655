/** Which words a reader of each language sees around a text that was written by others. */
import type { Edition, Language, Mode, Named, Part } from '../../src/publication/edition.ts'
import { shownTitle } from '../../templates/page/site.ts'
import type { Lang } from '../../templates/words/index.ts'

/** Screen words exist in Chinese and English; a Mongolian entry carries Chinese labels. */
export const wordsFor = (language: Language): Lang => (language === 'en' ? 'en' : 'zh')

/** Language tag of the labels inside an entry, where it differs from the entry's own. */
export const labelTag = (language: Language): string | undefined => (language === 'mn-Mong-CN' ? 'zh-CN' : undefined)

export const nameIn = (name: Named, language: Language): string => (language === 'en' ? name.en : name.zh)

/** An exercise or a test says so before anything else it says, in the same words as the site. */
export const prefixed = (mode: Mode, language: Language, title: string): string =>
  shownTitle({ mode }, wordsFor(language), title)

export type Spoken = { language: Language; part: Part }

/** The part in the wanted language, or the release's first; null when nothing may be said. */
export function spoken(edition: Edition, wanted?: Language): Spoken | null {
  const parts = edition.content?.parts ?? {}
  const order: Language[] = [...(wanted ? [wanted] : []), 'zh-CN', 'mn-Mong-CN', 'en']
  const language = order.find((l) => parts[l] !== undefined)
  return language ? { language, part: parts[language] as Part } : null
}

/** Languages an edition speaks, Chinese first. */
export const languagesIn = (edition: Edition): Language[] =>
  (['zh-CN', 'mn-Mong-CN', 'en'] as const).filter((l) => edition.content?.parts[l] !== undefined)

/** Text that is ours and not the release's, in the language it is really in: there are no Mongolian words for it here. */
export const spokenBy = (language: Language): Language => (language === 'mn-Mong-CN' ? 'zh-CN' : language)

/** What changed since the edition before; a first edition changed nothing. */
export const changeNote = (edition: Edition, part: Part): string | undefined =>
  edition.type === 'first' ? undefined : part.changeNote
