/** The desk's stream: the part of the page that moves, whole where its shape changed, else its figures alone. */
import { t } from '../../../templates/words/index.ts'
import type { Glance, LiveRun, Watch } from '../../delivery/live.ts'
import { type EditionProgress, isForEveryone } from '../../delivery/progress.ts'
import { mayOn, type Standing } from '../../desk/gate.ts'
import type { Req } from '../env.ts'
import { actorIn } from '../guards/route.ts'
import { streamRelease, type Teller } from '../live-stream.ts'
import { At, figure } from '../views/bits.tsx'
import type { Frame } from '../views/frame.tsx'
import { countsOf, ORDER, type PaceSeen, paceWords, percentOf } from '../views/pace.tsx'
import { type Allowed, Progress, RunBar, TIMES, totalWords } from '../views/progress.tsx'
import { frameOf } from './desk-frame.ts'

export const allowedOn = (c: Req, at: Standing): Allowed => ({
  stop: mayOn('dispatch.stop', actorIn(c), at).ok,
  pause: mayOn('dispatch.pause', actorIn(c), at).ok,
  resume: mayOn('dispatch.resume', actorIn(c), at).ok,
})

/** Outlets in the order they are served. */
export function inOrder(c: Req, editions: EditionProgress[]): EditionProgress[] {
  const place = (outlet: string) => c.var.ctx.channels.findIndex((ch) => ch.name === outlet)
  return editions.map((e) => ({ ...e, runs: [...e.runs].sort((a, b) => place(a.run.outlet) - place(b.run.outlet)) }))
}

export async function progressEvents(c: Req): Promise<Response> {
  const f = await frameOf(c)
  return streamRelease(c, c.req.param('id') as string, () => teller(c, f))
}

function teller(c: Req, frame: Frame): Teller {
  let [shape, trouble, told] = ['', '', 0]
  let drawn = 0
  return async (glance, at, watch) => {
    const f = { ...frame, mode: at.release.mode as Frame['mode'], now: glance.at }
    const now = shapeOf(glance)
    const troubled = troubleOf(glance)
    // Causes are read again at most every two seconds (delivery/live.ts); the page follows them.
    const due = troubled !== trouble && ++drawn % 8 === 0
    if (now !== shape || due || (!glance.going && told !== glance.seq)) {
      ;[shape, trouble, told, drawn] = [now, troubled, glance.seq, 0]
      return [{ event: 'page', data: JSON.stringify(await pageOf(c, f, at, glance, watch)) }]
    }
    if (told === glance.seq) return []
    told = glance.seq
    return [{ event: 'figures', data: JSON.stringify({ runs: figuresOf(c, f, glance), said: saidOf(f, glance) }) }]
  }
}

async function pageOf(c: Req, f: Frame, at: Standing, glance: Glance, watch: Watch) {
  const live = new Map(glance.runs.map((r) => [r.run.dispatch_id, r]))
  const whole = inOrder(c, await watch.whole()).map((e) => ({
    ...e,
    runs: e.runs.map((r) => ({ ...r, run: live.get(r.run.dispatch_id)?.run ?? r.run })),
  }))
  const paces = new Map<string, PaceSeen>(glance.runs.map((r) => [r.run.dispatch_id, r]))
  const html = String(
    <Progress f={f} editions={whole} allowed={allowedOn(c, at)} number={at.release.number} paces={paces} />,
  )
  return { html, said: saidOf(f, glance), going: glance.going }
}

/** What stands on the page beside figures: which lines, in which state, with which counters and times. */
const shapeOf = ({ release, runs }: Glance): string =>
  JSON.stringify([
    release.editions,
    release.state,
    runs.map(({ run }) => [
      run.dispatch_id,
      run.state,
      run.why,
      ORDER.filter((n) => run[n] > 0),
      TIMES.filter((n) => run[n]),
      run.repeats > 0,
    ]),
  ])
const troubleOf = ({ runs }: Glance): string =>
  JSON.stringify(runs.map(({ run: r }) => [r.failed, r.gone, r.unknown, r.suppressed, r.deferred]))

function figuresOf(c: Req, f: Frame, glance: Glance) {
  return glance.runs.map(({ run, ...pace }) => {
    const everyone = isForEveryone(c.var.ctx, run.outlet)
    const counts = { ...countsOf(run), audience: run.audience, repeats: run.repeats }
    return {
      id: run.dispatch_id,
      bar: run.outlet === 'manual' ? '' : String(<RunBar f={f} run={run} />),
      ...(everyone || run.outlet === 'manual' ? {} : { total: totalWords(run), pace: paceWords(f.lang, run, pace) }),
      counts: Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, figure(n)])),
      times: run.last_accepted_at
        ? { last_accepted_at: String(<At f={f} at={run.last_accepted_at} exact short />) }
        : {},
    }
  })
}

/** A sentence for those who cannot see the bars; desk.js says it now and then. */
const saidOf = (f: Frame, glance: Glance): string =>
  glance.runs.map((r) => saidOfRun(f, r)).join(f.lang === 'zh' ? '；' : '; ')

function saidOfRun(f: Frame, { run, ...pace }: LiveRun): string {
  const outlet = t(f.lang, `desk.outlet.${run.outlet}`)
  const state = t(f.lang, run.why === 'paused' ? 'desk.run.paused' : `desk.run.${run.state}`)
  if (run.state !== 'sending' || run.audience === 0) return t(f.lang, 'desk.pace.said.state', { outlet, state })
  const far = t(f.lang, 'desk.pace.said', { outlet, percent: percentOf(countsOf(run), run.audience) })
  return [far, paceWords(f.lang, run, pace)].filter(Boolean).join(f.lang === 'zh' ? '，' : ', ')
}
