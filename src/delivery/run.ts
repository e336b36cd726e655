/** A run: its states, and what an edition asks of subscribers. */
import type { Edition } from '../publication/edition.ts'

/**
 * waiting: for the website to be read back, or for an earlier edition · planning · sending · verifying (website, feeds) ·
 * held: a person is asked · stopping → stopped: nobody further is sent to · done.
 */
export const RUN_STATES = [
  'waiting',
  'planning',
  'sending',
  'verifying',
  'held',
  'stopping',
  'stopped',
  'done',
] as const
export type RunState = (typeof RUN_STATES)[number]

/** Whom an edition is for: those the topics, areas and urgency match; those told of an earlier edition; readers of an added language. */
export type Reach = { matching: boolean; told: boolean; onlyLanguages: string[] | null }

/** `previous` languages are those of the edition before. */
export function reachOf(edition: Edition, languages: string[], previous: string[]): Reach {
  switch (edition.type) {
    case 'first':
      return { matching: true, told: false, onlyLanguages: null }
    case 'correction':
      // Who was never told of a false alarm is not woken by its correction; the page and the feeds say it to everybody.
      return { matching: edition.content?.core.falseAlarmOf === undefined, told: true, onlyLanguages: null }
    case 'withdrawal':
      return { matching: false, told: true, onlyLanguages: null }
    case 'addition':
      return { matching: true, told: false, onlyLanguages: languages.filter((l) => !previous.includes(l)) }
    case 'erratum':
    case 'takedown':
      return { matching: false, told: false, onlyLanguages: null }
    default:
      return edition.type satisfies never
  }
}
