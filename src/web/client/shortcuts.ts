/** Hears the keys of the desk. Never while somebody types, never to sign or decide, and not at all where they were switched off. */
import { BEGIN, GO } from '../shortcuts.ts'

/** How long after g the second key is waited for. */
const SECOND_KEY_MS = 1500
const LIST = '/desk/shortcuts'

export function shortcuts(): void {
  let began = Number.NEGATIVE_INFINITY
  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return
    if (withControl(event)) return
    if (event.ctrlKey || event.metaKey || event.altKey || document.body.dataset['keys'] !== 'on') return
    if (document.querySelector('dialog[open]')) return
    const field = typingIn(event.target)
    if (field) {
      if (event.key === 'Escape') field.blur()
      return
    }
    const second = performance.now() - began < SECOND_KEY_MS
    began = Number.NEGATIVE_INFINITY
    if (second) {
      const place = GO.find(([key]) => key === event.key)
      if (place && follow(place[1])) event.preventDefault()
    } else if (event.key === 'g') began = performance.now()
    else if (single(event.key)) event.preventDefault()
  })
}

/** @returns whether the key means something here */
function single(key: string): boolean {
  const begin = BEGIN.find(([k]) => k === key)
  if (begin) return follow(begin[1])
  if (key === '/') return search()
  if (key === '?') {
    void list()
    return true
  }
  return key === 'j' || key === 'k' ? step(key === 'j' ? 1 : -1) : false
}

/** Saves and submits a draft. Forms of a verdict have no such button. */
function withControl(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return false
  const wanted = event.key === 's' ? 'save' : event.key === 'Enter' ? 'submit' : ''
  const button = document.querySelector<HTMLButtonElement>(`form[data-keep] button[name=do][value="${wanted}"]`)
  if (!wanted || !button || button.disabled) return false
  event.preventDefault()
  button.form?.requestSubmit(button)
  return true
}

function typingIn(target: EventTarget | null): HTMLElement | null {
  const at = target instanceof HTMLElement ? target : null
  const field = at?.closest<HTMLElement>('input,textarea,select,[contenteditable=""],[contenteditable=true]') ?? null
  return field instanceof HTMLInputElement && /^(checkbox|radio|button|submit)$/.test(field.type) ? null : field
}

/** Only where the page itself leads there: what is not in somebody's menu has no key. */
function follow(href: string): boolean {
  const link = document.querySelector<HTMLAnchorElement>(`a[href="${href}"]`)
  if (!link) return false
  location.assign(link.href)
  return true
}

function search(): boolean {
  const field = [...document.querySelectorAll<HTMLInputElement>('input[type=search]')].find((e) => e.offsetParent)
  if (!field) return follow('/desk/search')
  field.focus()
  field.select()
  return true
}

/** To the next title of the lists on the page, or the one before. */
function step(by: 1 | -1): boolean {
  const titles = [...document.querySelectorAll<HTMLElement>('main .d-rows a.title')]
  if (titles.length === 0) return false
  const row = document.activeElement?.closest('.d-rows>li')
  const at = titles.findIndex((t) => t === document.activeElement || (row?.contains(t) ?? false))
  const next = titles[Math.min(titles.length - 1, Math.max(0, at + by))] ?? titles[0]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
  return true
}

/** Over the page; where it cannot be fetched, as a page. */
async function list(): Promise<void> {
  const answer = await fetch(LIST, { headers: { accept: 'text/html' } }).catch(() => null)
  const whole = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null
  const keys = whole?.getElementById('shortcuts')
  if (!whole || !keys) return location.assign(LIST)
  const dialog = document.createElement('dialog')
  dialog.className = 'd-dialog'
  dialog.setAttribute('aria-labelledby', 'shortcuts-head')
  const head = document.createElement('h1')
  head.id = 'shortcuts-head'
  head.textContent = whole.querySelector('h1')?.textContent ?? ''
  const close = document.createElement('button')
  close.type = 'button'
  close.textContent = document.body.dataset['close'] ?? ''
  close.addEventListener('click', () => dialog.close())
  const more = document.createElement('a')
  more.href = LIST
  more.textContent = document.body.dataset['keysMore'] ?? ''
  const foot = document.createElement('p')
  foot.className = 'd-buttons'
  foot.append(close, more)
  dialog.append(head, keys, foot)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  close.focus()
}
