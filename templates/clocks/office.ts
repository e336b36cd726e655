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
  {
    id: 'error-corrected',
    version: 'design-stories-3',
    from: '2000-01-01',
    source: [
      '发现误发后10分钟内更正（本系统规定；夏威夷2018年用了38分钟，皮克林2020年用了108分钟）',
      'A wrong text put right within 10 minutes (our own rule; Hawaii 2018 took 38, Pickering 2020 took 108)',
    ],
    confidence: 'D',
    starts: ['error-known'],
    meets: ['correction-out'],
    length: { hours: 1 / 6 },
    role: 'signer',
    tellAt: [0.5],
  },
]
