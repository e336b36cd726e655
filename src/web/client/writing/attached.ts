/** Pictures attached to the draft, as the form lists them: what may be set into a text. Without a form there are none. */
import type { Offered } from '../../../lib/placed.ts'

const rows = (): HTMLElement[] =>
  typeof document === 'undefined' ? [] : [...document.querySelectorAll<HTMLElement>('[data-file]')]

/** Every file of the form in its order; its title as it stands typed now. */
export const attached = (): Offered[] =>
  rows().map((row) => ({
    sha256: row.dataset['file'] ?? '',
    name: row.dataset['name'] ?? '',
    type: row.dataset['type'] ?? '',
    title: row.querySelector<HTMLInputElement>('input[name$=".title"]')?.value.trim() ?? '',
  }))

/** Where the picture is looked at: at the desk, by those who may see the draft. */
export const pictureAt = (sha256: string): string | undefined =>
  rows().find((row) => row.dataset['file'] === sha256)?.dataset['src']
