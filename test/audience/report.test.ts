/** Reports as various mail systems write them: each read for what it says of the mailbox, and never for more. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Report, readReport } from '../../src/audience/report.ts'

const read = (lines: string[], newline = '\r\n'): Report => readReport(Buffer.from(lines.join(newline)))
const report = (type: string, boundary: string, part: string[], after: string[] = []) => [
  'Return-Path: <>',
  'Auto-Submitted: auto-replied',
  'From: Mail Delivery System <mailer-daemon@far.example>',
  'To: bounce+1.00000000000000000000@bounce.example',
  `Content-Type: multipart/report; report-type=${type};`,
  `\tboundary="${boundary}"`,
  'MIME-Version: 1.0',
  '',
  'This is a MIME-encapsulated message.',
  '',
  `--${boundary}`,
  'Content-Type: text/plain; charset=utf-8',
  '',
  '您的邮件未能送达。 550 5.1.1',
  '',
  `--${boundary}`,
  ...part,
  '',
  ...after,
  `--${boundary}--`,
]
const status = (...lines: string[]) => ['Content-Type: message/delivery-status', '', ...lines]

const DSN: [style: string, lines: string[], action: string, status: string][] = [
  [
    'Postfix: a mailbox that is not there',
    report('delivery-status', 'A1B2.1700000000/mx.far.example', [
      'Content-Description: Delivery report',
      ...status(
        'Reporting-MTA: dns; mx.far.example',
        'X-Postfix-Queue-ID: A1B2',
        'X-Postfix-Sender: rfc822; bounce@bounce.example',
        'Arrival-Date: Tue, 24 Nov 2026 14:00:00 +0800 (CST)',
        '',
        'Final-Recipient: rfc822; reader@far.example',
        'Original-Recipient: rfc822;reader@far.example',
        'Action: failed',
        'Status: 5.1.1',
        'Remote-MTA: dns; imap.far.example',
        'Diagnostic-Code: smtp; 550 5.1.1 <reader@far.example>: Recipient address rejected: User',
        '    unknown in virtual mailbox table',
      ),
    ]),
    'failed',
    '5.1.1',
  ],
  [
    'Postfix: still trying',
    report(
      'delivery-status',
      'x',
      status(
        'Reporting-MTA: dns; mx',
        '',
        'Final-Recipient: rfc822; r@far.example',
        'Action: delayed',
        'Status: 4.4.1',
        'Will-Retry-Until: Sun, 29 Nov 2026 14:00:00 +0800',
      ),
    ),
    'delayed',
    '4.4.1',
  ],
  [
    'Exim: a bare class, the code in the diagnostic',
    report('delivery-status', '1ABC-eximdsn-1', [
      'Content-type: message/delivery-status',
      '',
      'Reporting-MTA: dns; exim.far.example',
      '',
      'Action: failed',
      'Final-Recipient: rfc822;reader@far.example',
      'Status: 5.0.0',
      'Remote-MTA: dns; mx.far.example',
      'Diagnostic-Code: smtp; 550 5.7.1 Message rejected as spam',
    ]),
    'failed',
    '5.7.1',
  ],
  [
    'Exchange: upper case, a long code, text behind it',
    report('delivery-status', '_000_', [
      'Content-Type: MESSAGE/DELIVERY-STATUS; charset="utf-8"',
      'Content-Transfer-Encoding: 7bit',
      '',
      'Reporting-MTA: dns;AM0PR.far.example',
      'Received-From-MTA: dns;mx.example',
      '',
      'Final-Recipient: rfc822;reader@far.example',
      'Action: Failed',
      'Status: 5.1.10',
      'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    ]),
    'failed',
    '5.1.10',
  ],
  [
    'a large provider: a full mailbox',
    report(
      'delivery-status',
      '000000000000abcd',
      status(
        'Reporting-MTA: dns; googlemail.example',
        'Arrival-Date: Tue, 24 Nov 2026 06:00:00 -0800 (PST)',
        '',
        'Final-Recipient: rfc822; reader@far.example',
        'Action: failed',
        'Status: 4.2.2',
        'Diagnostic-Code: smtp; 452-4.2.2 The recipient’s inbox is out of storage.',
      ),
    ),
    'failed',
    '4.2.2',
  ],
  [
    'a server that gives no code of its own, nor of the far one',
    report(
      'delivery-status',
      'b',
      status(
        'Reporting-MTA: dns; qq.example',
        '',
        'Final-Recipient: rfc822; r@far.example',
        'Action: failed',
        'Status: 5.0.0',
        'Diagnostic-Code: smtp; 550 Mail content denied. http://service.far.example/?id=726',
      ),
    ),
    'failed',
    '5.0.0',
  ],
  [
    'an address that looks like a code',
    report(
      'delivery-status',
      'b',
      status(
        'Reporting-MTA: dns; x',
        '',
        'Action: failed',
        'Status: 5.0.0',
        'Diagnostic-Code: smtp; 550 5.10.20.30 is listed',
      ),
    ),
    'failed',
    '5.0.0',
  ],
]
test.each(DSN)('%s', (_style, lines, action, code) => {
  for (const newline of ['\r\n', '\n'])
    expect(read(lines, newline).about).toEqual({ what: 'delivery', action, status: code })
})

test('a complaint in the form of RFC 5965 §B.2, its last field too', () => {
  const found = read(
    report(
      'feedback-report',
      'part1_13d.2e68ed54_boundary',
      [
        'Content-Type: message/feedback-report',
        '',
        'Feedback-Type: abuse',
        'User-Agent: SomeGenerator/1.0',
        'Version: 1',
        'Original-Rcpt-To: <user@far.example>',
        'Source-IP: 192.0.2.1',
        'Original-Mail-From: <bounce+1.00000000000000000000@bounce.example>',
      ],
      [
        '--part1_13d.2e68ed54_boundary',
        'Content-Type: message/rfc822',
        '',
        'List-Unsubscribe: <https://press.example/x>',
        'Subject: x',
        '',
        'text',
      ],
    ),
  )
  expect(found.about).toEqual({ what: 'complaint', type: 'abuse' })
  expect(found.details.get('original-mail-from')?.[0]).toContain('bounce+1.')
  expect(found.original.get('list-unsubscribe')).toEqual(['<https://press.example/x>'])
})

test.each([
  [
    'a reader who is away',
    ['Auto-Submitted: auto-replied', 'Return-Path: <>', 'Subject: 自动回复：外出', '', '5.1.1 user unknown'],
  ],
  [
    'a receipt that the mail was read (RFC 8098)',
    report('disposition-notification', 'b', [
      'Content-Type: message/disposition-notification',
      '',
      'Disposition: automatic-action/MDN-sent-automatically; deleted',
      'Status: 5.1.1',
      'Action: failed',
    ]),
  ],
  [
    'a mail that only quotes a report',
    ['Content-Type: text/plain', '', ...report('delivery-status', 'b', status('Action: failed', 'Status: 5.1.1'))],
  ],
  [
    'a mail with a report attached',
    ['Content-Type: multipart/mixed; boundary=b', '', '--b', ...status('Action: failed', 'Status: 5.1.1'), '--b--'],
  ],
  [
    'a virus notice',
    [
      'Content-Type: multipart/alternative; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain',
      '',
      '550 5.1.1',
      '--b--',
    ],
  ],
])('%s is never a bounce', (_who, lines) => {
  expect(read(lines).about).toEqual({ what: 'neither' })
})

const REPORT = 'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n'

test('no bytes make the reader fail', () => {
  const whole = DSN[0]![1].join('\r\n')
  const mangled = fc
    .tuple(fc.nat(whole.length), fc.nat(whole.length), fc.string({ unit: 'binary' }))
    .map(([a, b, put]) => whole.slice(0, a) + put + whole.slice(b))
  fc.assert(
    fc.property(fc.oneof(mangled, fc.string({ unit: 'binary' })), (text) => void readReport(Buffer.from(text))),
    { numRuns: 1000 },
  )
})

test.each([
  ['a part after the other', `${REPORT}${'--b\r\n '.repeat(400_000)}`],
  ['one field in a million lines', `Content-Type: multipart/report; boundary=b\r\n${' x\r\n'.repeat(900_000)}`],
  [
    'brackets and parameters without end',
    `Subject: ${'(('.repeat(500_000)}\r\nContent-Type: ${'a;'.repeat(1_000_000)}\r\n\r\n`,
  ],
  ['the same field again and again', `${'To: a@b\r\n'.repeat(400_000)}\r\n`],
  ['an address that never comes to its sign', `To: ${'a'.repeat(1_000_000)}\r\n\r\n`],
  ['many addresses that never come to their sign', `${`To: ${'a'.repeat(4_090)}\r\n`.repeat(1_000)}\r\n`],
  [
    'a status of a million blocks',
    `${REPORT}--b\r\nContent-Type: message/delivery-status\r\n\r\n${'a\n\n'.repeat(1_300_000)}\r\n--b--`,
  ],
  ['an address of signs alone', `To: ${'a@'.repeat(500_000)}\r\n\r\n`],
  [
    'a status in brackets',
    `${REPORT}--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: ${'('.repeat(1_000_000)}\r\n--b--`,
  ],
  [
    'a status of empty lines',
    `${REPORT}--b\r\nContent-Type: message/delivery-status\r\n\r\n${'\r\n'.repeat(1_000_000)}x\r\n--b--`,
  ],
])('who can send us mail cannot keep the reader busy with %s', (_what, text) => {
  const before = process.cpuUsage()
  readReport(Buffer.from(text))
  const { user, system } = process.cpuUsage(before)
  expect((user + system) / 1000).toBeLessThan(1_500)
})
