/** How the Chinese form makes a headline: issuer, verb, event, colour (GB/T 35965.1 family; REQUIREMENTS §5.1). */
import { eventName } from '../../lib/event-codes.ts'
import type { Dialect } from './dialect.ts'

const COLOUR_WORD: Record<Dialect['severity'], string> = {
  Red: '红色',
  Orange: '橙色',
  Yellow: '黄色',
  Blue: '蓝色',
  Unknown: '',
}

type Said = Pick<Dialect, 'sender' | 'msgType' | 'eventType' | 'severity'>

export const formedHeadline = (d: Said): string =>
  `${d.sender}${verb(d)}${eventName(d.eventType).zh}${COLOUR_WORD[d.severity]}预警`

const verb = (d: Said): string => (d.msgType === 'Cancel' ? '解除' : '发布')

/** Issuer and verb at its head, its colour in it; what systems put behind, [IV级/一般], may stand. */
export const isFormed = (headline: string, d: Said): boolean =>
  headline.startsWith(d.sender + verb(d)) && headline.includes(`${COLOUR_WORD[d.severity]}预警`)
