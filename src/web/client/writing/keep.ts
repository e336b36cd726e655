/**
 * No word is lost: what is typed is locked and laid into this browser within a third of a second, and handed to the desk every ten
 * seconds. The desk holds the key and gives it only to who may edit; once it is dropped both copies are noise.
 */
import { withoutIdle } from '../../views/idle-rows.ts'
import { call } from './desk-call.ts'
import { offer, wallTime } from './offer.ts'
import { drop, type Fields, type Kept, keyFrom, lock, read, sweep, unlock, write } from './vault.ts'
import { said } from './words.ts'

type Key = { id: string; kind: string; key: string; kept: string | null }
/** `name` is where its copy lies in this browser: whose, of which draft, under which key. */
type Held = { id: string; name: string; key: CryptoKey }
export type Keeper = {
  /** Writes what is not written yet, if anything is. */
  flushDue(): Promise<void>
  /** The words are nobody's any more. */
  forget(): Promise<void>
}

const LOCALLY_MS = 300
const REMOTELY_MS = 10_000
const AGAIN_MS = 3000
/** Words of so many earlier times are kept beside the present ones while nobody has decided on them. */
const MOST_EARLIER = 3

export function keepDraft(form: HTMLFormElement): Keeper {
  if (!globalThis.crypto?.subtle) {
    tell(said('kept.no-lock'))
    return { flushDue: async () => {}, forget: async () => {} }
  }
  const keeping = new Keeping(form)
  form.addEventListener('input', (event) => {
    if (!(event.target as HTMLElement).dataset['aside']) keeping.typed()
  })
  form.addEventListener('change', () => keeping.typed())
  document.addEventListener('visibilitychange', () => document.hidden && void keeping.flushDue().then(keeping.handOver))
  addEventListener('online', () => void keeping.handOver())
  setInterval(keeping.handOver, REMOTELY_MS)
  void keeping.comeBack()
  return keeping
}

class Keeping implements Keeper {
  private readonly form: HTMLFormElement
  private readonly number: string
  private readonly prefix: string
  private readonly first: Fields
  private held: Held | null = null
  private looking: Promise<boolean> | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private locked = ''
  private handed = ''
  private earlier: Kept[] = []

  constructor(form: HTMLFormElement) {
    this.form = form
    this.number = form.dataset['autosave'] ?? ''
    this.prefix = `${form.dataset['writer']}/${this.number || 'new'}/`
    this.first = fieldsOf(form)
  }

  /** Whoever comes back while the desk is busy is offered their words a little later. */
  async comeBack(): Promise<void> {
    while (!(await this.ready())) await new Promise((again) => setTimeout(again, AGAIN_MS))
    // What was refused or brought back is not saved either.
    if (this.form.dataset['unsaved'] !== undefined) this.typed()
  }

  typed(): void {
    this.timer ??= setTimeout(() => void this.flush(), LOCALLY_MS)
  }

  /** A page that is left without a word typed leaves nothing behind. */
  async flushDue(): Promise<void> {
    if (this.timer) await this.flush()
  }

  private async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    // Nothing is laid down before it is known what lies there; without a key nothing is laid down at all.
    if (await this.ready()) this.held ??= await this.begin()
    const { held } = this
    if (!held) {
      tell(said('kept.no-key'))
      this.timer = setTimeout(() => void this.flush(), AGAIN_MS)
      return
    }
    const at = new Date().toISOString()
    const fields = fieldsOf(this.form)
    const isNew = this.form.dataset['unsaved'] !== undefined || !same(fields, this.first)
    const kept = [...(isNew ? [{ at, fields }] : []), ...this.earlier]
    await this.put(held, kept)
    tell(isNew ? said('kept.here', { time: wallTime(this.form, at) }) : '')
  }

  /** Newest first; where there are none the copy goes. */
  private async put(held: Held, [newest, ...earlier]: Kept[]): Promise<void> {
    this.locked = newest ? await lock(held.key, { ...newest, earlier, put: new Date().toISOString() }) : ''
    if (newest) return void (await write(held.name, this.locked))
    await discard(held)
    // A form without a number gives up its key with its words.
    if (!this.number) this.held = null
  }

  readonly handOver = async (): Promise<void> => {
    const { held, locked } = this
    if (!held || !locked || locked === this.handed) return
    const { status } = await call('PUT', `/desk/keeps/${held.id}`, { kept: locked })
    if (status === 204) this.handed = locked
    if (status !== 404) return
    // Saved from another window: there is a new key.
    await drop(held.name)
    this.held = null
    this.looking = null
    await this.flush()
  }

  async forget(): Promise<void> {
    clearTimeout(this.timer)
    if (this.held) await drop(this.held.name)
    this.held = null
  }

  /** Looks once for words left from before. @returns false where the desk was not reached: asked again the next time */
  ready(): Promise<boolean> {
    this.looking ??= this.look().then((reached) => {
      if (!reached) this.looking = null
      return reached
    })
    return this.looking
  }

  private async look(): Promise<boolean> {
    const { body } = this.number
      ? await call<Key>('POST', `/desk/releases/${this.number}/keep`)
      : await call<{ keeps: Key[] }>('GET', '/desk/keeps')
    if (!body) return false
    const keys = 'keeps' in body ? body.keeps : [body]
    await sweep(
      this.prefix,
      keys.map((k) => this.prefix + k.id),
    )
    const own = this.form.querySelector<HTMLInputElement>('input[name=keep]')?.value
    const kind = this.first.find(([name]) => name === 'core.kind')?.[1]
    for (const k of keys) {
      const held = await this.hold(k)
      if (this.number || k.id === own) this.held = held
      if (this.number || k.id === own || k.kind === kind) await this.showLeft(k, held, k.id === own)
    }
    return true
  }

  private async showLeft(k: Key, held: Held, isThis: boolean): Promise<void> {
    const kept = await newest(held.key, await read(held.name), k.kept)
    if (!kept) return
    const left = [kept, ...(kept.earlier ?? [])].slice(0, MOST_EARLIER)
    // The form that was refused or brought back holds the newest itself.
    const offered = left.filter((x, i) => !same(x.fields, this.first) && !(isThis && !this.number && i === 0))
    if (this.number || isThis) this.earlier = offered
    if (this.number || isThis) this.sayUndecided()
    if (offered.length === 0 && this.form.dataset['unsaved'] === undefined) await discard(held)
    for (const one of offered) {
      const decided = async () => {
        offered.splice(offered.indexOf(one), 1)
        this.sayUndecided()
        if (this.held?.id === held.id) await this.flush()
        else await this.put(held, offered)
      }
      offer(this.form, this.first, { id: held.id, kept: one, discard: decided })
    }
  }

  /** A save leaves the key where words wait to be decided on. */
  private sayUndecided(): void {
    const field = this.form.querySelector<HTMLInputElement>('input[name=undecided]')
    if (field) field.value = this.earlier.length ? '1' : ''
  }

  private async begin(): Promise<Held | null> {
    const kind = this.form.querySelector<HTMLSelectElement>('[name="core.kind"]')?.value
    const { body } = this.number
      ? await call<Key>('POST', `/desk/releases/${this.number}/keep`)
      : await call<Key>('POST', '/desk/keeps', { kind })
    if (!body) return null
    // The save that follows says which copy it makes needless.
    const field = this.form.querySelector<HTMLInputElement>('input[name=keep]')
    if (field) field.value = body.id
    return this.hold(body)
  }

  private async hold(k: Key): Promise<Held> {
    return { id: k.id, name: this.prefix + k.id, key: await keyFrom(k.key) }
  }
}

/** Both at once: whoever leaves the page at this moment has discarded it all the same. */
async function discard(held: Held): Promise<void> {
  await Promise.all([call('DELETE', `/desk/keeps/${held.id}`), drop(held.name)])
}

/** Everything the form would send but the file and the button. */
export const fieldsOf = (form: HTMLFormElement): Fields =>
  [...new FormData(form)].filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string' && !/^(keep|do|undecided)$/.test(pair[0]),
  )

/** Whether the same words stand in both; empty fields and the count of saves say nothing. */
function same(a: Fields, b: Fields): boolean {
  const words = (f: Fields) =>
    JSON.stringify(
      withoutIdle(f)
        .filter(([name, v]) => v !== '' && !PASSING.includes(name))
        .sort(byBoth),
    )
  return words(a) === words(b)
}
const PASSING = ['version', 'how']
const byBoth = (a: [string, string], b: [string, string]) => (a.join() < b.join() ? -1 : 1)

async function newest(key: CryptoKey, here: string | undefined, there: string | null): Promise<Kept | null> {
  const both = await Promise.all([here, there].map((locked) => (locked ? unlock(key, locked) : null)))
  return both.filter((k) => k !== null).sort((a, b) => ((a.put ?? a.at) < (b.put ?? b.at) ? 1 : -1))[0] ?? null
}

function tell(words: string): void {
  const place = document.getElementById('kept')
  if (place) place.textContent = words
}
