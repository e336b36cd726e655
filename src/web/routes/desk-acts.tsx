/** Steps with consequences: each a page that says what happens, and a form that does it. */
import { pauseRun, resumeRun, stopRun } from '../../delivery/stop.ts'
import { type Language, languagesOf } from '../../desk/content.ts'
import { admit, type Standing, standing } from '../../desk/gate.ts'
import { shownTitle } from '../../desk/list.ts'
import { type Issue, invalid, issue, notFound, wrongState } from '../../lib/errors.ts'
import { abandonCorrection, beginCorrection } from '../../publication/correct.ts'
import { beginEnding, endingOf } from '../../publication/ending.ts'
import { postReview } from '../../publication/post-review.ts'
import { publish } from '../../publication/publish.ts'
import { schedule } from '../../publication/schedule.ts'
import { phoneAndPublish } from '../../publication/sign-and-publish.ts'
import { editionsOf } from '../../publication/store.ts'
import { takeDown } from '../../publication/takedown.ts'
import { withdraw } from '../../publication/withdraw.ts'
import { quarantine } from '../../purge/quarantine.ts'
import { settleQuarantine } from '../../purge/settle.ts'
import { quarantineOf } from '../../purge/store.ts'
import { lastPublished } from '../../review/judge.ts'
import { confirmPhoneSignOff } from '../../review/phone.ts'
import { recordCall } from '../../review/record-call.ts'
import { ableTo } from '../../review/signers.ts'
import { takeBack } from '../../review/submit.ts'
import type { Act } from '../../staff/policy.ts'
import type { App, Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import {
  type ActProps,
  CorrectPage,
  EndingPage,
  PhonePage,
  PostReviewPage,
  QuarantinePage,
  SettlePage,
  TakeDownPage,
  WithdrawPage,
} from '../views/acts.tsx'
import { exactTime, type Fields, first } from '../views/fields.ts'
import { confidentialityFrom } from './desk-decide.tsx'
import { benchFor } from './desk-decide-data.ts'
import {
  asMissing,
  frameOf,
  goTo,
  page,
  refusalIn,
  refusalOn,
  refusedWords,
  screen,
  sentIn,
  statusOf,
} from './desk-frame.ts'
import { showRelease } from './desk-release.tsx'

type View = (c: Req, at: Standing, props: ActProps) => Promise<unknown> | unknown
type Deed = (c: Req, id: string, fields: Fields) => Promise<string | undefined>
const ref = (c: Req) => c.req.param('id') as string

export function mountActs(app: App): void {
  act(app, 'quarantine', 'release.quarantine', (_, __, p) => <QuarantinePage {...p} />, seal)
  act(app, 'settle', 'quarantine.settle', settleView, settle)
  act(app, 'correct', 'release.correct', (_, __, p) => <CorrectPage {...p} />, correct)
  act(app, 'withdraw', 'release.withdraw', withdrawView, takeAway)
  act(app, 'ending', 'release.correct', endingView, end)
  act(app, 'take-down', 'release.take-down', (_, __, p) => <TakeDownPage {...p} />, down)
  act(app, 'post-review', 'release.post-review', postReviewView, lookAgain)
  act(app, 'phone', 'release.record-phone-sign-off', phoneView, byPhone)
  button(
    app,
    'take-back',
    'release.take-back',
    async (c, id) => void (await takeBack(c.var.ctx, actorIn(c), id)),
    'taken-back',
  )
  button(
    app,
    'abandon',
    'release.abandon',
    async (c, id) => void (await abandonCorrection(c.var.ctx, actorIn(c), id)),
    'abandoned',
  )
  button(
    app,
    'publish',
    'release.publish',
    async (c, id) => void (await publish(c.var.ctx, actorIn(c), id)),
    'published',
  )
  button(app, 'schedule', 'release.schedule', plan, 'scheduled')
  button(
    app,
    'calls',
    'release.record-call',
    (c, id, fields) => recordCall(c.var.ctx, actorIn(c), id, { memberId: first(fields, 'memberId') }),
    'call-recorded',
  )
  button(app, 'phone/confirm', 'release.confirm-phone-sign-off', confirm, 'phone-answered')
  button(app, 'dispatches/{run}/stop', 'dispatch.stop', stop, 'stopping')
  button(app, 'dispatches/{run}/pause', 'dispatch.pause', pause, 'pausing')
  button(app, 'dispatches/{run}/resume', 'dispatch.resume', resume, 'resumed')
}

/** A page and its form. */
function act(app: App, name: string, policy: Act, view: View, deed: Deed): void {
  const path = `/desk/releases/{id}/${name}`
  screen(app, { method: 'get', path, act: policy }, (c) => show(c, policy, view, {}))
  screen(app, { method: 'post', path, act: policy }, async (c) => {
    const { fields } = await sentIn(c)
    const { release } = await admit(c.var.ctx.store.db, actorIn(c), ref(c), policy)
    try {
      const elsewhere = await deed(c, release.id, fields)
      return goTo(c, elsewhere ?? `/desk/releases/${release.number}`, name)
    } catch (err) {
      const refusal = refusalIn(err)
      return show(c, policy, view, {
        fields,
        ...refusalOn(c, refusal),
        issues: asMissing(refusal.issues, fields),
      })
    }
  })
}

type Extra = { fields?: Fields; issues?: Issue[]; refused?: string; status?: number }

async function show(c: Req, policy: Act, view: View, extra: Extra): Promise<Response> {
  const at = await admit(c.var.ctx.store.db, actorIn(c), ref(c), policy)
  const props: ActProps = {
    f: await frameOf(c, at.release.mode as 'live'),
    fields: extra.fields ?? new Map(),
    issues: extra.issues ?? [],
    number: at.release.number,
    // A sealed release is named by its number alone.
    title: await shownTitle(c.var.ctx, actorIn(c), at),
    ...(extra.refused ? { refused: extra.refused } : {}),
  }
  return page(c, await view(c, at, props), extra.status ?? 200)
}

/** A form with a button alone; what is refused is said on the release's own page. */
function button(
  app: App,
  name: string,
  policy: Act,
  deed: (c: Req, id: string, fields: Fields) => Promise<void>,
  said: string,
): void {
  screen(app, { method: 'post', path: `/desk/releases/{id}/${name}`, act: policy }, async (c) => {
    const { fields } = await sentIn(c)
    const { release } = await standing(c.var.ctx.store.db, actorIn(c), ref(c))
    try {
      await deed(c, release.id, fields)
      return goTo(c, `/desk/releases/${release.number}`, said)
    } catch (err) {
      const refusal = refusalIn(err)
      return showRelease(c, { refused: refusedWords(c, refusal), status: statusOf(refusal) })
    }
  })
}

const seal: Deed = async (c, id) => {
  await quarantine(c.var.ctx, actorIn(c), id)
  return '/desk'
}

const settleView: View = async (c, at, p) => {
  const record = await quarantineOf(c.var.ctx.store.db, at.release.id)
  if (!record) throw wrongState('wrong-state', { state: at.state })
  return <SettlePage {...p} reportedAt={record.reported_at} wasPublic={record.was_public === 1} />
}
const settle: Deed = async (c, id, fields) => {
  await settleQuarantine(c.var.ctx, actorIn(c), id, {
    outcome: first(fields, 'outcome'),
    instruction: first(fields, 'instruction'),
  })
  return '/desk'
}

const correct: Deed = async (c, id, fields) => {
  const release = await beginCorrection(c.var.ctx, actorIn(c), id, { type: first(fields, 'type') })
  return `/desk/releases/${release.number}/edit`
}

const withdrawView: View = async (c, at, p) => {
  const last = await lastPublished(c.var.ctx.store.db, at.release)
  if (!last) throw wrongState('nothing-to-withdraw')
  return <WithdrawPage {...p} languages={languagesOf(last)} />
}
const takeAway: Deed = async (c, id, fields) => {
  const reasons = Object.fromEntries(
    (['zh-CN', 'mn-Mong-CN', 'en'] satisfies Language[])
      .map((l) => [l, first(fields, `reasons.${l}`).trim()] as const)
      .filter(([, reason]) => reason !== ''),
  )
  await withdraw(c.var.ctx, actorIn(c), id, { reasons })
  return undefined
}

const endingView: View = async (c, at, p) => {
  const last = await lastPublished(c.var.ctx.store.db, at.release)
  const as = last && endingOf(last)
  if (!as) throw wrongState('nothing-to-end')
  return <EndingPage {...p} as={as} />
}
const end: Deed = async (c, id) => {
  const release = await beginEnding(c.var.ctx, actorIn(c), id)
  return `/desk/releases/${release.number}/edit`
}

const down: Deed = async (c, id, fields) => {
  await takeDown(c.var.ctx, actorIn(c), id, { ground: first(fields, 'ground') })
  return undefined
}

const postReviewView: View = async (c, at, p) => {
  const due = (await editionsOf(c.var.ctx.store.db, at.release.id)).find(
    (e) => e.post_review_due && !e.post_reviewed_at,
  )
  if (!due) throw wrongState('no-post-review-due')
  return <PostReviewPage {...p} edition={due.number} />
}
const lookAgain: Deed = async (c, id, fields) => {
  await postReview(c.var.ctx, actorIn(c), id, {
    edition: Number(first(fields, 'edition')),
    opinion: first(fields, 'opinion'),
  })
  return undefined
}

const phoneView: View = async (c, at, p) => {
  const bench = await benchFor(c.var.ctx, at)
  if (!bench?.waiting) throw wrongState('wrong-state', { state: at.state })
  const barred = [...at.barred, actorIn(c).memberId]
  const people = await ableTo(c.var.ctx.store.db, at.release.agency_id, bench.waiting, barred, c.var.ctx.clock.now())
  return <PhonePage {...p} hash={bench.revision.hash} people={people} />
}
const byPhone: Deed = async (c, id, fields) => {
  const confidentiality = confidentialityFrom(fields)
  if (!confidentiality) throw invalid([issue('confidentiality', 'confidentiality-missing')])
  await phoneAndPublish(c.var.ctx, actorIn(c), id, {
    signerId: first(fields, 'signerId'),
    revisionHash: first(fields, 'revisionHash'),
    words: first(fields, 'words'),
    confidentiality,
  })
  return undefined
}

const plan = async (c: Req, id: string, fields: Fields): Promise<void> => {
  const { ctx } = c.var
  await schedule(ctx, actorIn(c), id, { at: exactTime(first(fields, 'at'), ctx.config.site.offset) })
}
const confirm = (c: Req, id: string, fields: Fields): Promise<void> =>
  confirmPhoneSignOff(c.var.ctx, actorIn(c), id, first(fields, 'confirmed') === 'yes')

/** The run is named by its own id; its release is judged where it is stopped. */
const run = (c: Req): string => {
  const id = c.req.param('run')
  if (!id) throw notFound('dispatch')
  return id
}
const stop = async (c: Req): Promise<void> => void (await stopRun(c.var.ctx, actorIn(c), run(c)))
const pause = async (c: Req): Promise<void> => void (await pauseRun(c.var.ctx, actorIn(c), run(c)))
const resume = async (c: Req, _id: string, fields: Fields): Promise<void> =>
  void (await resumeRun(c.var.ctx, actorIn(c), run(c), { answer: first(fields, 'answer') || 'go-on' }))
