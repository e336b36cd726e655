/** 舆情 收集→会商→研判→回应→评估: the states of an item of public concern and its allowed moves. No content, only where it stands. */
import type { Tables } from '../store/tables.ts'

export type OpinionRow = Tables['opinion']
export const OPINION_STATES = ['collected', 'consulted', 'judged', 'responded', 'assessed'] as const
export type OpinionState = (typeof OPINION_STATES)[number]
/** 回应, 并入, 转办, 不予回应 */
export const DECISIONS = ['respond', 'merge', 'transfer', 'none'] as const
export type Decision = (typeof DECISIONS)[number]
export const ANSWERS = ['release', 'conference', 'interview'] as const

/** The next state, or null where it may not be reached from here. Only what is to be answered passes through the answer. */
export function mayBecome(from: OpinionState, to: OpinionState, decision: Decision | null): boolean {
  switch (to) {
    case 'consulted':
      return from === 'collected'
    case 'judged':
      return from === 'consulted'
    case 'responded':
      return from === 'judged' && decision === 'respond'
    case 'assessed':
      return from === 'responded' || (from === 'judged' && decision !== null && decision !== 'respond')
    case 'collected':
      return false
    default:
      return to satisfies never
  }
}

/** What may come next. */
export const nextStates = (row: Pick<OpinionRow, 'state' | 'decision'>): OpinionState[] =>
  OPINION_STATES.filter((to) => mayBecome(row.state, to, row.decision))
