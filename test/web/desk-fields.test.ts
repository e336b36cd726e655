/** What a person sees in a form and sends back unchanged is what was there. */
import { expect, test } from 'vitest'
import { readContent } from '../../src/desk/draft.ts'
import { readLetter } from '../../src/web/routes/letter-text.ts'
import { contentFrom, exactTime, fieldsOf, localTime, typedBody } from '../../src/web/views/fields.ts'
import { fireDraft, policyDraft } from '../support/sample.ts'

const FILE = { sha256: 'a'.repeat(64), name: '名单.csv', type: 'text/csv', bytes: 12, title: '名单' }
const drafts = {
  policy: { ...policyDraft({ relatesTo: [{ releaseId: 'r1', as: 'follows' }] }), attachments: [FILE] },
  fire: fireDraft('i1', '2026-11-23T06:00:00.000Z'),
  conference: policyDraft({
    kind: 'press-conference',
    conference: {
      startsAt: '2026-12-01T08:00:00.000Z',
      endsAt: '2026-12-01T09:30:00.000Z',
      place: '发布厅',
      cancelled: true,
    },
  }),
  html: policyDraft({}, '<h2>一、总则</h2><p>第一段。<br />第二行</p><ul><li>一</li></ul>'),
}

test.each(Object.keys(drafts) as (keyof typeof drafts)[])(
  'a %s opened and saved again without a change is the same content',
  (name) => {
    const content = readContent(drafts[name], 'league')
    const fields = fieldsOf(content, '+08:00', new Map([['r1', '2026-000009']]))
    const sent = contentFrom(fields, '+08:00', new Map([[FILE.sha256, FILE]]), new Map([['2026-000009', 'r1']]))
    expect(readContent(sent, 'league')).toEqual(content)
  },
)

test('times are shown in the office’s own offset and come back as the same instant', () => {
  expect(localTime('2026-11-23T06:05:00.000Z', '+08:00')).toBe('2026-11-23T14:05')
  expect(new Date(exactTime('2026-11-23T14:05', '+08:00')).toISOString()).toBe('2026-11-23T06:05:00.000Z')
  expect(localTime('2026-11-23T06:05:07.000Z', '-03:30')).toBe('2026-11-23T02:35:07')
})

test('a body of plain paragraphs is typed as text, anything more as its HTML', () => {
  expect(typedBody('<p>一</p><p>二<br />三</p>')).toBe('一\n\n二\n三')
  expect(typedBody('<p>一</p><ul><li>二</li></ul>')).toContain('<ul>')
})

test('a kept letter is read with its subject and plain text, whatever its encoding', () => {
  const subject = '关于停水的公告'
  const source = [
    `Subject: =?utf-8?B?${Buffer.from(subject.slice(0, 3)).toString('base64')}?=`,
    ` =?utf-8?B?${Buffer.from(subject.slice(3)).toString('base64')}?=`,
    'Content-Type: multipart/alternative; boundary=x',
    '',
    '--x',
    'Content-Type: text/html',
    '',
    '<p>no</p>',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '=E5=81=9C=E6=B0=',
    '=B4 a=3Db',
    '--x--',
  ].join('\r\n')
  const letter = readLetter(source)
  expect(letter.headers).toEqual([['Subject', subject]])
  expect(letter.text.trim()).toBe(`${Buffer.from('e5819ce6b0b4', 'hex').toString()} a=b`)
})
