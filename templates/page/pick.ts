/** Reading an edition: which languages it has, which one a reader gets, and whether anything may be shown at all. */
import type { Content, Edition, Language, Part } from '../../src/publication/edition.ts'
import { FOLDER } from './site.ts'

const ORDER: readonly Language[] = ['zh-CN', 'mn-Mong-CN', 'en']

/** Languages of the content, Chinese first. */
export const languagesIn = (content: Content): Language[] => ORDER.filter((l) => content.parts[l] !== undefined)

/** The part for a reader of `wanted`: theirs, else Chinese, else the first there is. */
export function pickPart(content: Content, wanted: Language): { language: Language; part: Part } {
  const language = content.parts[wanted] ? wanted : (languagesIn(content)[0] ?? 'zh-CN')
  return { language, part: content.parts[language] ?? { title: '', blocks: {}, body: '' } }
}

/** An edition whose text may be shown. */
export type Shown = Edition & { content: Content }

/** False for a withdrawal, a takedown, and anything whose content was erased. */
export const isShown = (e: Edition): e is Shown =>
  e.content !== null && e.type !== 'withdrawal' && e.type !== 'takedown'

/** 首报, 续报, 终报: what the situation is, as against a press conference or a clarification about it. */
export const isReport = (e: Edition): e is Shown => isShown(e) && e.kind.startsWith('incident-')

/** Path of one language of a release: the first language at the address itself, others in a folder below it. */
export const languagePath = (edition: Shown, language: Language): string =>
  edition.address + (language === languagesIn(edition.content)[0] ? '' : FOLDER[language])
