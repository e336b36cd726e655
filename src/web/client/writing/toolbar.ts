/** The bar above a body: verbs as buttons, one stop for the Tab key, arrows between them (WAI-ARIA toolbar). */
import type { Editor } from '@tiptap/core'
import { linkForm } from './link.ts'
import { movePicture, pictureForm, removePicture } from './picture.ts'
import { said } from './words.ts'

type Tool = {
  key: string
  run: (e: Editor) => void
  /** Pressed while the words are so. */
  on?: (e: Editor) => boolean
  /** Shown only there. */
  within?: string
  shortcut?: string
  /** Asks something first: the cursor goes there. */
  asks?: true
}

const heading = (level: 2 | 3 | 4): Tool => ({
  key: `h${level}`,
  run: (e) => e.chain().toggleHeading({ level }).run(),
  on: (e) => e.isActive('heading', { level }),
  shortcut: `Ctrl+Alt+${level}`,
})
const mark = (key: string, name: string, shortcut?: string): Tool => ({
  key,
  run: (e) => e.chain().toggleMark(name).run(),
  on: (e) => e.isActive(name),
  ...(shortcut ? { shortcut } : {}),
})
const list = (key: string, name: string, shortcut: string): Tool => ({
  key,
  run: (e) => e.chain().toggleList(name, 'listItem').run(),
  on: (e) => e.isActive(name),
  shortcut,
})
const inPicture = (key: string, run: Tool['run']): Tool => ({ key, run, within: 'picture' })
const inTable = (key: string, run: Tool['run']): Tool => ({ key, run, within: 'table' })

export const TOOLS: Tool[][] = [
  [heading(2), heading(3), heading(4)],
  [
    mark('bold', 'bold', 'Ctrl+B'),
    mark('italic', 'italic', 'Ctrl+I'),
    mark('underline', 'underline', 'Ctrl+U'),
    mark('strike', 'strike', 'Ctrl+Shift+S'),
    mark('sub', 'subscript'),
    mark('sup', 'superscript'),
  ],
  [
    list('bullets', 'bulletList', 'Ctrl+Shift+8'),
    list('numbers', 'orderedList', 'Ctrl+Shift+7'),
    { key: 'quote', run: (e) => e.chain().toggleBlockquote().run(), on: (e) => e.isActive('blockquote') },
    { key: 'rule', run: (e) => e.chain().setHorizontalRule().run() },
  ],
  [
    { key: 'link', run: (e) => linkForm(e), on: (e) => e.isActive('link'), shortcut: 'Ctrl+K', asks: true },
    {
      key: 'picture',
      run: (e) => pictureForm(e),
      on: (e) => e.isActive('picture'),
      shortcut: 'Ctrl+Alt+P',
      asks: true,
    },
    inPicture('picture-up', (e) => movePicture(e, -1)),
    inPicture('picture-down', (e) => movePicture(e, 1)),
    inPicture('picture-off', (e) => removePicture(e)),
    { key: 'table', run: (e) => e.chain().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run() },
    inTable('row', (e) => e.chain().addRowAfter().run()),
    inTable('column', (e) => e.chain().addColumnAfter().run()),
    inTable('row-off', (e) => e.chain().deleteRow().run()),
    inTable('column-off', (e) => e.chain().deleteColumn().run()),
    inTable('head', (e) => e.chain().toggleHeaderRow().run()),
    inTable('merge', (e) => e.chain().mergeOrSplit().run()),
    inTable('table-off', (e) => e.chain().deleteTable().run()),
  ],
  [
    { key: 'plain', run: (e) => e.chain().unsetAllMarks().clearNodes().run() },
    { key: 'undo', run: (e) => e.chain().undo().run(), shortcut: 'Ctrl+Z' },
    { key: 'redo', run: (e) => e.chain().redo().run(), shortcut: 'Ctrl+Shift+Z' },
  ],
]

export function toolbar(editor: Editor, label: string, controls: string): HTMLElement {
  const bar = document.createElement('div')
  bar.className = 'w-tools'
  bar.setAttribute('role', 'toolbar')
  bar.setAttribute('aria-label', label)
  bar.setAttribute('aria-controls', controls)
  const made = TOOLS.flatMap((group) => {
    const box = document.createElement('span')
    const buttons = group.map((tool) => ({ tool, button: button(editor, tool) }))
    box.append(...buttons.map((b) => b.button))
    bar.append(box)
    return buttons
  })
  const show = () => {
    for (const { tool, button: b } of made) {
      if (tool.on) b.setAttribute('aria-pressed', String(tool.on(editor)))
      if (tool.within) b.hidden = !editor.isActive(tool.within)
    }
    oneStop(made.map((m) => m.button))
  }
  editor.on('transaction', show)
  bar.addEventListener('keydown', (event) =>
    walk(
      event,
      made.map((m) => m.button),
      editor,
    ),
  )
  show()
  return bar
}

function button(editor: Editor, tool: Tool): HTMLButtonElement {
  const b = document.createElement('button')
  b.type = 'button'
  b.textContent = said(`tool.${tool.key}`)
  b.dataset['tool'] = tool.key
  if (tool.shortcut) {
    b.title = tool.shortcut
    b.setAttribute('aria-keyshortcuts', tool.shortcut.replace('Ctrl', 'Control'))
  }
  // The words stay chosen while a button is pressed with the mouse.
  b.addEventListener('mousedown', (event) => event.preventDefault())
  b.addEventListener('click', () => {
    tool.run(editor)
    if (!tool.asks) editor.view.focus()
  })
  return b
}

/** The Tab key finds the bar once, at the button used last. */
function oneStop(buttons: HTMLButtonElement[]): void {
  const shown = buttons.filter((b) => !b.hidden)
  const at = shown.find((b) => b.tabIndex === 0 && b.dataset['stop'] !== undefined) ?? shown[0]
  for (const b of buttons) {
    b.tabIndex = b === at ? 0 : -1
    if (b === at) b.dataset['stop'] = ''
    else delete b.dataset['stop']
  }
}

function walk(event: KeyboardEvent, buttons: HTMLButtonElement[], editor: Editor): void {
  if (event.key === 'Escape') {
    event.preventDefault()
    editor.view.focus()
    return
  }
  const shown = buttons.filter((b) => !b.hidden)
  const at = shown.indexOf(document.activeElement as HTMLButtonElement)
  const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: shown.length - 1 }[event.key]
  if (next === undefined || at === -1) return
  event.preventDefault()
  const to = shown[(next + shown.length) % shown.length] as HTMLButtonElement
  for (const b of buttons) delete b.dataset['stop']
  for (const b of buttons) b.tabIndex = b === to ? 0 : -1
  to.dataset['stop'] = ''
  to.focus()
}
