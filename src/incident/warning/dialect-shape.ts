/** The Chinese alert file as a table. Its order is that of the files seen; another order is remarked on and not refused. */
import { EVENT_CODE } from '../../lib/event-codes.ts'
import { URGENCY } from './alert.ts'
import { COLOURS, D_CERTAINTY, D_MESSAGE, D_STATUS, SECRECY } from './dialect.ts'
import type { Rule, Shape } from './shape.ts'

export const D_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]) ([01]\d|2[0-3]):[0-5]\d:[0-5]\d[+-]\d\d:\d\d$/
/** Fourteen of the issuer, fourteen of the time, and in the standard's own form a running digit. */
export const D_IDENTIFIER = /^\d{14}_\d{14}(_\d)?$/

const time = (name: string, least?: 1): Rule => ({
  name,
  ...(least ? { least } : { hollow: true }),
  form: { is: D_TIME, like: '2026-11-23 14:12:03+08:00' },
})
const must = (...names: string[]): Rule[] => names.map((name) => ({ name, least: 1 }))
const may = (...names: string[]): Rule[] => names.map((name) => ({ name, hollow: true }))
const one = (name: string, of: readonly string[]): Rule => ({ name, least: 1, of })
const IDENTIFIER = { is: D_IDENTIFIER, like: '15000041600000_20261123141203' }

export const DIALECT_SHAPE: Shape = {
  root: 'alert',
  namespace: '',
  orderIs: 'warning',
  rules: [
    { name: 'identifier', least: 1, form: IDENTIFIER },
    ...must('sender'),
    { name: 'senderCode', least: 1, form: { is: /^\d{14}$/, like: '15000041600000' } },
    time('sendTime', 1),
    one('status', D_STATUS),
    one('msgType', D_MESSAGE),
    one('scope', ['Public']),
    {
      name: 'code',
      least: 1,
      inside: [
        {
          name: 'method',
          least: 1,
          most: 'many',
          inside: [...must('methodName'), ...may('message', 'audienceGrp', 'audenceprt')],
        },
      ],
    },
    { name: 'secClassification', of: SECRECY, hollow: true },
    ...may('note'),
    { name: 'references', form: IDENTIFIER, hollow: true },
    {
      name: 'info',
      least: 1,
      inside: [
        ...may('language'),
        { name: 'eventType', least: 1, form: { is: EVENT_CODE, like: '11B04' } },
        one('urgency', URGENCY),
        one('severity', COLOURS),
        one('certainty', D_CERTAINTY),
        time('effective', 1),
        time('onset'),
        time('expires'),
        ...must('senderName', 'headline', 'description'),
        ...may('instruction', 'web'),
        { name: 'resource', most: 'many', inside: [...must('resourceDesc'), ...may('size', 'digest')] },
        {
          name: 'area',
          least: 1,
          most: 'many',
          inside: [
            ...must('areaDesc'),
            ...may('polygon', 'circle'),
            {
              name: 'geocode',
              least: 1,
              form: { is: /^(\d{6}|\d{9}|\d{12})([,，](\d{6}|\d{9}|\d{12}))*[,，]?$/, like: '150000000000' },
            },
          ],
        },
      ],
    },
  ],
}
