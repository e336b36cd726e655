/** Browser code: finds areas by typing, unfolds what the page did not carry, and says in words what is chosen. */
import { choiceInWords } from '../../../templates/page/choice-summary.ts'
import { choiceWords } from '../../../templates/words/readers.ts'

const english = document.documentElement.lang.toLowerCase().startsWith('en')
const lang = english ? 'en' : 'zh'
type Key = keyof typeof choiceWords
const say = (key: Key, params: Record<string, string | number> = {}): string =>
  choiceWords[key][english ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole))

type Line = [code: string, zh: string, en: string, parent: string | null]
/** So many are shown of what was found. */
const SHOWN = 12

const nameOf = ([, zh, en]: Line): string => (english && en ? en : zh)

/** A label with its box, as the page has them. */
function choice(value: string, text: string, checked: boolean, name: string): HTMLLabelElement {
  const label = document.createElement('label')
  label.className = 'choice'
  const box = document.createElement('input')
  Object.assign(box, { type: 'checkbox', value, checked })
  if (name) box.name = name
  label.append(box, text)
  return label
}

/** What the boxes of the field are called: the desk's form has its own name for them. */
const nameIn = (field: Element): string => field.closest<HTMLElement>('[data-places]')?.dataset['name'] ?? 'areas[]'
/** At the desk only places the agency speaks for are offered: those that lie in a root of its tree. */
function offeredIn(field: HTMLElement, all: Line[]): Line[] {
  const roots = field.dataset['offered']?.split(' ').filter(Boolean)
  if (!roots) return all
  const parents = new Map(all.map((line) => [line[0], line[3]]))
  const within = (code: string | null | undefined, seen = 0): boolean =>
    Boolean(code) && seen < 8 && (roots.includes(code as string) || within(parents.get(code as string), seen + 1))
  return all.filter((line) => within(line[0]))
}

/** Mounts the field. `changed` is called whenever something is ticked by us and not by the reader's own hand. */
export function mountPlaces(field: HTMLElement, changed: () => void): void {
  let asked: Promise<Line[]> | undefined
  const lines = (): Promise<Line[]> => {
    asked ??= fetch(field.dataset['places'] as string).then((r) => {
      if (!r.ok) throw new Error(String(r.status))
      return r.json().then((all) => offeredIn(field, all as Line[]))
    })
    asked.catch(() => {
      asked = undefined
    })
    return asked
  }
  // Whoever has script finds smaller places by typing.
  field.querySelector<HTMLTextAreaElement>('#places')?.value || field.querySelector('.place-names')?.remove()
  for (const list of field.querySelectorAll<HTMLElement>('ul[data-in]')) {
    // One that stands open, for what is ticked in it, will not be opened again.
    if ((list.parentElement as HTMLDetailsElement).open) void unfold(list, lines)
    else list.parentElement?.addEventListener('toggle', () => void unfold(list, lines), { once: true })
  }
  mountFinder(field, lines, changed)
  field.addEventListener('change', (event) => mirror(field, event.target as HTMLInputElement))
}

async function unfold(list: HTMLElement, lines: () => Promise<Line[]>): Promise<void> {
  const all = await lines().catch(() => null)
  if (!all) return
  const there = new Set([...list.querySelectorAll('input')].map((box) => box.value))
  const more = all.filter((line) => line[3] === list.dataset['in'] && !there.has(line[0]))
  list.querySelector(':scope > .hint')?.remove()
  for (const line of more) {
    const item = document.createElement('li')
    const field = list.closest('fieldset') as HTMLElement
    item.append(choice(line[0], nameOf(line), boxOf(field, line[0])?.checked ?? false, nameIn(field)))
    list.append(item)
  }
}

/** The box that counts: one of the tree, or of those picked besides. */
const boxOf = (field: HTMLElement, code: string): HTMLInputElement | null =>
  field.querySelector(`input[name="${nameIn(field)}"][value="${code}"]`)

/** Two boxes of one place, found and in the tree, are never of two minds. */
function mirror(field: HTMLElement, box: HTMLInputElement): void {
  if (box.type !== 'checkbox') return
  for (const twin of field.querySelectorAll<HTMLInputElement>(`input[type=checkbox][value="${box.value}"]`))
    twin.checked = box.checked
}

function mountFinder(field: HTMLElement, lines: () => Promise<Line[]>, changed: () => void): void {
  const place = field.querySelector<HTMLElement>('[data-find]')
  if (!place) return
  const label = document.createElement('label')
  label.htmlFor = 'find-place'
  label.textContent = say('place.find')
  const input = document.createElement('input')
  Object.assign(input, { id: 'find-place', type: 'search', autocomplete: 'off', placeholder: say('place.find.hint') })
  const said = document.createElement('p')
  said.className = 'hint'
  said.setAttribute('role', 'status')
  const found = document.createElement('ul')
  found.className = 'found'
  const picked = document.createElement('div')
  picked.className = 'picked'
  place.append(label, input, said, found, picked)
  // Enter looks, and does not send the form half filled in.
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') event.preventDefault()
  })
  input.addEventListener('input', async () => {
    const wanted = input.value.trim().toLowerCase()
    const all = await lines().catch(() => null)
    if (wanted !== input.value.trim().toLowerCase()) return
    if (!all) {
      said.textContent = say('place.failed')
      return
    }
    const byCode = new Map(all.map((line) => [line[0], line]))
    const hits = wanted === '' ? [] : rank(all, wanted)
    const many = hits.length > SHOWN
    said.textContent =
      wanted === ''
        ? ''
        : hits.length === 0
          ? say('place.none')
          : say(many ? 'place.found.many' : 'place.found', { n: hits.length, shown: SHOWN })
    found.replaceChildren(...hits.slice(0, SHOWN).map((line) => item(line, byCode)))
  })
  const item = (line: Line, byCode: Map<string, Line>): HTMLLIElement => {
    const made = document.createElement('li')
    const over = above(line, byCode)
    const label = choice(line[0], nameOf(line), boxOf(field, line[0])?.checked ?? false, '')
    if (over) {
      const small = document.createElement('span')
      small.className = 'over'
      small.textContent = over
      label.append(small)
    }
    made.append(label)
    made.addEventListener('change', (event) => {
      const box = event.target as HTMLInputElement
      const own = boxOf(field, line[0])
      if (own) own.checked = box.checked
      else pick(line, box.checked)
      changed()
    })
    return made
  }
  /** A place the tree does not show stands here, so that it can be seen and taken back. */
  const pick = (line: Line, checked: boolean): void => {
    if (!checked) return
    if (!picked.firstChild)
      picked.append(Object.assign(document.createElement('p'), { textContent: say('place.picked') }))
    picked.append(choice(line[0], nameOf(line), true, nameIn(field)))
  }
}

/** Names that begin so before names that hold it. */
function rank(all: Line[], wanted: string): Line[] {
  const at = ([code, zh, en]: Line): number => {
    if (code === wanted) return 0
    const places = [zh.toLowerCase().indexOf(wanted), en.toLowerCase().indexOf(wanted)].filter((n) => n >= 0)
    return places.length ? Math.min(...places) : -1
  }
  return all
    .map((line) => ({ line, at: at(line) }))
    .filter((x) => x.at >= 0)
    .sort((a, b) => a.at - b.at)
    .map((x) => x.line)
}

function above(line: Line, byCode: Map<string, Line>): string {
  const names: string[] = []
  for (let up = byCode.get(line[3] ?? ''); up && names.length < 4; up = byCode.get(up[3] ?? '')) names.push(nameOf(up))
  return names.join(english ? ', ' : ' · ')
}

/** Says what is chosen, again whenever it changes. `by` says the way. @returns to be called where something changed */
export function mountWords(form: HTMLFormElement, by: () => Parameters<typeof choiceInWords>[1]['by']): () => void {
  const line = form.querySelector<HTMLElement>('[data-in-words]')
  const tell = (): void => {
    if (!line) return
    const data = new FormData(form)
    const text = (name: string) => String(data.get(name) ?? '') || undefined
    const labelled = (name: string) =>
      [...form.querySelectorAll<HTMLInputElement>(`input[name="${name}"]:checked`)].map((box) => ({
        box,
        name: box.parentElement?.textContent?.trim() ?? box.value,
      }))
    const areas = labelled('areas[]').filter(
      ({ box }) => !box.closest('li')?.parentElement?.closest('li:has(> label > input:checked)') && !insideChosen(box),
    )
    const language = form.querySelector<HTMLSelectElement>('select[name=language]')
    line.textContent = choiceInWords(lang, {
      urgency: text('urgency'),
      frequency: text('frequency'),
      topicRule: text('topicRule'),
      language: language?.selectedOptions[0]?.text,
      topics: labelled('topics[]').map((x) => x.name),
      areas: areas.map(({ box, name }) => ({ name, within: Boolean(box.closest('li')?.querySelector('details')) })),
      by: by(),
    })
  }
  form.addEventListener('input', tell)
  form.addEventListener('change', tell)
  tell()
  return tell
}

/** Whether it lies, at any depth, in a place of the tree that is ticked. */
function insideChosen(box: HTMLInputElement): boolean {
  for (let item = box.closest('li')?.parentElement?.closest('li'); item; item = item.parentElement?.closest('li'))
    if (item.querySelector<HTMLInputElement>(':scope > label > input')?.checked) return true
  return false
}
