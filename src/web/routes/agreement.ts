/** API of review: submission, verdicts, hits, signers, telephone sign-off, post-review. */
import { z } from 'zod'
import { admit } from '../../desk/gate.ts'
import { noteReading } from '../../desk/read-log.ts'
import { contributors, type ReleaseRow, releaseById, revisionOf } from '../../desk/store.ts'
import { readableZod } from '../../lib/shape.ts'
import { postReview, postReviewInput } from '../../publication/post-review.ts'
import { decideAndPublish, phoneAndPublish, type Signed } from '../../publication/sign-and-publish.ts'
import { confidentialitySheet } from '../../review/confidentiality-sheet.ts'
import { decisionInput } from '../../review/decide.ts'
import { judge } from '../../review/judge.ts'
import { confirmPhoneSignOff, phoneInput } from '../../review/phone.ts'
import { resolutionInput, resolveHit } from '../../review/resolve.ts'
import { ableTo } from '../../review/signers.ts'
import { submit, takeBack } from '../../review/submit.ts'
import type { Chains } from '../../staff/chain.ts'
import { agencyById } from '../../staff/store.ts'
import type { App, Req } from '../env.ts'
import { spoken } from '../errors.ts'
import { etagOf, ifMatch } from '../guards/etag.ts'
import { actorIn, type RouteDoc, route } from '../guards/route.ts'
import { hitSchema, issueSchema, releaseSchema, sheetSchema, signersSchema } from './schemas.ts'
import { shownRelease } from './shown.ts'

const AT = '/api/v1/releases/{id}'
const ref = (c: Req): string => c.req.param('id') ?? ''
const doc = (summary: string, answers: RouteDoc['answers'], sent?: z.ZodType) => ({
  doc: {
    tag: 'review',
    summary,
    answers,
    ...(sent ? { body: { 'application/json': sent } } : {}),
    headers: ['Idempotency-Key'] as RouteDoc['headers'],
  },
})
const release = z.object({ release: releaseSchema })
const signed = z.object({ release: releaseSchema, editionId: z.string().nullable() })
const answer = (c: Req, row: ReleaseRow, status: 200 | 201 = 200) =>
  c.json({ release: shownRelease(row) }, status, { etag: etagOf(row.version) })
const answerSigned = (c: Req, { release: row, editionId }: Signed) =>
  c.json({ release: shownRelease(row), editionId }, 201, { etag: etagOf(row.version) })

export function mountAgreement(app: App): void {
  route(
    app,
    {
      method: 'post',
      path: `${AT}/submission`,
      act: 'release.submit',
      ...doc('Send for review (送审)', { 201: release, 409: null, 422: null }),
    },
    async (c) => answer(c, await submit(c.var.ctx, actorIn(c), ref(c), ifMatch(c)), 201),
  )
  route(
    app,
    {
      method: 'delete',
      path: `${AT}/submission`,
      act: 'release.take-back',
      ...doc('Take back the submission (撤回送审)', { 200: release }),
    },
    async (c) => answer(c, await takeBack(c.var.ctx, actorIn(c), ref(c))),
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/decisions`,
      act: 'release.read',
      json: true,
      ...doc(
        'Verdict at the waiting step; the last signature publishes',
        { 201: signed, 409: null, 422: null },
        decisionInput,
      ),
    },
    async (c, { body }) => answerSigned(c, await decideAndPublish(c.var.ctx, actorIn(c), ref(c), body)),
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/phone-sign-off`,
      act: 'release.record-phone-sign-off',
      json: true,
      ...doc('Record a sign-off by telephone (电话签批)', { 201: signed }, phoneInput),
    },
    async (c, { body }) => answerSigned(c, await phoneAndPublish(c.var.ctx, actorIn(c), ref(c), body)),
  )
  const confirmation = z.strictObject({ confirmed: z.boolean() })
  route(
    app,
    {
      method: 'post',
      path: `${AT}/phone-sign-off/confirmation`,
      act: 'release.confirm-phone-sign-off',
      json: true,
      ...doc('Confirm or deny what was recorded', { 204: null }, confirmation),
    },
    async (c, { body }) => {
      await confirmPhoneSignOff(c.var.ctx, actorIn(c), ref(c), readableZod(confirmation, body).confirmed)
      return c.body(null, 204)
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/post-review`,
      act: 'release.post-review',
      json: true,
      ...doc('Review after publication (事后补审)', { 204: null }, postReviewInput),
    },
    async (c, { body }) => {
      await postReview(c.var.ctx, actorIn(c), ref(c), body)
      return c.body(null, 204)
    },
  )
  mountJudgement(app)
  mountSheet(app)
}

function mountSheet(app: App): void {
  route(
    app,
    {
      method: 'get',
      path: `${AT}/confidentiality-review`,
      act: 'release.inspect',
      ...doc('The confidentiality review of the newest submission (保密审查单)', { 200: sheetSchema, 404: null }),
    },
    async (c) => {
      const found = await confidentialitySheet(c.var.ctx, actorIn(c), ref(c))
      const { core, parts, attachments } = found.revision.content
      return c.json({
        number: found.release.number,
        agency: { zh: found.agency?.name_zh ?? '', en: found.agency?.name_en ?? '' },
        title: parts['zh-CN']?.title ?? '',
        revision: found.revision.ordinal,
        hash: found.revision.hash,
        attachments: attachments.map(({ sha256, name }) => ({ sha256, name })),
        outlets: core.outlets,
        plannedAt: core.notBefore ?? null,
        submittedAt: found.submittedAt,
        record: found.record,
        steps: found.steps,
      })
    },
  )
}

function mountJudgement(app: App): void {
  const judgement = z.object({ issues: z.array(issueSchema), hits: z.array(hitSchema), unresolved: z.number() })
  route(
    app,
    {
      method: 'get',
      path: `${AT}/judgement`,
      act: 'release.inspect',
      ...doc('What stands against the current revision', { 200: judgement }),
    },
    async (c) => {
      const { ctx, lang } = c.var
      const at = await admit(ctx.store.db, actorIn(c), ref(c), 'release.inspect')
      const { release: row } = at
      const revision = await revisionOf(ctx.store.db, row.id, row.revision)
      if (revision) await noteReading(ctx, actorIn(c), at, revision.ordinal, 'api')
      const found = revision
        ? await judge(ctx, ctx.store.db, row, revision, { hints: true })
        : { issues: [], hits: [], unresolved: 0 }
      const hits = found.hits.map((h) => ({
        key: h.key,
        scanner: h.scanner,
        rule: h.rule,
        severity: h.severity,
        part: h.part,
        field: h.field,
        start: h.start,
        end: h.end,
        excerpt: h.excerpt,
        suggestion: h.suggestion ?? null,
        file: h.file ?? null,
        resolution: h.resolution,
      }))
      return c.json({ issues: found.issues.map((i) => spoken(i, lang)), hits, unresolved: found.unresolved })
    },
  )
  route(
    app,
    {
      method: 'post',
      path: `${AT}/hits/{key}/resolution`,
      act: 'release.resolve-hit',
      json: true,
      ...doc('Resolve one hit of the scanners', { 204: null }, resolutionInput),
    },
    async (c, { body }) => {
      await resolveHit(c.var.ctx, actorIn(c), ref(c), c.req.param('key') ?? '', body)
      return c.body(null, 204)
    },
  )
  route(
    app,
    {
      method: 'get',
      path: `${AT}/signers`,
      act: 'release.inspect',
      ...doc('Who is still able to take each step', { 200: signersSchema }),
    },
    async (c) => {
      const { ctx } = c.var
      const { db } = ctx.store
      const { release: row } = await admit(db, actorIn(c), ref(c), 'release.inspect')
      const current = (await releaseById(db, row.id)) as ReleaseRow
      const barred = await contributors(db, row.id, current.editions)
      const agency = await agencyById(db, row.agency_id)
      const chain = (JSON.parse(agency?.chains ?? '{}') as Chains)[row.lane as 'flash' | 'routine'] ?? []
      const steps = await Promise.all(
        chain.map(async (step) => ({
          step: step.name,
          role: step.role,
          able: (await ableTo(db, row.agency_id, step, barred, ctx.clock.now())).map(
            ({ agencyId: _, languages: __, away: ___, ...a }) => a,
          ),
        })),
      )
      return c.json({ steps, stillAbleToSign: steps.at(-1)?.able.length ?? 0 })
    },
  )
}
