/** Bringing a text along: read by its shape, shown in the form, saved by nobody but the person who looks at it. */
import { t } from '../../../templates/words/index.ts'
import { bringFile } from '../../desk/bring-file.ts'
import { type Recognised, recognise } from '../../desk/recognise.ts'
import { invalid, issue } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { typedBody } from '../views/fields.ts'
import type { ImportNotes } from '../views/import.tsx'
import { NewPage } from '../views/new.tsx'
import { blankForm } from './desk-draft.tsx'
import { fieldsFrom, frameOf, page, refusalIn, screen, sentIn, statusOf } from './desk-frame.ts'

export function mountImport(app: App): void {
  screen(
    app,
    { method: 'post', path: '/desk/releases/import', act: 'release.create', maxBytes: 6 * 1024 * 1024 },
    bring,
  )
}

async function bring(c: Req): Promise<Response> {
  const { fields, file } = await sentIn(c)
  const text = fields.get('text')?.[0] ?? ''
  try {
    if (!file && text.trim() === '') throw invalid([issue('text', 'import-nothing')])
    const read = file ? await bringFile(file.name, new Uint8Array(await file.arrayBuffer())) : recognise(text)
    return await blankForm(c, fieldsIn(read), { imported: notesOf(c, read) })
  } catch (err) {
    const refusal = refusalIn(err)
    return page(c, <NewPage f={await frameOf(c)} text={text} issues={refusal.issues} />, statusOf(refusal))
  }
}

function fieldsIn(read: Recognised) {
  const at = `parts.${read.language}`
  return fieldsFrom({
    'core.kind': read.core.kind ?? 'notice',
    'core.lane': 'routine',
    'core.mode': 'live',
    'core.urgency': 'normal',
    'core.outlets': ['website', 'feeds', 'email', 'webpush', 'webhook'],
    ...(read.core.documentNumber ? { 'core.documentNumber': read.core.documentNumber } : {}),
    ...(read.core.formedOn ? { 'core.formedOn': read.core.formedOn } : {}),
    [`${at}.title`]: read.part.title,
    [`${at}.summary`]: read.part.summary ?? '',
    [`${at}.addressees`]: read.part.addressees ?? '',
    [`${at}.signature`]: read.part.signature ?? '',
    ...Object.fromEntries(Object.entries(read.part.blocks).map(([b, text]) => [`${at}.blocks.${b}`, text])),
    [`${at}.body`]: typedBody(read.part.body),
  })
}

function notesOf(c: Req, read: Recognised): ImportNotes {
  const found: [string, string | undefined][] = [
    ['kind', read.core.kind && t(c.var.lang, `kind.${read.core.kind}`)],
    ['title', read.title],
    ['documentNumber', read.documentNumber],
    ['addressees', read.addressees],
    ['signature', read.signature],
    ['formedOn', read.formedOn],
    ['body', read.headings.map((h) => h.text).join(' · ') || undefined],
  ]
  return {
    recognised: found.flatMap(([field, text]) => (text ? [{ field, text }] : [])),
    notes: read.notes,
  }
}
