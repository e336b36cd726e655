/** The story: an official notice on its ordinary way, a grassland fire on the short one, a figure put right, a language added, a notice taken back. */
import { type Lang, t } from '../../templates/words/index.ts'
import { type Clock, MINUTE, plus } from '../lib/clock.ts'
import type { Desk, Edition, Release } from './desk.ts'
import { table, undelivered } from './table.ts'
import { ENGLISH, firstReport, MISTAKEN, NOTICE, RIGHT, update, WHY_WITHDRAWN, WRONG } from './texts.ts'

const DRAFTER = 'qinggele-drafter'
const BODY = 'qinggele'

export type Stage = { desk: Desk; clock: Clock; lang: Lang; say(line: string): void }
/** A step of the story. @returns the release it moved and the number its newest edition now has */
type Act = (stage: Stage, told: Told) => Promise<{ release: Release; edition: number }>
type Fire = { id: string; knownAt: string }
/** What earlier steps made: releases by the name of the step. */
type Told = { releases: Map<string, Release>; fire?: Fire }

const ACTS: readonly (readonly [name: string, act: Act])[] = [
  ['notice', importedNotice],
  ['first-report', fireReport],
  ['update', fireUpdate],
  ['correction', figurePutRight],
  ['english', englishAdded],
  ['mistaken', mistakenNotice],
  ['withdrawal', withdrawn],
]

/** What was not delivered, in sentences, and how many messages the far ends are said to have taken. */
export type Played = { wrong: string[]; accepted: { email: number; webpush: number } }

/** Plays it, saying of each step what it took and how every outlet took it. */
export async function play(stage: Stage): Promise<Played> {
  const { desk, clock, lang, say } = stage
  const told: Told = { releases: new Map() }
  const wrong: string[] = []
  const accepted = { email: 0, webpush: 0 }
  for (const [i, [name, act]] of ACTS.entries()) {
    const began = clock.ticks()
    const { release, edition } = await act(stage, told)
    const agreed = Math.round(clock.ticks() - began)
    const out = await desk.settled(DRAFTER, release.id, edition)
    told.releases.set(name, release)
    const took = { step: i + 1, agreed, out: Math.round(clock.ticks() - began), number: release.number, edition }
    say('')
    say(t(lang, `demo.act.${name}`, took))
    say(t(lang, 'demo.took', took))
    for (const line of table(out, lang)) say(line)
    if (out.told) say(`    ${t(lang, 'demo.told', out.told)}`)
    say(`    ${out.address}`)
    wrong.push(...faults(name, out))
    for (const { outlet, counts } of out.dispatches)
      if (outlet === 'email' || outlet === 'webpush') accepted[outlet] += counts['accepted'] ?? 0
  }
  return { wrong, accepted }
}

const faults = (name: string, edition: Edition): string[] =>
  edition.dispatches.flatMap((run) => {
    const why = undelivered(run)
    return why ? [`${name} · ${why}`] : []
  })

async function importedNotice({ desk }: Stage) {
  const { release } = await desk.as<{ release: Release }>(
    DRAFTER,
    'POST',
    '/imports?kind=policy&areas=159900&topics=policy,farming',
    NOTICE,
  )
  await desk.submit(DRAFTER, release.id)
  await desk.agree(release.id, BODY, release.lane)
  return { release, edition: 1 }
}

/** The facts are known some minutes before the first report of them. */
async function openFire({ desk, clock }: Stage): Promise<Fire> {
  const knownAt = plus(clock.now(), -4 * MINUTE)
  const { id } = await desk.as<{ id: string }>(DRAFTER, 'POST', '/incidents', {
    titleZh: '哈日诺尔旗草原火灾（示例）',
    titleEn: 'Hari Nuur grassland fire (sample)',
    class: 'natural',
    grade: 'major',
    areas: ['159921'],
    knownAt,
  })
  return { id, knownAt }
}

async function fireReport(stage: Stage, told: Told) {
  const { id, knownAt } = await openFire(stage)
  told.fire = { id, knownAt }
  return { release: await stage.desk.publish(DRAFTER, firstReport(id, stage.clock.now(), knownAt)), edition: 1 }
}

async function fireUpdate(stage: Stage, told: Told) {
  const { id, knownAt } = told.fire as Fire
  return { release: await stage.desk.publish(DRAFTER, update(id, stage.clock.now(), knownAt)), edition: 1 }
}

async function figurePutRight({ desk }: Stage, told: Told) {
  const release = told.releases.get('update') as Release
  await desk.change(DRAFTER, release.id, 'correction', ({ parts }) => {
    const zh = parts['zh-CN'] as { blocks: { facts: string }; changeNote: string }
    zh.blocks.facts = zh.blocks.facts.replace(WRONG, RIGHT)
    zh.changeNote = `过火面积由“${WRONG}”更正为“${RIGHT}”。`
  })
  return { release, edition: 2 }
}

async function englishAdded({ desk }: Stage, told: Told) {
  const release = told.releases.get('update') as Release
  await desk.change(DRAFTER, release.id, 'addition', ({ parts }) => {
    parts['en'] = ENGLISH
  })
  return { release, edition: 3 }
}

async function mistakenNotice({ desk }: Stage) {
  return { release: await desk.publish(DRAFTER, MISTAKEN), edition: 1 }
}

async function withdrawn({ desk }: Stage, told: Told) {
  const release = told.releases.get('mistaken') as Release
  await desk.as(DRAFTER, 'POST', `/releases/${release.id}/withdrawal`, { reasons: { 'zh-CN': WHY_WITHDRAWN } })
  await desk.agree(release.id, BODY, release.lane)
  return { release, edition: 2 }
}
