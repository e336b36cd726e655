/** Setting a picture into the text: which one, and at once what is on it; then moved and taken out again, by button or key. */
import type { Editor } from '@tiptap/core'
import { NodeSelection } from '@tiptap/pm/state'
import { attached } from './attached.ts'
import { said } from './words.ts'

type At = { pos: number; sha256: string; alt: string; size: number }

/** The picture the cursor stands in, or that is chosen. */
function chosen(editor: Editor): At | null {
  const { selection } = editor.state
  const { $from } = selection
  const node = selection instanceof NodeSelection ? selection.node : $from.node(1)
  if (node?.type.name !== 'picture') return null
  const pos = selection instanceof NodeSelection ? selection.from : $from.before(1)
  return { pos, size: node.nodeSize, ...(node.attrs as { sha256: string; alt: string }) }
}

function make<E extends keyof HTMLElementTagNameMap>(
  tag: E,
  more: Record<string, unknown> = {},
): HTMLElementTagNameMap[E] {
  const made = document.createElement(tag)
  Object.assign(made, more)
  return made
}

/** Asks under the toolbar; with a picture chosen, for its description alone. */
export function pictureForm(editor: Editor): void {
  const host = editor.view.dom.closest('.field')
  if (!host) return
  host.querySelector('.w-link')?.remove()
  const at = chosen(editor)
  const files = attached().filter((f) => /^image\/(png|jpeg)$/.test(f.type))
  const box = make('div', { className: 'w-link' })
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', said('picture.group'))
  const close = () => {
    box.remove()
    editor.view.focus()
  }
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    close()
  })
  host.querySelector('.w-tools')?.after(box)
  const shut = button(said('link.close'), close)
  if (files.length === 0) {
    box.append(make('p', { textContent: said('picture.none') }), shut)
    shut.focus()
    return
  }
  const id = editor.view.dom.id
  const which = make('select', { id: `${id}-picture` })
  for (const f of files)
    which.append(make('option', { value: f.sha256, textContent: f.name, selected: f.sha256 === at?.sha256 }))
  const alt = make('input', { id: `${id}-alt`, type: 'text', autocomplete: 'off', maxLength: 200 })
  // Not fields of the draft.
  which.dataset['aside'] = alt.dataset['aside'] = ''
  const titled = () => {
    const f = files.find((x) => x.sha256 === which.value)
    return f && f.title !== f.name ? f.title : ''
  }
  alt.value = at ? at.alt : titled()
  which.addEventListener('change', () => {
    alt.value = titled()
  })
  const wrong = make('p', { className: 'hint late' })
  wrong.setAttribute('role', 'alert')
  const take = () => {
    const words = alt.value.replace(/\s+/g, ' ').trim()
    if (words === '') {
      wrong.textContent = said('picture.alt.missing')
      alt.setAttribute('aria-invalid', 'true')
      alt.focus()
      return
    }
    put(editor, at, { sha256: which.value, alt: words })
    close()
  }
  alt.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    take()
  })
  box.append(
    make('label', { htmlFor: which.id, textContent: said('picture.which') }),
    which,
    make('label', { htmlFor: alt.id, textContent: said('picture.alt') }),
    alt,
    button(said(at ? 'picture.change' : 'picture.do'), take),
    shut,
    wrong,
  )
  ;(at ? alt : which).focus()
}

function button(text: string, run: () => void): HTMLButtonElement {
  const b = make('button', { type: 'button', textContent: text })
  b.addEventListener('click', run)
  return b
}

/** Behind the block the cursor stands in, or in the place of an empty paragraph; its caption is written next. */
function put(editor: Editor, at: At | null, attrs: { sha256: string; alt: string }): void {
  const { state, view } = editor
  if (at) {
    view.dispatch(state.tr.setNodeMarkup(at.pos, undefined, attrs))
    return
  }
  const { $from } = state.selection
  const block = $from.depth > 0 ? $from.node(1) : null
  const isEmpty = block?.type.name === 'paragraph' && block.content.size === 0
  const picture = state.schema.nodes['picture']?.create(attrs)
  if (!picture) return
  const from = $from.depth > 0 ? (isEmpty ? $from.before(1) : $from.after(1)) : state.selection.to
  editor
    .chain()
    .command(({ tr }) => {
      tr.replaceWith(from, isEmpty ? $from.after(1) : from, picture)
      return true
    })
    .setTextSelection(from + 1)
    .scrollIntoView()
    .run()
}

/** One block up or down. */
export function movePicture(editor: Editor, step: -1 | 1): void {
  const at = chosen(editor)
  if (!at) return
  const { doc, tr } = editor.state
  const node = doc.nodeAt(at.pos)
  const index = doc.resolve(at.pos).index(0)
  const beside = index + step >= 0 && index + step < doc.childCount ? doc.child(index + step) : null
  if (!node || !beside) return
  const to = step === -1 ? at.pos - beside.nodeSize : at.pos + beside.nodeSize
  tr.delete(at.pos, at.pos + at.size).insert(to, node)
  editor.view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, to)).scrollIntoView())
}

export function removePicture(editor: Editor): void {
  const at = chosen(editor)
  if (at)
    editor
      .chain()
      .deleteRange({ from: at.pos, to: at.pos + at.size })
      .run()
}
