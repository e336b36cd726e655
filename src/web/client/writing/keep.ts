/**
 * No word is lost: what is typed is locked and laid into this browser within a third of a second, and handed to the desk every ten
 * seconds. The desk holds the key and gives it only to who may edit; once it is dropped both copies are noise.
 */
import { call } from './desk-call.ts'
import { offer, wallTime } from './offer.ts'
import { drop, type Fields, type Kept, keyFrom, lock, read, unlock, write } from './vault.ts'
import { said } from './words.ts'

type Key = { id: string; kind: string; key: string; kept: string | null }
type Held = { id: string; key: CryptoKey }

const LOCALLY_MS = 300
const REMOTELY_MS = 10_000
const AGAIN_MS = 3000

export type Keeper = {
  /** Writes what is not written yet. */ flush(): Promise<void> /** The words are nobody's any more. */
  forget(): Promise<void>
}

export async function keepDraft(form: HTMLFormElement): Promise<Keeper> {
  const number = form.dataset['autosave'] ?? ''
  const first = fieldsOf(form)
  let held: Held | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let handed = ''
  let locked = ''

  const flush = async (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    held ??= await begin(form, number)
    if (!held) {
      // No key, no copy: nothing is ever laid down in clear.
      tell(said('kept.no-key'))
      timer = setTimeout(flush, AGAIN_MS)
      return
    }
    const kept: Kept = { at: new Date().toISOString(), fields: fieldsOf(form) }
    locked = await lock(held.key, kept)
    await write(held.id, locked)
    tell(said('kept.here', { time: wallTime(form, kept.at) }))
  }
  const typed = () => {
    timer ??= setTimeout(flush, LOCALLY_MS)
  }
  const handOver = async (): Promise<void> => {
    if (!held || locked === handed) return
    const sending = locked
    const { status } = await call('PUT', `/desk/keeps/${held.id}`, { kept: sending })
    if (status === 204) handed = sending
  }
  const forget = async () => {
    clearTimeout(timer)
    if (held) await drop(held.id)
    held = null
  }

  if (!globalThis.crypto?.subtle) {
    tell(said('kept.no-lock'))
    return { flush: async () => {}, forget: async () => {} }
  }
  form.addEventListener('input', (event) => {
    if (!(event.target as HTMLElement).dataset['aside']) typed()
  })
  form.addEventListener('change', typed)
  document.addEventListener('visibilitychange', () => document.hidden && timer && void flush().then(handOver))
  addEventListener('online', () => void handOver())
  setInterval(handOver, REMOTELY_MS)
  held = await comeBack(form, number, first)
  if (form.dataset['unsaved'] !== undefined) typed()
  return { flush, forget }
}

/** Everything the form would send but the file and the button. */
export const fieldsOf = (form: HTMLFormElement): Fields =>
  [...new FormData(form)].filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && pair[0] !== 'keep' && pair[0] !== 'do',
  )

/** Whether the same words stand in both; empty fields and the count of saves say nothing. */
function same(a: Fields, b: Fields): boolean {
  const words = (f: Fields) =>
    JSON.stringify(f.filter(([name, v]) => v !== '' && name !== 'version' && name !== 'how').sort(byBoth))
  return words(a) === words(b)
}
const byBoth = (a: [string, string], b: [string, string]) => (a.join() < b.join() ? -1 : 1)

async function begin(form: HTMLFormElement, number: string): Promise<Held | null> {
  const kind = form.querySelector<HTMLSelectElement>('[name="core.kind"]')?.value
  const { body } = number
    ? await call<Key>('POST', `/desk/releases/${number}/keep`)
    : await call<Key>('POST', '/desk/keeps', { kind })
  if (!body) return null
  holdsIt(form, body.id)
  return { id: body.id, key: await keyFrom(body.key) }
}

/** The save that follows says which copy it makes needless. */
function holdsIt(form: HTMLFormElement, id: string): void {
  const field = form.querySelector<HTMLInputElement>('input[name=keep]')
  if (field) field.value = id
}

/** Looks for words left from before. @returns the key of this form, where it has one already */
async function comeBack(form: HTMLFormElement, number: string, now: Fields): Promise<Held | null> {
  const kind = now.find(([name]) => name === 'core.kind')?.[1]
  const own = form.querySelector<HTMLInputElement>('input[name=keep]')?.value
  const { body } = number
    ? await call<Key>('POST', `/desk/releases/${number}/keep`)
    : await call<{ keeps: Key[] }>('GET', '/desk/keeps')
  if (!body) return null
  const keys = 'keeps' in body ? body.keeps.filter((k) => k.kind === kind || k.id === own) : [body]
  let held: Held | null = null
  for (const k of keys) {
    const key = await keyFrom(k.key)
    const kept = await newest(key, await read(k.id), k.kept)
    if (number || k.id === own) {
      held = { id: k.id, key }
      holdsIt(form, k.id)
    }
    if (!kept) continue
    const discard = async () => {
      await drop(k.id)
      await call('DELETE', `/desk/keeps/${k.id}`)
      // A form without a number lost its key with the words: the next ones begin anew.
    }
    if (same(kept.fields, now)) {
      if (form.dataset['unsaved'] === undefined) await discardSaved(k, number, discard)
    } else if (k.id !== own || number) await offer(form, now, { id: k.id, kept, discard })
  }
  return held
}

/** What was saved meanwhile needs no copy. */
const discardSaved = async (k: Key, number: string, discard: () => Promise<void>): Promise<void> => {
  if (number) await drop(k.id)
  else await discard()
}

async function newest(key: CryptoKey, here: string | undefined, there: string | null): Promise<Kept | null> {
  const both = await Promise.all([here, there].map((locked) => (locked ? unlock(key, locked) : null)))
  return both.filter((k) => k !== null).sort((a, b) => (a.at < b.at ? 1 : -1))[0] ?? null
}

function tell(words: string): void {
  const place = document.getElementById('kept')
  if (place) place.textContent = words
}
