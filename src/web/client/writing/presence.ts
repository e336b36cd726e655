/** Says every 15 seconds that this draft is open here, and shows who else has it open. */
import { call } from './desk-call.ts'
import type { Keeper } from './keep.ts'
import { said } from './words.ts'

const EVERY_MS = 15_000
type Seen = { others: string[]; revision: number }

/** @returns asks at once whether the desk can be reached */
export function watchDraft(form: HTMLFormElement, keeper: Keeper): () => Promise<boolean> {
  const number = form.dataset['autosave'] ?? ''
  const path = `/desk/releases/${number}/presence`
  const revision = Number(form.dataset['revision'] ?? 0)
  const beat = async (): Promise<boolean> => {
    const { status, body } = number ? await call<Seen>('POST', path) : await call<Seen>('GET', '/desk/keeps')
    if (body && number) show(body, revision)
    trouble(
      status === 0 ? said('offline') : status === 401 ? said('signed-out') : status === 409 ? said('sent-on') : '',
    )
    if (status === 404) {
      await keeper.forget()
      clear(form)
    }
    return status === 200
  }
  void beat()
  setInterval(() => !document.hidden && void beat(), EVERY_MS)
  addEventListener('online', () => void beat())
  addEventListener('offline', () => trouble(said('offline')))
  addEventListener('pagehide', () => {
    if (number) void fetch(path, { method: 'DELETE', keepalive: true }).catch(() => {})
  })
  return beat
}

/** Sealed meanwhile: no word of it stays on the screen or in this browser. */
function clear(form: HTMLFormElement): void {
  const gone = paragraph(said('gone'))
  gone.className = 'notice warn'
  gone.setAttribute('role', 'alert')
  // The form tells whoever asks before leaving that nothing is open any more.
  form.dispatchEvent(new Event('submit'))
  document.querySelector('main')?.replaceChildren(gone)
}

function show({ others, revision }: Seen, mine: number): void {
  const place = document.getElementById('others')
  if (!place) return
  const lines = revision > mine ? [...others, said('newer', { n: revision })] : others
  if (place.textContent !== lines.join('')) place.replaceChildren(...lines.map(paragraph))
}

function paragraph(text: string): HTMLElement {
  const p = document.createElement('p')
  p.textContent = text
  return p
}

export function trouble(words: string): void {
  const place = document.getElementById('trouble')
  if (place && place.textContent !== words) place.textContent = words
}
