/** Unsaved words found again: when they were typed, what differs, and the two things one can do with them. */
import { call } from './desk-call.ts'
import type { Fields, Kept } from './vault.ts'
import { said } from './words.ts'

export type Found = { id: string; kept: Kept; discard: () => Promise<void> }

let offers = 0

export function offer(form: HTMLFormElement, now: Fields, found: Found): void {
  const box = document.createElement('section')
  box.className = 'notice warn w-offer'
  const head = document.createElement('h2')
  head.id = `kept-${++offers}`
  head.textContent = said('kept.head', { time: wallTime(form, found.kept.at) })
  box.setAttribute('aria-labelledby', head.id)
  box.tabIndex = -1
  const differs = document.createElement('div')
  differs.className = 'w-differs'
  const restore = button(said('kept.restore'), () => send(form, found))
  restore.className = 'primary'
  const discard = button(said('kept.discard'), async () => {
    await found.discard()
    box.remove()
    form.querySelector<HTMLElement>('input:not([type=hidden])')?.focus()
  })
  const buttons = document.createElement('p')
  buttons.className = 'd-buttons'
  buttons.append(restore, discard)
  box.append(head, differs, buttons)
  form.before(box)
  if (offers === 1) box.focus()
  void compare(differs, now, found.kept.fields)
}

async function compare(place: HTMLElement, before: Fields, after: Fields): Promise<void> {
  const { body } = await call<{ html: string }>('POST', '/desk/keeps/comparison', { before, after })
  const fresh = new DOMParser().parseFromString(body?.html ?? '', 'text/html').body
  place.append(...fresh.childNodes)
}

function button(text: string, run: () => unknown): HTMLButtonElement {
  const b = document.createElement('button')
  b.type = 'button'
  b.textContent = text
  b.addEventListener('click', () => void run())
  return b
}

/** The words go to the server and come back in a form, as those of a refused one do: rows that were added are there again. */
function send(form: HTMLFormElement, { id, kept }: Found): void {
  const post = document.createElement('form')
  post.method = 'post'
  post.action = form.action
  post.enctype = 'multipart/form-data'
  post.hidden = true
  const put = (name: string, value: string) => {
    const input = document.createElement('textarea')
    input.name = name
    input.value = value
    post.append(input)
  }
  for (const [name, value] of kept.fields) put(name, value)
  put('do', 'restore')
  if (form.dataset['autosave'] === '') put('keep', id)
  document.body.append(post)
  post.submit()
}

/** The minute in the office's own offset; the day too where it is not today. */
export function wallTime(form: HTMLFormElement, iso: string): string {
  const m = /^([+-])(\d\d):(\d\d)$/.exec(form.dataset['offset'] ?? '')
  const ms = m ? (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3])) * 60_000 : 0
  const [then, today] = [Date.parse(iso), Date.now()].map((t) => new Date(t + ms).toISOString()) as [string, string]
  return then.slice(0, 10) === today.slice(0, 10) ? then.slice(11, 16) : then.slice(5, 16).replace('T', ' ')
}
