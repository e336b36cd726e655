/** MJML compiled once per process and template, with slots that are filled with escaped values afterwards. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { escapeHtml } from '../../src/lib/html.ts'
import { ROOT } from '../../src/lib/root.ts'

const FOLDER = join(ROOT, 'templates/email')
/** Parts that other templates include; they are no mails of their own. */
const PARTS = new Set(['head', 'top', 'foot'])

/** `text` is escaped; `html` goes in as it stands and must be safe; '' leaves its {{#slot}} … {{/slot}} out. */
export type Slots = { text: Record<string, string>; html?: Record<string, string> }

const compiled = new Map<string, Promise<string>>()

/** The compiled HTML of templates/email/<name>.mjml with its slots still open. Throws where the MJML is wrong. */
export function template(name: string): Promise<string> {
  let html = compiled.get(name)
  if (!html) {
    html = compile(name)
    compiled.set(name, html)
    html.catch(() => compiled.delete(name))
  }
  return html
}

async function compile(name: string): Promise<string> {
  const { default: mjml2html } = await import('mjml')
  const filePath = join(FOLDER, `${name}.mjml`)
  const { html, errors } = await mjml2html(readFileSync(filePath, 'utf8'), {
    filePath,
    ignoreIncludes: false,
    validationLevel: 'soft',
    keepComments: false,
    fonts: {},
  })
  if (errors.length) throw new Error(`${name}.mjml: ${errors.map((e) => e.formattedMessage).join('; ')}`)
  return squeeze(html)
}

/** The indentation MJML leaves behind is a fifth of every mail. */
const squeeze = (html: string): string => html.replace(/\n\s+/g, '\n').replace(/\n{2,}/g, '\n')

/** Compiles every template and says what is wrong with any of them; part of `npm run check`. */
export async function compileAll(): Promise<string[]> {
  const problems: string[] = []
  for (const file of readdirSync(FOLDER).sort()) {
    const name = file.replace(/\.mjml$/, '')
    if (name === file || PARTS.has(name)) continue
    await template(name).then(
      (html) => problems.push(...unbalanced(html).map((slot) => `${file}: {{#${slot}}} is not closed`)),
      (error: Error) => problems.push(error.message),
    )
  }
  return problems
}

const unbalanced = (html: string): string[] =>
  [...html.matchAll(/\{\{#([\w.]+)\}\}/g)].map((m) => m[1] as string).filter((slot) => !html.includes(`{{/${slot}}}`))

/** Fills every slot of a compiled template; an unknown slot is a fault of the template and throws. */
export function fill(html: string, { text, html: raw = {} }: Slots): string {
  const known = (slot: string): string => {
    const value = text[slot] ?? raw[slot]
    if (value === undefined) throw new Error(`mail template asks for an unknown slot ${slot}`)
    return value
  }
  return html
    .replace(/\{\{#([\w.]+)\}\}([\s\S]*?)\{\{\/\1\}\}/g, (_all, slot, inner) => (known(slot) === '' ? '' : inner))
    .replace(/\{\{\{([\w.]+)\}\}\}|\{\{([\w.]+)\}\}/g, (_all, rawSlot, textSlot) =>
      rawSlot ? known(rawSlot) : escapeHtml(known(textSlot)),
    )
}
