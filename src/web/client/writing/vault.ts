/** Unsaved words in this browser: locked with a key that lies here only while the page is open. IndexedDB holds nothing else. */

export type Fields = [name: string, value: string][]
/** What is locked: the form and when it was typed; `earlier`, words found here before that nobody has decided on yet. */
export type Kept = {
  at: string
  fields: Fields
  earlier?: Kept[] /** When it was laid down, where that is later. */
  put?: string
}

const DB = 'ortoo-drafts'
const STORE = 'kept'

function open(): Promise<IDBDatabase> {
  return new Promise((done, fail) => {
    const request = indexedDB.open(DB, 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
}

async function within<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open()
  try {
    return await new Promise((done, fail) => {
      // Strict: on the disk before it counts as kept.
      const trx = db.transaction(STORE, mode, { durability: 'strict' })
      const request = work(trx.objectStore(STORE))
      trx.oncomplete = () => done(request.result)
      trx.onabort = () => fail(trx.error)
    })
  } finally {
    db.close()
  }
}

export const read = (id: string): Promise<string | undefined> =>
  within('readonly', (s) => s.get(id) as IDBRequest<string | undefined>)
export const write = (id: string, locked: string): Promise<unknown> => within('readwrite', (s) => s.put(locked, id))
export const drop = (id: string): Promise<unknown> => within('readwrite', (s) => s.delete(id))
/** Copies under `prefix` whose key is gone are noise: swept out. */
export async function sweep(prefix: string, known: string[]): Promise<void> {
  const there = (await within('readonly', (s) => s.getAllKeys())) as string[]
  for (const name of there) if (name.startsWith(prefix) && !known.includes(name)) await drop(name)
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
function textOf(bytes: Uint8Array): string {
  let raw = ''
  for (let i = 0; i < bytes.length; i += 0x8000) raw += String.fromCharCode(...bytes.subarray(i, i + 0x8000))
  return btoa(raw).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** The key cannot be read out again. */
export const keyFrom = (key: string): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', bytesOf(key), 'AES-GCM', false, ['encrypt', 'decrypt'])

export async function lock(key: CryptoKey, kept: Kept): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const words = new TextEncoder().encode(JSON.stringify(kept))
  const body = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, words))
  const whole = new Uint8Array(12 + body.length)
  whole.set(iv)
  whole.set(body, 12)
  return textOf(whole)
}

/** Null for what another key locked. */
export async function unlock(key: CryptoKey, locked: string): Promise<Kept | null> {
  try {
    const bytes = bytesOf(locked)
    const words = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytes.slice(0, 12) }, key, bytes.slice(12))
    return JSON.parse(new TextDecoder().decode(words)) as Kept
  } catch {
    return null
  }
}
