/** CAP 1.2 as its schema has it (OASIS CAP-v1.2.xsd): elements in order, how often, which words. */
import {
  CAP_NAMESPACE,
  CAP_TIME,
  CATEGORY,
  CERTAINTY,
  MESSAGE,
  RESPONSE,
  SCOPE,
  SEVERITY,
  STATUS,
  URGENCY,
} from './alert.ts'
import type { Rule, Shape } from './shape.ts'

const time = (name: string, least?: 1): Rule => ({
  name,
  ...(least ? { least } : {}),
  form: { is: CAP_TIME, like: '2026-11-23T14:12:03+08:00' },
})
/** §3.2.1: one word, as references name it. */
const NAME = { is: /^[^\s,<&]+$/, like: 'ortoo-2026-000042-1' }
const may = (...names: string[]): Rule[] => names.map((name) => ({ name }))
const number = (name: string): Rule => ({ name, form: { is: /^[+-]?\d+(\.\d+)?$/, like: '1200' } })
const pairs = (name: string): Rule => ({
  name,
  most: 'many',
  inside: [
    { name: 'valueName', least: 1 },
    { name: 'value', least: 1 },
  ],
})

const RESOURCE: Rule[] = [
  { name: 'resourceDesc', least: 1 },
  { name: 'mimeType', least: 1, form: { is: /^[\w.+-]+\/[\w.+-]+(;.*)?$/, like: 'application/pdf' } },
  { name: 'size', form: { is: /^\d+$/, like: '20480' } },
  ...may('uri', 'derefUri'),
  { name: 'digest', form: { is: /^[\da-f]{40}$/i, like: 'da39a3ee5e6b4b0d3255bfef95601890afd80709' } },
]

const AREA: Rule[] = [
  { name: 'areaDesc', least: 1 },
  { name: 'polygon', most: 'many', hollow: true },
  { name: 'circle', most: 'many', hollow: true },
  pairs('geocode'),
  number('altitude'),
  number('ceiling'),
]

const INFO: Rule[] = [
  { name: 'language', form: { is: /^[A-Za-z]{1,8}(-[A-Za-z\d]{1,8})*$/, like: 'zh-CN' } },
  { name: 'category', least: 1, most: 'many', of: CATEGORY },
  { name: 'event', least: 1 },
  { name: 'responseType', most: 'many', of: RESPONSE },
  { name: 'urgency', least: 1, of: URGENCY },
  { name: 'severity', least: 1, of: SEVERITY },
  { name: 'certainty', least: 1, of: CERTAINTY },
  ...may('audience'),
  pairs('eventCode'),
  time('effective'),
  time('onset'),
  time('expires'),
  ...may('senderName', 'headline', 'description', 'instruction', 'web', 'contact'),
  pairs('parameter'),
  { name: 'resource', most: 'many', inside: RESOURCE },
  { name: 'area', most: 'many', inside: AREA },
]

export const CAP_SHAPE: Shape = {
  root: 'alert',
  namespace: CAP_NAMESPACE,
  orderIs: 'error',
  rules: [
    { name: 'identifier', least: 1, form: NAME },
    { name: 'sender', least: 1, form: NAME },
    time('sent', 1),
    { name: 'status', least: 1, of: STATUS },
    { name: 'msgType', least: 1, of: MESSAGE },
    ...may('source'),
    { name: 'scope', least: 1, of: SCOPE },
    ...may('restriction', 'addresses'),
    { name: 'code', most: 'many' },
    ...may('note', 'references', 'incidents'),
    { name: 'info', most: 'many', inside: INFO },
  ],
}
