/** Buttons that copy the text they name. They appear with the script: without it the text is selected by hand, or downloaded. */

export function copyButtons(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const text = document.querySelector(button.dataset['copy'] ?? '')
    if (!text) continue
    button.hidden = false
    const label = button.innerHTML
    button.addEventListener('click', async () => {
      if (!(await copied(text))) return
      button.textContent = button.dataset['copied'] ?? ''
      setTimeout(() => {
        button.innerHTML = label
      }, 2000)
    })
  }
}

/** Where the clipboard is kept from us (an office network without https), the text is at least selected. */
async function copied(text: Element): Promise<boolean> {
  const words = text.textContent ?? ''
  try {
    await navigator.clipboard.writeText(words)
    return true
  } catch {
    const range = document.createRange()
    range.selectNodeContents(text)
    const selection = getSelection()
    selection?.removeAllRanges()
    selection?.addRange(range)
    return document.execCommand('copy')
  }
}
