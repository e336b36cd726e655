/** Mail takes over from a browser that cannot be reached any more: its choices become those of a mail subscription. */
import type { Ctx } from '../context.ts'
import { newToken } from '../lib/id.ts'
import type { StandbyRow } from './standby-store.ts'
import {
  insertSubscriber,
  interestsOf,
  type NewSubscriber,
  type SubscriberRow,
  setInterests,
  subscriberByAddress,
  subscriberById,
  updateSubscriber,
} from './store.ts'
import { mayMove } from './subscriber.ts'
import { addressHash, barred } from './suppression.ts'

type Trx = Parameters<typeof subscriberById>[0]

/**
 * Only at an address whose owner confirmed, and not where they have complained or asked for nothing more. Who has mail already
 * keeps it, widened by what the browser had.
 * @returns the mail subscriber; null where nobody may be written to
 */
export async function takeOver(ctx: Ctx, trx: Trx, standby: StandbyRow): Promise<SubscriberRow | null> {
  const browser = await subscriberById(trx, standby.push_id)
  if (!browser || !standby.confirmed_at || (await barred(ctx, trx, 'email', standby.address))) return null
  const theirs = { row: browser, ...(await interestsOf(trx, browser.id)) }
  const known = await subscriberByAddress(trx, 'email', standby.address, browser.mode)
  if (known?.state === 'active') return widen(trx, known, theirs)
  if (known && !mayMove(known.state, 'active')) return null
  const row = mailRow(ctx, standby, browser, known)
  const id = known ? known.id : await insertSubscriber(trx, row)
  if (known) await updateSubscriber(trx, id, row)
  await setInterests(trx, id, theirs.topics, theirs.areas)
  return (await subscriberById(trx, id)) ?? null
}

const mailRow = (ctx: Ctx, standby: StandbyRow, browser: SubscriberRow, known?: SubscriberRow): NewSubscriber => ({
  kind: 'email',
  address: standby.address,
  address_hash: addressHash(ctx, 'email', standby.address),
  keys: null,
  token: known?.token ?? newToken(),
  state: 'active',
  mode: browser.mode,
  language: browser.language,
  urgency: browser.urgency,
  frequency: 'at-once',
  zone: '',
  every_topic: browser.every_topic,
  all_topics: browser.all_topics,
  all_areas: browser.all_areas,
  created_at: ctx.clock.now(),
  confirmed_at: standby.confirmed_at,
  left_at: null,
})

type Chosen = { row: SubscriberRow; topics: string[]; areas: string[] }
const RANK = ['normal', 'important', 'critical']

/** Never less than either of the two had; what lies between them comes along. Language, frequency and clock stay as they were chosen for mail. */
async function widen(trx: Trx, mail: SubscriberRow, browser: Chosen): Promise<SubscriberRow> {
  const own = await interestsOf(trx, mail.id)
  const allTopics = mail.all_topics || browser.row.all_topics ? 1 : 0
  const allAreas = mail.all_areas || browser.row.all_areas ? 1 : 0
  const set = {
    urgency: RANK[Math.min(RANK.indexOf(mail.urgency), RANK.indexOf(browser.row.urgency))] ?? 'normal',
    every_topic: 0,
    all_topics: allTopics,
    all_areas: allAreas,
  }
  await updateSubscriber(trx, mail.id, set)
  const both = (a: string[], b: string[]) => [...new Set([...a, ...b])]
  await setInterests(
    trx,
    mail.id,
    allTopics ? [] : both(own.topics, browser.topics),
    allAreas ? [] : both(own.areas, browser.areas),
  )
  return { ...mail, ...set }
}
