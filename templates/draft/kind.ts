/** What a kind of release is: data only. Rules are named here and done in src/review/checks.ts. */
import type { BlockName, Core, Lane, Over, Urgency, WarningLevel } from '../../src/desk/content.ts'

/** Rules that some kinds have and others do not. */
export const KIND_CHECKS = [
  /** The cause stays shut until the incident's cause is confirmed (快报事实、慎报原因). */
  'cause-lock',
  /** Stands under an incident. */
  'incident',
  /** A public contact with a phone number. */
  'hotline',
  /** Says which release it interprets (国办发〔2016〕80号). */
  'interprets',
  /** Says which release it clarifies, or in its facts which claim; missing is only a hint. */
  'clarifies',
  /** 发文字号 and 成文日期 are expected (GB/T 9704-2012). */
  'document-number',
  /** Says until when it is expected to last (突发事件应对法 2024, art. 71). */
  'until',
] as const
export type KindCheck = (typeof KIND_CHECKS)[number]

/** Words to start from; 【…】 marks what has to be filled in and may not be left standing. */
export type StartWords = { title: string; blocks?: Partial<Record<BlockName, string>>; body?: string }

export type KindData = {
  /** 中文, English */
  name: readonly [zh: string, en: string]
  /** Blocks the form offers, in reading order. */
  blocks: readonly BlockName[]
  requiredBlocks: readonly BlockName[]
  bodyRequired: boolean
  requiredCore: readonly (keyof Core)[]
  lanes: readonly Lane[]
  /** Which urgencies, and for warnings which levels, may take the flash lane. */
  flash?: { urgencies: readonly Urgency[]; levels?: readonly WarningLevel[] }
  /** A CAP alert may be made: always for a warning, else only where the public must act now. */
  capAllowed: boolean
  capRequired: boolean
  checks: readonly KindCheck[]
  start: Record<'zh-CN' | 'en', StartWords>
  /** No text for a false alarm is prepared with it: a wrong all-clear is put right by saying that the danger stands. */
  noFalseAlarm?: true
  /** How what it began is ended by a later edition, with its own words and its own signature. */
  ending?: { as: Over['as']; start: Record<'zh-CN' | 'en', StartWords & { note: string }> }
}
