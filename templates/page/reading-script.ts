/** The one script of every public page: keeps the large type a reader asked for, and prints where a page offers it. */
import { sha256 } from '../../src/lib/id.ts'

/**
 * Runs before the page is drawn, so that nobody sees the type jump. Without it the checkbox works for its own page by CSS alone.
 * The choice stays in the reader's browser (localStorage) and is sent to nobody.
 */
export const readingScript = `(() => {
const key = 'ortoo-type', root = document.documentElement
const kept = () => { try { return localStorage.getItem(key) === 'large' } catch { return false } }
const show = () => {
  const large = kept(), box = document.getElementById('large-type')
  if (large) root.dataset.type = 'large'; else delete root.dataset.type
  if (box) box.checked = large
}
show()
addEventListener('pageshow', show)
addEventListener('storage', show)
addEventListener('DOMContentLoaded', () => {
  show()
  const box = document.getElementById('large-type')
  if (box) box.addEventListener('change', () => {
    try { box.checked ? localStorage.setItem(key, 'large') : localStorage.removeItem(key); show() } catch {}
  })
  for (const button of document.querySelectorAll('[data-print]')) {
    button.hidden = false
    button.addEventListener('click', () => print())
  }
})
})()
`

/** File name with the hash of its content, so that it may be cached for ever. */
export const readingScriptName = `site.${sha256(readingScript).slice(0, 8)}.js`
