/**
 * Why a delivery did not end well, as one of a few causes a person can act on. Pure. Words and remedies stand in
 * templates/words/seen.ts under `cause.<code>` and `cause.<code>.do`.
 */
import type { DeliveryState } from './store.ts'

export const CAUSES = [
  'mailbox-full',
  'mailbox-busy',
  'mailbox-closed',
  'no-such-mailbox',
  'no-such-domain',
  'bad-address',
  'bad-subscription',
  'address-refused',
  'refused-by-policy',
  'our-sender-refused',
  'greylisted',
  'relay-busy',
  'relay-down',
  'relay-no-tls',
  'service-down',
  'callback-down',
  'callback-refused',
  'callback-moved',
  'callback-unreachable',
  'topic-gone',
  'vapid-refused',
  'push-gone',
  'too-large',
  'timeout',
  'outcome-unknown',
  'left',
  'complained',
  'ended',
  'no-outlet',
  'by-hand',
  'our-fault',
  'interrupted',
  'refused',
  'unsaid',
] as const
export type Cause = (typeof CAUSES)[number]

/** What did not end well, or not yet. */
export const TROUBLE = ['failed', 'gone', 'unknown', 'suppressed', 'deferred'] as const satisfies DeliveryState[]
export type Trouble = (typeof TROUBLE)[number]

/** `why` is what the far end said, or our own outlet where nothing was said; '' when nobody said anything. */
export function causeOf(outlet: string, state: Trouble, why: string): Cause {
  switch (state) {
    case 'unknown':
      return 'outcome-unknown'
    case 'suppressed':
      return SUPPRESSED[why] ?? (/outlet/.test(why) ? 'no-outlet' : 'left')
    case 'gone':
      return outlet === 'webpush' ? 'push-gone' : outlet === 'email' ? 'no-such-mailbox' : 'ended'
    case 'failed':
    case 'deferred':
      return spoken(outlet, why)
    default:
      return state satisfies never
  }
}

const SUPPRESSED: Record<string, Cause> = {
  left: 'left',
  complained: 'complained',
  gone: 'ended',
  pending: 'left',
  'no outlet': 'no-outlet',
  'lease over': 'ended',
  'by hand': 'by-hand',
}

const spoken = (outlet: string, why: string): Cause => {
  if (why.trim() === '') return 'unsaid'
  const http = /^HTTP \d{3}\b/.test(why)
  const far = outlet === 'websub' || outlet === 'webhook'
  const rules = far ? [...CALLBACK, ...OURS] : http ? WEB : outlet === 'email' ? [...OURS, ...MAIL] : OURS
  return [...rules, ...WIRE].find(([pattern]) => pattern.test(why))?.[1] ?? 'refused'
}

type Rule = readonly [RegExp, Cause]

/** What our own outlets say where the far end said nothing. */
const OURS: Rule[] = [
  [/^the address cannot be written/, 'bad-address'],
  [/^no usable subscription|^keys of the wrong shape|not on the curve/, 'bad-subscription'],
  [/^stopped\b/, 'interrupted'],
  [/^(rendering failed|outlet failed|the outlet gave no outcome)/, 'our-fault'],
  [/^url-/, 'address-refused'],
]

/** Status codes of web services (RFC 9110; RFC 8030 §§5, 7.3). */
const WEB: Rule[] = [
  [/^HTTP 40[13]\b/, 'vapid-refused'],
  [/^HTTP (404|410)\b/, 'push-gone'],
  [/^HTTP 413\b/, 'too-large'],
  [/^HTTP (408|504)\b/, 'timeout'],
  [/^HTTP (425|429)\b/, 'relay-busy'],
  [/^HTTP 5\d\d\b/, 'service-down'],
]

/** What callbacks of the hub and receivers of webhooks answer, and how they do not. */
const CALLBACK: Rule[] = [
  [/^HTTP 413\b/, 'too-large'],
  [/^HTTP (408|504)\b|^far-end-timeout/, 'timeout'],
  [/^HTTP (429|5\d\d)\b/, 'callback-down'],
  [/^HTTP 3\d\d\b/, 'callback-moved'],
  [/^HTTP 4\d\d\b/, 'callback-refused'],
  [/^far-end-/, 'callback-unreachable'],
  [/^the secret could not be opened/, 'our-fault'],
  [/^topic not published/, 'topic-gone'],
]

/** Enhanced codes (RFC 3463, RFC 7505, RFC 7372) first, then the words servers use; the narrower stands before the wider. */
const MAIL: Rule[] = [
  [/\b[45]\.2\.2\b|over ?quota|quota exceeded|(mailbox|inbox|storage).{0,20}\bfull\b|邮箱.{0,4}满/i, 'mailbox-full'],
  [/\b[45]\.[23]\.[34]\b|too (large|big)|size limit|exceeds.{0,30}size/i, 'too-large'],
  [/gr[ae]y-?list/i, 'greylisted'],
  [/\b5\.1\.[78]\b|\b5\.7\.(2[0-7])\b|\b[45]\.7\.[89]\b|^53[0458]\b/, 'our-sender-refused'],
  [
    /\b(spf|dkim|dmarc)\b|sender.{0,40}(reject|denied|refus|not allowed|verify|unknown)|relay(ing)?.{0,20}(denied|not permitted)|authentication required|must issue a STARTTLS/i,
    'our-sender-refused',
  ],
  [/\b5\.1\.3\b|bad (recipient|destination) address|^501\b|syntax error in (address|parameters)/i, 'bad-address'],
  [/\b5\.1\.2\b|\b[45]\.4\.4\b|domain.{0,20}not found|(host|domain) unknown|no mx\b/i, 'no-such-domain'],
  [
    /\b[45]\.1\.(1|6|10)\b|user unknown|unknown (user|recipient|mailbox)|no such (user|mailbox|recipient|address)|(user|mailbox|recipient|address) (not found|does(n't| not) exist)/i,
    'no-such-mailbox',
  ],
  [/\b5\.2\.1\b|(mailbox|account).{0,20}(disabled|inactive|suspended|closed)/i, 'mailbox-closed'],
  [
    /\b[45]\.7\.\d|spam|blocked|black ?list|block ?list|reputation|content.{0,20}reject|polic(y|ies)|不受欢迎/i,
    'refused-by-policy',
  ],
  [
    /^421\b|\b4\.3\.[12]\b|\b4\.4\.5\b|too (many|much|fast)|rate.{0,10}(limit|exceed)|throttl|busy server/i,
    'relay-busy',
  ],
  [/\b4\.2\.\d\b|^450\b|mailbox.{0,10}(busy|locked|unavailable)/i, 'mailbox-busy'],
  [/TLS/, 'relay-no-tls'],
  [/^4\d\d\b/, 'relay-busy'],
]

/** No answer at all. */
const WIRE: Rule[] = [
  [/ETIMEDOUT|timed? ?out|no (answer|connection) within|deadline/i, 'timeout'],
  [/CERT_|SELF_SIGNED|ERR_TLS|certificate/i, 'relay-no-tls'],
  [
    /ECONN(REFUSED|RESET|ABORTED)|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|no session|closed the connection|does not speak|talks without end|hung up/i,
    'relay-down',
  ],
]

/**
 * The same text for everybody: addresses, names of machines, ids, times and figures of one recipient become …, so that what a
 * server says of ten thousand people is one line. Status codes at the head and words stay.
 */
export function foldWhy(why: string): string {
  const [, head = '', rest = ''] = /^((?:HTTP \d{3}|\d{3})?[ -]?(?:[245]\.\d{1,3}\.\d{1,3}\b)?)(.*)$/s.exec(why) ?? []
  const folded = rest
    .replace(/https?:\/\/[^\s>)]+/gi, '…')
    .replace(/<[^<>\s]*>/g, '<…>')
    .replace(/[^\s<>()[\]:;,"']+@[^\s<>()[\]:;,"']+/g, '…')
    .replace(/\[[0-9a-fA-F.:]+\]|\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '…')
    .replace(/\b(?=[\w-]*\d)[\w-]{3,}(?:\.[\w-]+)*\b/g, '…')
    .replace(/\d+/g, '…')
    .replace(/…(?:[\s.,:;/-]*…)+/g, '…')
    .replace(/\s+/g, ' ')
  return (head + folded).trim().slice(0, 160)
}
