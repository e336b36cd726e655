/** Clocks of the office's own short paths: the second look afterwards, and the signature given by telephone. */
import type { ClockRule } from './rule.ts'

export const officeRules: readonly ClockRule[] = [
  {
    id: 'post-review',
    version: 'design-2.2',
    from: '2000-01-01',
    source: ['紧急发布后24小时内事后补审（本系统规定）', 'A second look within 24 hours of a flash (our own rule)'],
    confidence: 'D',
    starts: ['flash-edition'],
    meets: ['post-review'],
    length: { hours: 24 },
    role: 'reviewer',
    tellAt: [0.8],
  },
  {
    id: 'phone-confirm',
    version: 'design-2.2',
    from: '2000-01-01',
    source: ['电话签批12小时内由本人确认（本系统规定）', 'Telephone sign-off confirmed within 12 hours (our own rule)'],
    confidence: 'D',
    starts: ['phone-sign-off'],
    meets: ['phone-confirmation'],
    length: { hours: 12 },
    role: 'signer',
    tellAt: [0.8],
  },
]
