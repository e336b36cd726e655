/** A body's textarea as a page of paper: same field, same form; the textarea stays what is posted. */
import { Editor } from '@tiptap/core'
import { fromTokens, partTokens } from '../../../lib/placed.ts'
import { attached } from './attached.ts'
import { linkForm } from './link.ts'
import { cleanPaste } from './paste.ts'
import { pictureForm } from './picture.ts'
import { bodyExtensions } from './schema.ts'
import { type DocNode, toHtml } from './to-html.ts'
import { toolbar } from './toolbar.ts'
import { said } from './words.ts'

const IS_HTML = /<(p|h[2-4]|ul|ol|table|blockquote|hr|figure)[\s>/]/i

export function enrich(area: HTMLTextAreaElement): void {
  const field = area.closest<HTMLElement>('.field')
  if (!field) return
  const paper = document.createElement('div')
  paper.className = 'w-paper'
  const id = area.id
  const files = attached()
  const label = field.querySelector<HTMLLabelElement>('label')
  const labelId = `${id}-label`
  const editor = new Editor({
    element: paper,
    extensions: bodyExtensions(),
    content: fromTokens(IS_HTML.test(area.value) ? area.value : paragraphs(partTokens(area.value, files)), files),
    parseOptions: { preserveWhitespace: false },
    // Its styles are in the desk's sheet: the page's policy lets no script write any.
    injectCSS: false,
    editorProps: {
      attributes: attributesOf(area, id, labelId),
      handlePaste: (_view, event) => pastedFile(event, notes),
      handleDrop: (_view, event) => droppedFile(event, notes),
      transformPastedHTML: (html) => pasted(html, notes),
      handleDOMEvents: { keydown: (_view, event) => leaving(event) },
    },
    onUpdate: () => {
      area.value = toHtml(editor.getJSON() as DocNode)
      area.dispatchEvent(new Event('input', { bubbles: true }))
    },
  })
  const notes = document.createElement('p')
  notes.className = 'hint w-notes'
  notes.setAttribute('role', 'status')
  if (label) {
    label.id = labelId
    label.removeAttribute('for')
    label.addEventListener('click', () => editor.commands.focus())
  }
  area.id = `${id}-source`
  area.hidden = true
  area.before(toolbar(editor, `${label?.textContent ?? ''} · ${said('tools')}`, id), paper, notes)
  const help = document.createElement('p')
  help.className = 'hint'
  help.id = `${id}-keys`
  help.textContent = said('keys')
  notes.after(help)
  const leaving = leaver()
  paper.addEventListener('keydown', (event) => shortcut(event, field, editor))
}

function attributesOf(area: HTMLTextAreaElement, id: string, labelId: string): Record<string, string> {
  // How to type a paragraph into a textarea is of no use here.
  document.getElementById(`${id}-hint`)?.remove()
  const own = (area.getAttribute('aria-describedby') ?? '').split(' ').filter((d) => d && d !== `${id}-hint`)
  const described = [...own, `${id}-keys`].join(' ')
  return {
    id,
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-labelledby': labelId,
    'aria-describedby': described,
    class: 'w-body',
    ...(area.lang ? { lang: area.lang } : {}),
    ...(area.getAttribute('aria-invalid') ? { 'aria-invalid': 'true' } : {}),
  }
}

const escaped = (s: string) => s.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
/** Plain text as the form takes it: blank lines part paragraphs. */
const paragraphs = (text: string): string =>
  text
    .split(/\n[^\S\n]*\n\s*/)
    .filter((p) => p.trim() !== '')
    .map((p) => `<p>${escaped(p.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('')

/** Says what was left behind, so that nobody looks for it later. */
function pasted(html: string, notes: HTMLElement): string {
  const { html: clean, pictures, hidden, struck } = cleanPaste(html)
  notes.textContent = [
    pictures ? said('paste.pictures', { n: pictures }) : '',
    hidden ? said('paste.hidden', { n: hidden }) : '',
    struck ? said('paste.struck', { n: struck }) : '',
  ].join(' ')
  return clean
}

const holdsPicture = (data: DataTransfer | null): boolean =>
  [...(data?.files ?? [])].some((f) => f.type.startsWith('image/')) && !data?.getData('text/html')

/** A picture alone on the clipboard: it becomes an attachment first, where it is looked into and cleaned. */
function pastedFile(event: ClipboardEvent, notes: HTMLElement): boolean {
  if (!holdsPicture(event.clipboardData)) return false
  notes.textContent = said('paste.picture')
  return true
}

function droppedFile(event: DragEvent, notes: HTMLElement): boolean {
  if (!holdsPicture(event.dataTransfer)) return false
  event.preventDefault()
  notes.textContent = said('paste.picture')
  return true
}

/** In tables and lists the Tab key has its own work; after Escape it leaves the text again. */
function leaver(): (event: KeyboardEvent) => boolean {
  let out = false
  return (event) => {
    if (event.key === 'Tab' && out) return true
    if (event.key !== 'Shift') out = event.key === 'Escape'
    return false
  }
}

function shortcut(event: KeyboardEvent, field: HTMLElement, editor: Editor): void {
  if (event.altKey && event.key === 'F10') {
    event.preventDefault()
    field.querySelector<HTMLButtonElement>('.w-tools button[tabindex="0"]')?.focus()
  } else if (event.ctrlKey && event.altKey && event.code === 'KeyP') {
    event.preventDefault()
    pictureForm(editor)
  } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
    event.preventDefault()
    linkForm(editor)
  }
}
