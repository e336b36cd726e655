/** What an edition does to the one before it, as a word: 更正, or which of the acts that are told in the same way. */
import type { ActOfCorrection, Edition } from '../../src/publication/edition.ts'

export type ChangeWord = Edition['type'] | ActOfCorrection

export function changeWordOf({ type, content }: Pick<Edition, 'type' | 'content'>): ChangeWord {
  if (type !== 'correction' || !content) return type
  if (content.core.falseAlarmOf !== undefined) return 'false-alarm'
  return content.core.over?.as ?? 'correction'
}

/** 更正： stands before the title of what puts a text right; the title of the other acts says itself what it is. */
export const saysCorrection = (edition: Pick<Edition, 'type' | 'content'>): boolean =>
  changeWordOf(edition) === 'correction'
