/** What the draft form's script needs from the page: itself, its words in the page's language, places to speak in. */
import { t, wordKeys } from '../../../templates/words/index.ts'
import type { Frame } from './frame.tsx'

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

/** Who else is there, as known when the page was made; the script goes on from here. Trouble is spoken, being kept is not. */
export function Standing({ others }: { others: string[] }) {
  return (
    <div class="d-standing">
      <div id="others" role="status">
        {others.map((line) => (
          <p>{line}</p>
        ))}
      </div>
      <p id="trouble" class="late" role="status" />
      <p id="kept" class="hint" />
    </div>
  )
}
