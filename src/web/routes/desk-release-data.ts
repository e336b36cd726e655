/** One release as its screen shows it: its journey so far and still to come, and what this person may do with it. */
import type { Station } from '../../../templates/page/relay.tsx'
import { hasWords, t } from '../../../templates/words/index.ts'
import type { Ctx } from '../../context.ts'
import { mayOn, type Standing } from '../../desk/gate.ts'
import { timelineOf } from '../../desk/store.ts'
import { endingOf } from '../../publication/ending.ts'
import { falseAlarmReady, mayReleaseFalseAlarm } from '../../publication/false-alarm.ts'
import type { EditionRow } from '../../publication/store.ts'
import { lastPublished } from '../../review/judge.ts'
import type { Actor } from '../../staff/member.ts'
import type { Act } from '../../staff/policy.ts'
import { agencyById, rosterOf } from '../../staff/store.ts'
import { namesOf, phoneSignOffsOf } from '../desk-store.ts'
import { stepName } from '../views/bits.tsx'
import type { Possible } from '../views/release.tsx'
import { type Bench, barredFrom, chainStations } from './desk-decide-data.ts'
import { hadPart } from './desk-tasks.ts'

type Lang = 'zh' | 'en'
type Row = Awaited<ReturnType<typeof timelineOf>>[number]

/** What has happened, one station for each; many saves by one person are one. Then what is still to come. */
export async function journey(ctx: Ctx, lang: Lang, at: Standing, bench: Bench | null): Promise<Station[]> {
  const rows = await timelineOf(ctx.store.db, at.release.id)
  const names = await namesOf(
    ctx.store.db,
    rows.map((r) => r.member_id),
  )
  const past = rows
    .filter(
      (row, i) => !(row.act === 'saved' && rows[i + 1]?.act === 'saved' && rows[i + 1]?.member_id === row.member_id),
    )
    .map((row): Station => station(lang, row, names))
  const ahead =
    bench && at.release.state === 'in-review'
      ? (await chainStations(ctx, lang, bench)).filter((s) => s.state !== 'done')
      : []
  const waiting = ['approved', 'scheduled', 'held'].includes(at.release.state)
    ? [
        {
          name: t(lang, 'desk.station.publish'),
          state: at.release.state === 'held' ? ('late' as const) : ('now' as const),
          ...(at.release.planned_at ? { at: at.release.planned_at } : {}),
        },
      ]
    : []
  return [...past, ...ahead, ...waiting]
}

function station(lang: Lang, row: Row, names: Map<string, string>): Station {
  const [head = '', ...rest] = row.act.split(':')
  const key = `desk.act.${head}`
  const name = hasWords(key) ? t(lang, key, { what: rest.map((r) => actWord(lang, r)).join(' ') }) : row.act
  return {
    name:
      row.revision && (head === 'saved' || head === 'masked')
        ? `${name} · ${t(lang, 'desk.revision', { n: row.revision })}`
        : name,
    who: row.member_id ? (names.get(row.member_id) ?? '') : t(lang, 'desk.system'),
    at: row.at,
    state: head === 'held' ? 'late' : 'done',
  }
}

const actWord = (lang: Lang, word: string): string =>
  [`public.type.${word}`, `desk.outlet.${word}`, `desk.held.${word}`, `desk.run.do.${word}`]
    .filter(hasWords)
    .map((k) => t(lang, k))[0] ?? stepName(lang, word)

/** What the policy lets this person do now, where it would also make sense. */
export async function possibleFor(
  ctx: Ctx,
  by: Actor,
  at: Standing,
  bench: Bench | null,
  reviewDue: EditionRow | undefined,
): Promise<Possible> {
  const { release } = at
  const may = (act: Act) => mayOn(act, by, at).ok
  const isPublic = release.face === 'live'
  const deciding = bench && !barredFrom(by, bench) ? bench.waiting : null
  return {
    edit: may('release.edit'),
    decide: deciding ? (deciding.duties.includes('sign') ? 'sign' : 'review') : null,
    takeBack: may('release.take-back'),
    publish: may('release.publish'),
    schedule: may('release.schedule'),
    correct: isPublic && may('release.correct'),
    abandon: isPublic && may('release.abandon'),
    falseAlarm:
      isPublic &&
      may('release.false-alarm') &&
      (await mayReleaseFalseAlarm(ctx.store.db, ctx, by, at)) &&
      (await falseAlarmReady(ctx.store.db, release)) !== null,
    ending: isPublic && may('release.correct') ? await endingFor(ctx, release) : null,
    withdraw: isPublic && may('release.withdraw'),
    takeDown: ['live', 'withdrawn'].includes(release.face) && may('release.take-down'),
    quarantine: may('release.quarantine'),
    settle: may('quarantine.settle'),
    phone: await mayRecordPhone(ctx, by, at),
    confirmPhone:
      may('release.confirm-phone-sign-off') &&
      (await phoneSignOffsOf(ctx.store.db, by.memberId)).some((d) => d.release_id === release.id),
    postReview:
      reviewDue !== undefined && may('release.post-review') && !(await hadPart(ctx, by, release.id, reviewDue.number)),
  }
}

async function endingFor(ctx: Ctx, release: Standing['release']): Promise<Possible['ending']> {
  const last = await lastPublished(ctx.store.db, release)
  return last && endingOf(last)
}

async function mayRecordPhone(ctx: Ctx, by: Actor, at: Standing): Promise<boolean> {
  const { release } = at
  if (release.lane !== 'flash' || !mayOn('release.record-phone-sign-off', by, at).ok) return false
  const agency = await agencyById(ctx.store.db, release.agency_id)
  if (agency?.phone_signoff !== 1) return false
  return (await rosterOf(ctx.store.db, [release.agency_id], ctx.clock.now())).some((d) => d.member_id === by.memberId)
}
