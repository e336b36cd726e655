/** Asking where a link leads: a line under the toolbar, closed again by Enter or Escape. */
import type { Editor } from '@tiptap/core'
import { goodHref } from '../../../lib/good-href.ts'
import { said } from './words.ts'

/** An address as people type it: a domain alone gets https, a mail address or a telephone number their scheme. */
export function typedHref(typed: string): string | undefined {
  const text = typed.trim()
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return goodHref(`mailto:${text}`)
  if (/^\+?[\d -]{5,20}$/.test(text)) return goodHref(`tel:${text.replace(/[ -]/g, '')}`)
  if (/^[\w-]+(\.[\w-]+)+([/?#].*)?$/.test(text)) return goodHref(`https://${text}`)
  return goodHref(text)
}

export function linkForm(editor: Editor): void {
  const host = editor.view.dom.closest('.field')
  if (!host) return
  host.querySelector('.w-link')?.remove()
  const box = document.createElement('div')
  box.className = 'w-link'
  box.setAttribute('role', 'group')
  box.setAttribute('aria-label', said('link.group'))
  const id = `${editor.view.dom.id}-link`
  const label = document.createElement('label')
  label.htmlFor = id
  label.textContent = said('link.address')
  const input = document.createElement('input')
  input.id = id
  input.type = 'text'
  input.inputMode = 'url'
  input.autocomplete = 'off'
  // Not a field of the draft: it is not posted, and the draft does not change while it is typed.
  input.dataset['aside'] = ''
  input.value = String(editor.getAttributes('link')['href'] ?? '')
  const wrong = document.createElement('p')
  wrong.className = 'hint late'
  wrong.setAttribute('role', 'alert')
  const close = () => {
    box.remove()
    // At once: the command waits for the next frame, and a fast hand types meanwhile.
    editor.view.focus()
  }
  const take = () => {
    if (input.value.trim() === '') {
      editor.chain().extendMarkRange('link').unsetMark('link').run()
      return close()
    }
    const href = typedHref(input.value)
    if (!href) {
      wrong.textContent = said('link.wrong')
      input.setAttribute('aria-invalid', 'true')
      return
    }
    setLink(editor, href)
    close()
  }
  const act = (text: string, run: () => void) => {
    const b = document.createElement('button')
    b.type = 'button'
    b.textContent = text
    b.addEventListener('click', run)
    return b
  }
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    if (event.key === 'Enter') take()
    else close()
  })
  box.append(label, input, act(said('link.do'), take), act(said('link.close'), close), wrong)
  host.querySelector('.w-tools')?.after(box)
  input.focus()
  input.select()
}

/** On the words chosen, else on the link the cursor stands in, else the address itself as words. */
function setLink(editor: Editor, href: string): void {
  const { empty } = editor.state.selection
  if (empty && !editor.isActive('link')) {
    editor
      .chain()
      .insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href } }] })
      .run()
    return
  }
  editor.chain().extendMarkRange('link').setMark('link', { href }).run()
}
