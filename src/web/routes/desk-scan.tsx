/** One attached file at the desk: what was found in it, and the form that takes out and masks. */
import type { Attachment } from '../../desk/content.ts'
import { readScan } from '../../desk/file-scan.ts'
import { scansOf } from '../../desk/file-scan-store.ts'
import { admit, mayOn } from '../../desk/gate.ts'
import type { Finding, Mask } from '../../desk/looked.ts'
import { revisionOf } from '../../desk/store.ts'
import { type Issue, notFound } from '../../lib/errors.ts'
import { type JudgedHit, judge } from '../../review/judge.ts'
import { maskFile } from '../../review/mask-file.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { every, type Fields, first } from '../views/fields.ts'
import { FileScanPage, type FileScanProps } from '../views/scan-file.tsx'
import { frameOf, goTo, page, refusalIn, refusedWords, screen, sentIn, statusOf } from './desk-frame.ts'
import { fileStates } from './desk-scan-data.ts'

export function mountScanDesk(app: App): void {
  screen(app, { method: 'get', path: '/desk/releases/{id}/files/{sha256}/look', act: 'release.inspect' }, (c) =>
    show(c, {}),
  )
  screen(app, { method: 'post', path: '/desk/releases/{id}/files/{sha256}/mask', act: 'release.edit' }, mask)
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function show(c: Req, extra: Extra): Promise<Response> {
  const { ctx } = c.var
  const { db } = ctx.store
  const by = actorIn(c)
  const sha256 = c.req.param('sha256') as string
  const at = await admit(db, by, c.req.param('id') as string, 'release.inspect')
  const { release } = at
  const revision = await revisionOf(db, release.id, release.revision)
  const file = revision?.content.attachments.find((a) => a.sha256 === sha256)
  if (!revision || !file) throw notFound('attachment')
  const { hits } = await judge(ctx, db, release, revision)
  const scan = (await fileStates(ctx, release, revision.content, hits)).find((s) => s.sha256 === sha256)
  if (!scan) throw notFound('attachment')
  const row = (await scansOf(db, release.id)).find((s) => s.sha256 === sha256)
  const found = row ? readScan(row) : { findings: [], columns: [] }
  const kind = kindOf(file)
  const signed = found.findings.some((f) => f.rule === 'file-signed')
  const props: FileScanProps = {
    f: await frameOf(c, release.mode as 'live'),
    fields: extra.fields ?? new Map(),
    issues: extra.issues ?? [],
    number: release.number,
    version: release.version,
    file,
    scan,
    findings: found.findings.map((f) => ({ ...f, answered: answerTo(f, sha256, hits) })),
    columns: kind === 'xlsx' ? found.columns : [],
    kind,
    masks: signed ? [] : MASKS_OF[kind].filter((m) => found.findings.some((f) => concerns(m, f, kind))),
    mayMask: scan.state !== 'relayed' && mayOn('release.edit', by, at).ok,
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, <FileScanPage {...props} />, extra.status ?? 200)
}

const MASKS_OF: Record<FileScanProps['kind'], Mask[]> = {
  xlsx: ['hidden', 'comments', 'embedded', 'personal'],
  docx: ['changes', 'comments', 'hidden', 'embedded', 'personal'],
  pptx: ['hidden', 'comments', 'embedded', 'personal'],
  text: ['personal'],
  pdf: ['comments'],
  picture: [],
}

const CONCERNED: Record<Mask, RegExp> = {
  hidden: /^file-hidden-/,
  comments: /^file-(comment|notes)$/,
  changes: /^file-tracked$/,
  embedded: /^file-(embedded|data)$/,
  personal: /$^/,
}
/** Only what would change something is offered. */
function concerns(mask: Mask, found: Finding, kind: FileScanProps['kind']): boolean {
  if (mask === 'personal') return found.scanner === 'personal'
  // Of a workbook, what leads elsewhere goes with the formulas.
  const machinery = kind === 'xlsx' && /^file-(left-over|external|cache|constant)$/.test(found.rule)
  return CONCERNED[mask].test(found.rule) || (mask === 'hidden' && machinery)
}

function kindOf({ type }: Attachment): FileScanProps['kind'] {
  if (type.includes('spreadsheetml')) return 'xlsx'
  if (type.includes('wordprocessingml')) return 'docx'
  if (type.includes('presentationml')) return 'pptx'
  if (type === 'application/pdf') return 'pdf'
  return type.startsWith('image/') ? 'picture' : 'text'
}

/** Findings and hits tell of the same thing by rule and place. */
function answerTo(found: Finding, sha256: string, hits: JudgedHit[]): JudgedHit['resolution'] {
  const hit = hits.find(
    (h) =>
      h.file?.sha256 === sha256 &&
      h.rule === found.rule &&
      h.file.place.at === found.place.at &&
      h.file.place.kind === found.place.kind &&
      h.excerpt === found.excerpt,
  )
  return hit?.resolution ?? null
}

async function mask(c: Req): Promise<Response> {
  const { ctx } = c.var
  const by = actorIn(c)
  const { fields } = await sentIn(c)
  const ref = c.req.param('id') as string
  const version = /^\d+$/.test(first(fields, 'version')) ? Number(first(fields, 'version')) : null
  const order = {
    take: every(fields, 'take'),
    columns: every(fields, 'columns').map((value) => {
      const [column = '', ...sheet] = value.split(':')
      return { column, sheet: sheet.join(':') }
    }),
  }
  try {
    const release = await maskFile(ctx, by, ref, c.req.param('sha256') as string, order, version)
    return goTo(c, `/desk/releases/${release.number}/edit`, 'masked')
  } catch (err) {
    const refusal = refusalIn(err)
    const extra = { fields, issues: refusal.issues, status: statusOf(refusal) }
    return show(c, refusal.issues.length ? extra : { ...extra, refused: refusedWords(c, refusal) })
  }
}
