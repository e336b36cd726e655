/** Comments in the text: passages they are about are marked, and words selected go into the form. All works without it. */

/** Underlines what a comment is about, and leads to it. Only where the words stand in one piece of text. */
function markNoted(reading: HTMLElement): void {
  for (const data of reading.querySelectorAll<HTMLDataElement>('[data-noted]')) {
    const walker = document.createTreeWalker(reading, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      const at = node.data.indexOf(data.value)
      if (at < 0 || !data.value) continue
      const rest = node.splitText(at)
      rest.splitText(data.value.length)
      const mark = document.createElement('mark')
      mark.className = 'noted'
      rest.replaceWith(mark)
      mark.append(rest)
      break
    }
  }
}

/** While words of the text are selected, a button puts them into the form. */
function pickWords(reading: HTMLElement): void {
  const form = document.querySelector<HTMLDetailsElement>('[data-comment]')
  const button = form?.querySelector<HTMLButtonElement>('[data-pick]')
  const quote = form?.querySelector<HTMLInputElement>('[name=quote]')
  const body = form?.querySelector<HTMLTextAreaElement>('[name=body]')
  if (!form || !button || !quote || !body) return
  // Outside the fold: it shows while the fold is closed.
  form.after(button)
  let picked = ''
  document.addEventListener('selectionchange', () => {
    const selection = getSelection()
    const inside =
      selection?.anchorNode &&
      selection.focusNode &&
      reading.contains(selection.anchorNode) &&
      reading.contains(selection.focusNode)
    picked = inside ? selection.toString().trim() : ''
    button.hidden = picked === '' || picked.length > 500
  })
  button.addEventListener('click', () => {
    form.open = true
    quote.value = picked.replace(/\s+/g, ' ')
    button.hidden = true
    form.scrollIntoView({ block: 'center' })
    body.focus()
  })
}

export function comments(): void {
  for (const reading of document.querySelectorAll<HTMLElement>('.d-reading')) {
    markNoted(reading)
    pickWords(reading)
  }
}
