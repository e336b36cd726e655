/** What the draft form's script needs from the page: itself, its words in the page's language, places to speak in. */
import { t, wordKeys } from '../../../templates/words/index.ts'
import { LANGUAGES } from '../../desk/content.ts'
import type { Fields } from './fields.ts'
import { type Frame, say } from './frame.tsx'

const OWN = 'writing.'
const KEYS = () => wordKeys().filter((key) => key.startsWith(OWN))

export function WritingScript({ f }: { f: Frame }) {
  const words = Object.fromEntries(KEYS().map((key) => [key.slice(OWN.length), t(f.lang, key)]))
  return (
    <>
      <script src="/assets/editor.js" type="module" />
      <div id="writing-words" hidden data-words={JSON.stringify(words)} />
    </>
  )
}

/** Where the script says why nothing could be sent; spoken too. */
export const Trouble = () => <p id="trouble" class="late" role="status" />

/** Who else is there, as known when the page was made; the script goes on from here. Being kept is not spoken. */
export function Standing({ others }: { others: string[] }) {
  return (
    <div class="d-standing">
      <div id="others" role="status">
        {others.map((line) => (
          <p>{line}</p>
        ))}
      </div>
      <p id="kept" class="hint" />
    </div>
  )
}

/** One Word file for each language, as it was last saved. */
export function WordLinks(p: { f: Frame; number: string; fields: Fields }) {
  const T = say(p.f)
  const there = LANGUAGES.filter((l) => [...p.fields.keys()].some((name) => name.startsWith(`parts.${l}.`)))
  return (
    <>
      {there.map((l) => (
        <a href={`/desk/releases/${p.number}/draft.docx?part=${l}`} download>
          {there.length > 1 ? T('editor.word.take-of', { language: T(`field.${l}`) }) : T('editor.word.take')}
        </a>
      ))}
    </>
  )
}
