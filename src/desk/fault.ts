/** 找错: what a reader says is wrong on a page. Its kinds, its states, and how it stands with its time. */
import { DAY } from '../lib/clock.ts'
import { sha256 } from '../lib/id.ts'
import type { Tables } from '../store/tables.ts'

export type FaultRow = Tables['fault']

/** 错别字或表述错误, 内容不准确, 链接打不开, 内容未更新, 看不清或用不了, 其他 */
export const FAULTS = ['wording', 'content', 'link', 'stale', 'access', 'other'] as const

/** 正常 / 临近 / 已完成 / 超时 (WORDS.md). `unknown`: its due day could not be reckoned. */
export type Standing = 'on-time' | 'due-soon' | 'met' | 'breached' | 'unknown'

/** The last day before it is due is near. */
const NEAR = DAY

export function standingOf(fault: Pick<FaultRow, 'due_at' | 'answered_at'>, now: string): Standing {
  const { due_at, answered_at } = fault
  if (!due_at) return answered_at ? 'met' : 'unknown'
  if ((answered_at ?? now) > due_at) return 'breached'
  if (answered_at) return 'met'
  return Date.parse(due_at) - Date.parse(now) <= NEAR ? 'due-soon' : 'on-time'
}

/** How a code is typed does not matter: capitals, blanks and hyphens are passed over. */
export const codeHash = (number: string, code: string): string =>
  sha256(`fault\n${number}\n${code.toUpperCase().replace(/[^0-9A-Z]/g, '')}`)

/** The release a page path belongs to, by the number in it. */
export const releaseIn = (page: string): string | undefined => /\/releases\/(\d{4}-\d{6,})(?:\/|$)/.exec(page)?.[1]
