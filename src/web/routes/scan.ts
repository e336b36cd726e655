/** API of attached files: what was found in each, and masking, of a file or of a piece of the text. */
import { z } from 'zod'
import { readScan } from '../../desk/file-scan.ts'
import { scansOf } from '../../desk/file-scan-store.ts'
import { admit } from '../../desk/gate.ts'
import { notFound } from '../../lib/errors.ts'
import { maskFile, maskInput } from '../../review/mask-file.ts'
import { maskHit } from '../../review/mask-hit.ts'
import type { App, Req } from '../env.ts'
import { etagOf, ifMatch } from '../guards/etag.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { releaseSchema } from './schemas.ts'
import { shownRelease } from './shown.ts'

const AT = '/api/v1/releases/{id}'
const doc = (summary: string, answers: RouteDoc['answers'], more: Partial<RouteDoc> = {}) => ({
  doc: { tag: 'releases', summary, answers, ...more },
})
const text = z.string()
const scanSchema = z.object({
  sha256: text,
  derivedFrom: text.nullable(),
  removed: z.array(text),
  findings: z.array(
    z.object({
      rule: text,
      scanner: text,
      weight: text,
      place: z.object({ kind: text, at: text }),
      count: z.number(),
      excerpt: text,
      suggestion: text.optional(),
    }),
  ),
  columns: z.array(z.object({ sheet: text, column: text, head: text, count: z.number(), hidden: z.boolean() })),
})
const release = z.object({ release: releaseSchema })
const param = (c: Req, name: string): string => c.req.param(name) ?? ''

export function mountScan(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: `${AT}/attachments/{sha256}/findings`,
      act: 'release.inspect',
      ...doc('What was found in a file, and what was taken out of it', { 200: scanSchema, 404: null }),
    },
    async (c) => {
      const { db } = c.var.ctx.store
      const { release: row } = await admit(db, actorIn(c), param(c, 'id'), 'release.inspect')
      const found = (await scansOf(db, row.id)).find((s) => s.sha256 === param(c, 'sha256'))
      if (!found) throw notFound('attachment')
      return c.json(readScan(found))
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/attachments/{sha256}/mask`,
      act: 'release.edit',
      json: true,
      ...doc(
        'Make another file without what nobody sees, and with personal data masked: a derived revision',
        { 200: release, 404: null, 422: null },
        { body: { 'application/json': maskInput }, headers: ['If-Match'] },
      ),
    },
    async (c, { body }) => {
      const row = await maskFile(c.var.ctx, actorIn(c), param(c, 'id'), param(c, 'sha256'), body, ifMatch(c))
      return c.json({ release: shownRelease(row) }, 200, { etag: etagOf(row.version) })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/hits/{key}/mask`,
      act: 'release.edit',
      json: true,
      ...doc('Mask one piece of personal data in the text: a derived revision', { 200: release, 404: null, 409: null }),
    },
    async (c) => {
      const row = await maskHit(c.var.ctx, actorIn(c), param(c, 'id'), param(c, 'key'))
      return c.json({ release: shownRelease(row) }, 200, { etag: etagOf(row.version) })
    },
  )
}
