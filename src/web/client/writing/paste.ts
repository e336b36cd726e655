/** What Word, WPS and web pages put on the clipboard, as plain structure: words kept, dress and what nobody saw left behind. Needs a DOM. */
import { goodHref } from '../../../lib/good-href.ts'
import { attached } from './attached.ts'

export type Pasted = { html: string; pictures: number; hidden: number; struck: number }

const NOT_WORDS = 'style,script,meta,link,title,xml,head,template,object,iframe,svg,math,input,button,select,textarea'
const INLINE: [test: (style: string, e: Element) => boolean, tag: string][] = [
  [(s) => /(^|;)font-weight:(bold|bolder|[6-9]00)\b/.test(s), 'strong'],
  [(s) => /(^|;)font-style:(italic|oblique)/.test(s), 'em'],
  [(s, e) => /(^|;)text-decoration[\w-]*:[^;]*underline/.test(s) && !e.closest('a'), 'u'],
  [(s) => /(^|;)text-decoration[\w-]*:[^;]*line-through/.test(s), 's'],
  [(s) => /(^|;)vertical-align:super/.test(s), 'sup'],
  [(s) => /(^|;)vertical-align:sub/.test(s), 'sub'],
]
/** Heads of Word and WPS begin at 1 under the title of the document; of a web page the first is its title. */
const OFFICE: Record<string, string> = { h2: 'h3', h3: 'h4' }
/** What parts paragraphs and means nothing else. */
const BLOCKS = 'p,div,h1,h2,h3,h4,h5,h6,ul,ol,li,table,blockquote,section,article'

export function cleanPaste(source: string): Pasted {
  const fragment = /<!--StartFragment-->([\s\S]*)<!--EndFragment-->/i.exec(source)?.[1]
  const isOffice = /xmlns:o=|class="?Mso|WPS Office/i.test(source)
  const doc = new DOMParser().parseFromString(unstyled(wholeTable(fragment ?? source)), 'text/html')
  const { body } = doc
  const counts = { pictures: 0, hidden: 0, struck: 0 }
  dropComments(doc)
  for (const e of body.querySelectorAll(NOT_WORDS)) e.remove()
  // Word draws marks of lists as words of their own; they are read before what is hidden goes.
  lists(doc)
  counts.hidden = drop(body, isHidden)
  counts.struck = drop(body, isStruck)
  drop(body, isRemark)
  counts.pictures = drop(body, (e) => /^(img|picture|v:.*|w:.*)$/i.test(e.tagName) && !isOwnPicture(e))
  for (const e of [...body.querySelectorAll('*')].reverse()) plain(e, doc, isOffice)
  return {
    html: body.innerHTML
      .replace(/&nbsp;/g, ' ')
      .replace(/[ \t\r\n]+/g, ' ')
      .trim(),
    ...counts,
  }
}

/** Excel and WPS cut the fragment inside the table. */
const wholeTable = (html: string): string =>
  /^\s*<(col|colgroup|tr|td|tbody)\b/i.test(html) ? `<table>${html}</table>` : html

/** The policy of the page forbids styles and handlers and says so for each: they are read from an attribute of another name. */
const unstyled = (html: string): string =>
  html
    .replace(/<style\b[\s\S]*?<\/style>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(style|on\w+)\s*=/gi, ' data-$1='))

function dropComments(doc: Document): void {
  const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_COMMENT)
  const found: Node[] = []
  while (walker.nextNode()) found.push(walker.currentNode)
  for (const node of found) (node as ChildNode).remove()
}

function drop(body: Element, which: (e: Element) => boolean): number {
  const found = [...body.querySelectorAll('*')].filter(which)
  for (const e of found) e.remove()
  return found.length
}

const styleOf = (e: Element): string =>
  (e.getAttribute('data-style') ?? '').toLowerCase().replace(/\s*([:;])\s*/g, '$1')
const isHidden = (e: Element) =>
  /mso-hide:\s*(all|screen)|display:none|visibility:hidden/.test(styleOf(e)) || e.hasAttribute('hidden')
const isStruck = (e: Element) => e.tagName === 'DEL' || /\bmsodel\b/i.test(e.className)
/** Of this draft, copied within it. */
const isOwnPicture = (e: Element) =>
  e.tagName === 'IMG' && attached().some((f) => f.sha256 === e.getAttribute('data-sha256'))
const isRemark = (e: Element) =>
  /\bmsocom(mentreference|mentsubject|mentshow|txt|hdr|anchor|off)?\w*/i.test(e.className) ||
  /mso-(element:comment|comment-)/.test(styleOf(e)) ||
  /^#_msocom|^#_cmnt/.test(e.getAttribute('href') ?? '') ||
  e.tagName === 'W:SDTPR'

/** The element as one the body may hold: its own tag, or its words alone. */
function plain(e: Element, doc: Document, isOffice: boolean): void {
  const raw = styleOf(e)
  const own = tagFor(e, raw)
  const tag = (isOffice && e.tagName.toLowerCase() === own ? OFFICE[own] : undefined) ?? own
  if (tag === null) {
    wrapInline(e, raw, doc)
    e.replaceWith(...e.childNodes)
    return
  }
  const to = doc.createElement(tag)
  to.append(...e.childNodes)
  if (tag === 'img') for (const name of ['data-sha256', 'alt']) to.setAttribute(name, e.getAttribute(name) ?? '')
  const href = tag === 'a' ? goodHref(e.getAttribute('href') ?? undefined) : undefined
  if (href) to.setAttribute('href', href)
  for (const name of tag === 'td' || tag === 'th' ? ['colspan', 'rowspan', 'scope'] : []) {
    const value = e.getAttribute(name)
    if (value && value !== '1') to.setAttribute(name, value)
  }
  if (/^h\d$/.test(tag)) for (const bold of to.querySelectorAll('strong,b')) bold.replaceWith(...bold.childNodes)
  else if (!['ul', 'ol', 'table', 'tbody', 'thead', 'tr'].includes(tag)) wrapInline(e, raw, doc, to)
  e.replaceWith(to)
}

const KEPT: Record<string, string> = {
  ...Object.fromEntries(
    [
      'p',
      'h2',
      'h3',
      'h4',
      'ul',
      'ol',
      'li',
      'blockquote',
      'br',
      'hr',
      'table',
      'thead',
      'tbody',
      'tr',
      'td',
      'th',
    ].map((t) => [t, t]),
  ),
  ...{ h1: 'h2', h5: 'h4', h6: 'h4', strong: 'strong', b: 'strong', em: 'em', i: 'em', u: 'u', s: 's', strike: 's' },
  ...{
    sub: 'sub',
    sup: 'sup',
    img: 'img',
    figure: 'figure',
    figcaption: 'figcaption',
    caption: 'p',
    dt: 'p',
    dd: 'p',
    pre: 'p',
  },
}

function tagFor(e: Element, raw: string): string | null {
  const name = e.tagName.toLowerCase()
  const level = Number(/mso-outline-level:([1-9])/.exec(raw)?.[1] ?? 0)
  if (name === 'p' && level) return level === 1 ? 'h2' : level === 2 ? 'h3' : 'h4'
  if (name === 'p' && /\bmsotitle\b/i.test(e.className)) return 'h2'
  if (name === 'a') return goodHref(e.getAttribute('href') ?? undefined) ? 'a' : null
  // A web page's editor puts everything into one <b> that is not bold.
  if ((name === 'b' || name === 'strong') && /font-weight:(normal|[1-4]00)/.test(raw)) return null
  if (name === 'div' || name === 'section' || name === 'article') return e.querySelector(BLOCKS) ? null : 'p'
  if (name === 'p' && e.querySelector(BLOCKS)) return null
  return KEPT[name] ?? null
}

/** Weight and slant said by style become marks around the words. */
function wrapInline(e: Element, raw: string, doc: Document, around: Element = e): void {
  if (!raw || around.textContent?.trim() === '' || around.querySelector(BLOCKS)) return
  for (const [test, tag] of INLINE) {
    if (!test(raw, e) || e.closest(tag)) continue
    const mark = doc.createElement(tag)
    mark.append(...around.childNodes)
    around.append(mark)
  }
}

type Item = { e: Element; level: number; ordered: boolean }

/** Paragraphs Word calls items of a list, as lists. A mark that is words (一、（一）a.) stays words: no list of a web page counts like that. */
function lists(doc: Document): void {
  let run: Item[] = []
  const close = () => {
    if (run.length) build(run, doc)
    run = []
  }
  for (const e of [...doc.body.querySelectorAll('p,h1,h2,h3,h4,h5,h6,table,div,ul,ol')]) {
    const level = Number(/mso-list:\s*l\d+\s+level(\d)/.exec(styleOf(e))?.[1] ?? 0)
    const item = e.tagName === 'P' && level ? itemOf(e, level) : null
    const follows = run.length === 0 || e.previousElementSibling === run.at(-1)?.e
    if (!item || !follows) close()
    if (item) run.push(item)
  }
  close()
}

function itemOf(e: Element, level: number): Item | null {
  const mark = [...e.querySelectorAll('span')].find((s) => /mso-list:\s*ignore/.test(styleOf(s)))
  const text = (mark?.textContent ?? '').replace(/[\s\u00a0]+/g, '')
  const ordered = /^\d{1,3}[.．、)）]$/.test(text)
  if (!ordered && /[\p{L}\p{N}]/u.test(text) && !/^[oluvnqØü§]$/.test(text)) {
    // The mark stands in front as it was read, without the blanks that set it apart.
    if (mark) mark.replaceWith(doc(e).createTextNode(text))
    return null
  }
  mark?.remove()
  return { e, level, ordered }
}
const doc = (e: Element) => e.ownerDocument

/** Nested lists out of levels. */
function build(items: Item[], d: Document): void {
  const stack: { level: number; list: Element }[] = []
  const first = items[0] as Item
  for (const item of items) {
    while (stack.length && (stack.at(-1)?.level ?? 0) > item.level) stack.pop()
    let top = stack.at(-1)
    if (!top || top.level < item.level || (top.level === item.level && isOrdered(top.list) !== item.ordered)) {
      if (top?.level === item.level) stack.pop()
      const list = d.createElement(item.ordered ? 'ol' : 'ul')
      const under = stack.at(-1)?.list.lastElementChild
      if (under) under.append(list)
      else first.e.before(list)
      top = { level: item.level, list }
      stack.push(top)
    }
    const li = d.createElement('li')
    const p = d.createElement('p')
    p.append(...item.e.childNodes)
    li.append(p)
    top.list.append(li)
  }
  for (const { e } of items) e.remove()
}
const isOrdered = (list: Element) => list.tagName === 'OL'
