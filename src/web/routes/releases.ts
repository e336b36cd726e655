/** API of releases: list, create, read, save, attach, import. */

import { z } from 'zod'
import { t } from '../../../templates/words/index.ts'
import { attach } from '../../desk/attach.ts'
import { bringFile } from '../../desk/bring-file.ts'
import { KINDS } from '../../desk/content.ts'
import { createRelease } from '../../desk/create.ts'
import { contentInput } from '../../desk/draft.ts'
import { admit, mayOn } from '../../desk/gate.ts'
import { listQuery, listReleases } from '../../desk/list.ts'
import { noteReading } from '../../desk/read-log.ts'
import type { ImportNote } from '../../desk/recognise.ts'
import { releaseAddress } from '../../desk/release.ts'
import { saveDraft } from '../../desk/save.ts'
import type { ReleaseRow } from '../../desk/store.ts'
import { revisionList, revisionOf, timelineOf } from '../../desk/store.ts'
import { notFound } from '../../lib/errors.ts'
import type { App, Req } from '../env.ts'
import { upload } from '../guards/body.ts'
import { etagOf, ifMatch, requireIfMatch } from '../guards/etag.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { list, listedSchema, releaseSchema, revisionSchema, timelineSchema } from './schemas.ts'
import { shownRelease, shownRevision } from './shown.ts'

const BASE = '/api/v1/releases'
const UPLOAD = 25 * 1024 * 1024
const ref = (c: Req): string => c.req.param('id') ?? ''
const doc = (summary: string, answers: RouteDoc['answers'], more: Partial<RouteDoc> = {}) => ({
  doc: { tag: 'releases', summary, answers, ...more },
})
const sends = (schema: z.ZodType) => ({ body: { 'application/json': schema } })
const release = z.object({ release: releaseSchema })

/** A release with its ETag; 201 with Location where it is new. */
const answer = (c: Req, row: ReleaseRow, more: object = {}, status: 200 | 201 = 200) =>
  c.json({ release: shownRelease(row), ...more }, status, {
    etag: etagOf(row.version),
    ...(status === 201 ? { location: `${BASE}/${row.id}` } : {}),
  })

export function mountReleases(app: App): void {
  mountReading(app)
  mountWriting(app)
  mountImport(app)
}

function mountReading(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: BASE,
      act: 'release.list',
      query: listQuery,
      ...doc('Releases you may see, newest change first', { 200: list(listedSchema) }),
    },
    async (c, { query }) => {
      const { releases, next } = await listReleases(c.var.ctx, actorIn(c), query)
      return c.json({ items: releases.map((l) => ({ ...shownRelease(l.release), title: l.title })), next })
    },
  )
  route(
    app,
    {
      method: 'get',
      path: `${BASE}/{id}`,
      act: 'release.read',
      ...doc('One release, with its current revision for those inside the office and where the public finds it', {
        200: z.object({
          release: releaseSchema,
          revision: revisionSchema.nullable(),
          address: z.string().nullable(),
        }),
        404: null,
      }),
    },
    async (c) => {
      const { ctx } = c.var
      const at = await admit(ctx.store.db, actorIn(c), ref(c), 'release.read')
      const { release: row } = at
      const inside = mayOn('release.inspect', actorIn(c), at).ok
      const revision = inside ? await revisionOf(ctx.store.db, row.id, row.revision) : undefined
      if (revision) await noteReading(ctx, actorIn(c), at, revision.ordinal, 'api')
      return answer(c, row, {
        revision: revision ? shownRevision(revision) : null,
        address: row.face === 'none' ? null : ctx.config.publicUrl + releaseAddress(row.number, row.mode),
      })
    },
  )
  route(
    app,
    {
      method: 'get',
      path: `${BASE}/{id}/revisions`,
      act: 'release.inspect',
      ...doc('Revisions, oldest first', {
        200: list(
          z.object({
            ordinal: z.number(),
            hash: z.string(),
            savedBy: z.string(),
            savedAt: z.string(),
            cycle: z.number(),
          }),
        ),
      }),
    },
    async (c) => {
      const { db } = c.var.ctx.store
      const { release: row } = await admit(db, actorIn(c), ref(c), 'release.inspect')
      const rows = await revisionList(db, row.id)
      return c.json({
        items: rows.map((r) => ({
          ordinal: r.ordinal,
          hash: r.hash,
          savedBy: r.saved_by,
          savedAt: r.saved_at,
          cycle: r.cycle,
        })),
      })
    },
  )
  route(
    app,
    {
      method: 'get',
      path: `${BASE}/{id}/revisions/{n}`,
      act: 'release.inspect',
      ...doc('One revision, exactly', { 200: revisionSchema, 404: null }),
    },
    async (c) => {
      const { db } = c.var.ctx.store
      const at = await admit(db, actorIn(c), ref(c), 'release.inspect')
      const { release: row } = at
      const n = c.req.param('n') ?? ''
      const revision = /^[1-9]\d{0,6}$/.test(n) ? await revisionOf(db, row.id, Number(n)) : undefined
      if (!revision) throw notFound('revision')
      await noteReading(c.var.ctx, actorIn(c), at, revision.ordinal, 'api')
      return c.json(shownRevision(revision))
    },
  )
  route(
    app,
    {
      method: 'get',
      path: `${BASE}/{id}/timeline`,
      act: 'release.inspect',
      ...doc('What happened, oldest first', { 200: list(timelineSchema) }),
    },
    async (c) => {
      const { db } = c.var.ctx.store
      const { release: row } = await admit(db, actorIn(c), ref(c), 'release.inspect')
      const rows = await timelineOf(db, row.id)
      return c.json({
        items: rows.map((r) => ({
          at: r.at,
          act: r.act,
          memberId: r.member_id,
          revision: r.revision,
          edition: r.edition,
          note: r.note,
        })),
      })
    },
  )
}

function mountWriting(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: BASE,
      act: 'release.create',
      json: true,
      ...doc('Begin a release', { 201: release, 422: null }, { ...sends(contentInput), headers: ['Idempotency-Key'] }),
    },
    async (c, { body }) => answer(c, await createRelease(c.var.ctx, actorIn(c), body), {}, 201),
  )
  route(
    app,
    {
      method: 'put',
      path: `${BASE}/{id}/draft`,
      act: 'release.edit',
      json: true,
      ...doc(
        'Save the draft: a new revision',
        { 200: release, 412: null, 422: null, 428: null },
        { ...sends(contentInput), headers: ['If-Match'] },
      ),
    },
    async (c, { body }) => answer(c, await saveDraft(c.var.ctx, actorIn(c), ref(c), body, requireIfMatch(c))),
  )
  route(
    app,
    {
      method: 'post',
      path: `${BASE}/{id}/attachments`,
      act: 'release.edit',
      maxBytes: UPLOAD,
      ...doc(
        'Attach a file',
        { 201: release, 422: null },
        { body: { 'multipart/form-data': z.object({ file: z.string(), title: z.string().optional() }) } },
      ),
    },
    async (c) => {
      const sent = await upload(c)
      return answer(
        c,
        await attach(
          c.var.ctx,
          actorIn(c),
          ref(c),
          { name: sent.name, title: sent.fields['title'] ?? '', bytes: sent.bytes },
          ifMatch(c),
        ),
        {},
        201,
      )
    },
  )
}

const imported = z.object({
  release: releaseSchema,
  notes: z.array(z.object({ field: z.string(), code: z.string(), text: z.string() })),
  unrecognised: z.array(z.string()),
})
const importQuery = z.strictObject({
  /** Named here it wins over what the title suggests. */
  kind: z.enum(KINDS).optional(),
  areas: z.string().max(2000).default(''),
  topics: z.string().max(1000).default(''),
})
const saidNote = ({ field, code, params }: ImportNote, lang: 'zh' | 'en') => ({
  field,
  code,
  text: t(lang, `import.${code}`, params),
})
const words = (csv: string) => csv.split(',').filter(Boolean)

function mountImport(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: '/api/v1/imports',
      act: 'release.create',
      maxBytes: UPLOAD,
      query: importQuery,
      ...doc(
        'Text in the shape of an official notice becomes a draft; what was not recognised is said',
        { 201: imported, 422: null },
        {
          body: {
            'text/plain': z.string(),
            'application/json': z.unknown(),
            'multipart/form-data': z.object({ file: z.string() }),
          },
        },
      ),
    },
    async (c, { query }) => {
      const sent = (c.req.header('content-type') ?? '').startsWith('multipart/')
        ? await upload(c)
        : { name: 'import', bytes: new Uint8Array(await c.req.arrayBuffer()) }
      const found = await bringFile(sent.name, sent.bytes)
      const core = {
        ...found.core,
        kind: query.kind ?? found.core.kind ?? 'notice',
        areas: words(query.areas),
        topics: words(query.topics),
      }
      const row = await createRelease(
        c.var.ctx,
        actorIn(c),
        { core, parts: { [found.language]: found.part } },
        'import',
      )
      return answer(
        c,
        row,
        { notes: found.notes.map((n) => saidNote(n, c.var.lang)), unrecognised: found.unrecognised },
        201,
      )
    },
  )
}
