/** An officer reads why a mail did not arrive and what to do, not what a machine said. */
import { expect, test } from 'vitest'
import { CAUSES, causeOf, foldWhy } from '../../src/delivery/cause.ts'
import { hasWords, t } from '../../templates/words/index.ts'

const MAIL: [why: string, cause: string][] = [
  ['452 4.2.2 The email account that you tried to reach is over quota 8a7f-gsmtp', 'mailbox-full'],
  ['552 5.2.2 user@example.cn: mailbox full', 'mailbox-full'],
  ['450 4.2.0 mailbox busy, id 8a7b12', 'mailbox-busy'],
  ['550 5.1.1 <a@b.example>: Recipient address rejected: User unknown', 'no-such-mailbox'],
  ['550 User not found: a@b.example', 'no-such-mailbox'],
  ['550 5.2.1 The email account that you tried to reach is disabled', 'mailbox-closed'],
  ['550 5.7.1 Message rejected as spam by Content Filtering', 'refused-by-policy'],
  ['554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen', 'refused-by-policy'],
  ['550 5.7.26 Unauthenticated email is not accepted due to domain DMARC policy', 'our-sender-refused'],
  ['550 5.1.8 Sender address rejected: Domain not found', 'our-sender-refused'],
  ['554 5.7.1 <a@b.example>: Relay access denied', 'our-sender-refused'],
  ['530 5.7.0 Must issue a STARTTLS command first', 'our-sender-refused'],
  ['450 4.2.0 <a@b.example>: Recipient address rejected: Greylisted, see http://postgrey.example', 'greylisted'],
  ['451 4.7.1 Greylisting in action, please come back in 00:04:59', 'greylisted'],
  ['421 4.3.2 Too many connections from 192.0.2.7', 'relay-busy'],
  ['451 4.3.0 Temporary lookup failure', 'relay-busy'],
  ['552 5.3.4 Message size exceeds fixed limit', 'too-large'],
  ['550 5.1.2 Host unknown', 'no-such-domain'],
  ['ECONNREFUSED', 'relay-down'],
  ['the server closed the connection', 'relay-down'],
  ['no session with the mail relay', 'relay-down'],
  ['getaddrinfo ENOTFOUND relay.example', 'relay-down'],
  ['no answer within 30000 ms', 'timeout'],
  ['the server offers no TLS', 'relay-no-tls'],
  ['the address cannot be written in a mail header', 'bad-address'],
  ['stopped before it began', 'interrupted'],
  ['rendering failed', 'our-fault'],
  ['550 go away', 'refused'],
  ['', 'unsaid'],
]
test.each(MAIL)('“%s” means %s', (why, cause) => {
  expect(causeOf('email', 'failed', why)).toBe(cause)
})

test.each([
  ['HTTP 401', 'vapid-refused'],
  ['HTTP 403', 'vapid-refused'],
  ['HTTP 413', 'too-large'],
  ['HTTP 429', 'relay-busy'],
  ['HTTP 503', 'service-down'],
  ['HTTP 400', 'refused'],
  ['no usable subscription', 'bad-subscription'],
  ['url-private-address', 'address-refused'],
  ['ETIMEDOUT', 'timeout'],
])('a push service that answers %s means %s', (why, cause) => {
  expect(causeOf('webpush', 'deferred', why)).toBe(cause)
})

test('who has left, complained or was never served is told apart from who was refused', () => {
  expect(causeOf('email', 'suppressed', 'left')).toBe('left')
  expect(causeOf('email', 'suppressed', 'complained')).toBe('complained')
  expect(causeOf('webpush', 'suppressed', 'no outlet')).toBe('no-outlet')
  expect(causeOf('webpush', 'gone', 'HTTP 410')).toBe('push-gone')
  expect(causeOf('email', 'gone', '550 5.1.1 x')).toBe('no-such-mailbox')
  expect(causeOf('email', 'unknown', 'the server closed the connection')).toBe('outcome-unknown')
})

test('one sentence said of ten thousand people is one line, and names nobody', () => {
  const said = (i: number) =>
    `450 4.2.0 <reader${i}@mail.example>: mailbox busy, id ${(i * 7919).toString(16)}a9, try again in ${i} seconds (10.0.${i % 200}.3)`
  const folded = new Set(Array.from({ length: 10_000 }, (_, i) => foldWhy(said(i))))
  expect([...folded]).toEqual(['450 4.2.0 <…>: mailbox busy, id …, try again in … seconds (…)'])
  expect(foldWhy('550 5.1.1 zhang.san@example.cn no such mailbox')).toBe('550 5.1.1 … no such mailbox')
  expect(foldWhy('HTTP 503')).toBe('HTTP 503')
  expect(foldWhy('ECONNREFUSED')).toBe('ECONNREFUSED')
})

test('every cause says in both languages what it is and what to do', () => {
  for (const cause of CAUSES)
    for (const key of [`cause.${cause}`, `cause.${cause}.do`]) {
      expect(hasWords(key), key).toBe(true)
      expect(t('zh', key)).toMatch(/\p{Script=Han}/u)
      expect(t('en', key)).toMatch(/^[A-Z].*[a-z.)]$/)
    }
})
