/** What stands against a content. */
import { describe, expect, expectTypeOf, test } from 'vitest'
import { type BlockName, type Content, type Core, KINDS, LANES } from '../../src/desk/content.ts'
import { placedHtml } from '../../src/lib/placed.ts'
import type { EditionType } from '../../src/publication/edition.ts'
import { type CheckContext, checkContent } from '../../src/review/checks.ts'
import { kinds } from '../../templates/draft/index.ts'
import { changed, context, firstReport, notice, part, warning } from './content.ts'

const found = (content: Content, change: Partial<CheckContext> = {}) =>
  checkContent(content, context(change)).map((i) => `${i.field} ${i.code}`)
const errors = (content: Content, change: Partial<CheckContext> = {}) =>
  checkContent(content, context(change))
    .filter((i) => i.severity === 'error')
    .map((i) => `${i.field} ${i.code}`)

test('the checks know the same edition types as publication', () => {
  expectTypeOf<CheckContext['editionType']>().toEqualTypeOf<EditionType>()
})

describe('a complete content', () => {
  test.each([
    ['first report', firstReport()],
    ['warning', warning()],
    ['notice', notice()],
  ])('nothing stands against a good %s', (_, content) => expect(found(content)).toEqual([]))
})

describe('kinds', () => {
  test('every kind has both names, a lane, words to start from, and asks only for blocks it offers', () => {
    for (const kind of KINDS) {
      const data = kinds[kind]
      expect(data.name.every((n) => n.length > 1)).toBe(true)
      expect(data.lanes.every((l) => LANES.includes(l))).toBe(true)
      expect(data.requiredBlocks.every((b) => data.blocks.includes(b))).toBe(true)
      expect(data.lanes.includes('flash')).toBe(data.flash !== undefined)
      for (const words of Object.values(data.start)) {
        expect(words.title).toContain('【')
        expect(Object.keys(words.blocks ?? {}).every((b) => data.blocks.includes(b as BlockName))).toBe(true)
      }
    }
  })

  test('words to start from may not be sent as they are', () => {
    for (const kind of KINDS) {
      const { title, blocks = {}, body = '' } = kinds[kind].start['zh-CN']
      const content = notice({ title, blocks, body }, { kind })
      expect(found(content)).toContain('parts.zh-CN.title left-to-fill')
    }
  })

  test.each(['whenWhere', 'facts', 'actions', 'advice'] as const)('a first report without %s is held', (name) => {
    expect(errors(changed(firstReport(), (c) => delete c.parts['zh-CN']!.blocks[name]))).toEqual([
      `parts.zh-CN.blocks.${name} required`,
    ])
  })

  test.each(['areas', 'asOf', 'nextUpdateAt'] as const)('a first report without %s is held', (name) => {
    expect(errors(firstReport({ [name]: name === 'areas' ? [] : undefined }))).toContain(`core.${name} required`)
  })

  test('a first report without a public phone is held, a press contact is not enough', () => {
    const press = [{ label: '新闻科（示例）', phone: '0400-1234567', audience: 'press' as const }]
    expect(errors(firstReport({ contacts: press }))).toEqual(['core.contacts hotline-missing'])
  })

  test.each(['warningLevel', 'areas', 'agencyId', 'cap', 'expiresAt', 'contacts'] as const)(
    'a warning without %s is held',
    (name) => {
      const without = name === 'areas' || name === 'contacts' ? [] : name === 'agencyId' ? '' : undefined
      expect(errors(warning({ [name]: without }))).toContain(`core.${name} required`)
    },
  )

  test.each(['facts', 'advice'] as const)('a warning without %s is held', (name) => {
    expect(errors(changed(warning(), (c) => delete c.parts['zh-CN']!.blocks[name]))).toEqual([
      `parts.zh-CN.blocks.${name} required`,
    ])
  })

  test('a warning without its start is held', () => {
    expect(errors(warning({ cap: { ...warning().core.cap!, onset: undefined } }))).toEqual(['core.cap.onset required'])
  })

  test('the cause of an incident may not be stated until it is confirmed', () => {
    const content = changed(firstReport(), (c) => {
      c.parts['zh-CN']!.blocks.cause = '电线短路。'
    })
    expect(errors(content)).toEqual(['parts.zh-CN.blocks.cause cause-locked'])
    expect(errors(content, { causeConfirmed: true })).toEqual([])
  })

  test('an incident report stands under an incident that exists', () => {
    expect(errors(firstReport({ incidentId: undefined }))).toEqual(['core.incidentId incident-missing'])
    expect(errors(firstReport(), { incidentKnown: false })).toEqual(['core.incidentId incident-unknown'])
  })

  test('a policy needs its body and the date it was formed, and is asked for a number', () => {
    const issues = found(notice({ body: '' }, { kind: 'policy' }))
    expect(issues).toEqual(
      expect.arrayContaining([
        'parts.zh-CN.body required',
        'core.formedOn required',
        'core.documentNumber document-number-missing',
      ]),
    )
  })

  test('an interpretation says what it interprets', () => {
    expect(errors(notice({}, { kind: 'interpretation' }))).toEqual(['core.relatesTo interprets-missing'])
    expect(errors(notice({}, { kind: 'interpretation', relatesTo: [{ releaseId: 'r1', as: 'interprets' }] }))).toEqual(
      [],
    )
  })
})

describe('pictures', () => {
  const picture = (title: string, type = 'image/png') =>
    changed(notice(), (c) => {
      c.attachments = [{ sha256: 'ab'.repeat(32), name: '现场.png', type, bytes: 10, title }]
    })

  test.each(['', ' ', '现场.png'])('one whose title says nothing (%j) is held', (title) => {
    expect(errors(picture(title))).toEqual(['attachments.0.title alt-required'])
  })

  test.each([
    ['that is not attached', 'ee'.repeat(32), '草场', 'parts.zh-CN.body picture-not-attached'],
    ['that is no picture', 'cd'.repeat(32), '草场', 'parts.zh-CN.body picture-no-picture'],
    ['without a description', 'ab'.repeat(32), '', 'parts.zh-CN.body picture-alt'],
    ['described by the name of its file', 'ab'.repeat(32), '现场.png', 'parts.zh-CN.body picture-alt'],
    ['described at length', 'ab'.repeat(32), '长'.repeat(201), 'parts.zh-CN.body picture-alt-long'],
  ])('one in the text %s is held', (_, sha256, alt, wanted) => {
    const content = changed(picture('扑火队伍'), (c) => {
      c.attachments.push({ sha256: 'cd'.repeat(32), name: 'x.pdf', type: 'application/pdf', bytes: 1, title: '表' })
      c.parts['zh-CN']!.body += placedHtml({ sha256, alt, caption: '' })
    })
    expect(errors(content)).toEqual([wanted])
  })

  test('one in the text is described there, in every language it stands in; elsewhere its title is asked for', () => {
    const set = (alt: string) => placedHtml({ sha256: 'ab'.repeat(32), alt, caption: '' })
    const placed = changed(picture('现场.png'), (c) => {
      c.parts['zh-CN']!.body += set('扑火队伍在草场边缘')
    })
    expect(errors(placed)).toEqual([])
    const part = { ...placed.parts['zh-CN']!, title: 'Grassland fire', body: `<p>x</p>${set('')}` }
    const both = (body: string) => errors(changed(placed, (c) => (c.parts.en = { ...part, body })))
    expect(both(`<p>x</p>${set('')}`)).toContain('parts.en.body picture-alt')
    expect(both('<p>x</p>')).toContain('attachments.0.title alt-required')
  })

  test('forty in one text are too many, and a line that names none is pointed out', () => {
    const many = changed(picture('扑火队伍'), (c) => {
      c.parts['zh-CN']!.body += placedHtml({ sha256: 'ab'.repeat(32), alt: '草场', caption: '' }).repeat(40)
    })
    expect(errors(many)).toEqual(['parts.zh-CN.body pictures-too-many'])
    expect(found(notice({ body: '<p>一</p><p>[图7]</p>' }))).toContain('parts.zh-CN.body picture-token')
  })

  test('one that is described goes, and so does a file that is no picture', () => {
    expect(errors(picture('扑火队伍在草场边缘'))).toEqual([])
    expect(errors(picture('现场.png', 'application/pdf'))).toEqual([])
  })
})

describe('the flash lane', () => {
  test('is shut for a notice and for an urgency of general interest', () => {
    expect(errors(notice({}, { lane: 'flash', urgency: 'critical' }))).toEqual(['core.lane lane-not-allowed'])
    expect(errors(firstReport({ urgency: 'normal' }))).toEqual(['core.urgency flash-urgency'])
  })

  test('is open to red and orange warnings, shut to yellow and blue', () => {
    expect(errors(warning({ lane: 'flash', warningLevel: 'red' }))).toEqual([])
    expect(errors(warning({ lane: 'flash', warningLevel: 'yellow' }))).toEqual(['core.warningLevel flash-level'])
  })
})

describe('words', () => {
  test('a title has 1 to 120 characters on one line', () => {
    expect(errors(notice({ title: ' ' }))).toEqual(['parts.zh-CN.title title-missing'])
    expect(errors(notice({ title: '长'.repeat(120) }))).toEqual([])
    expect(errors(notice({ title: '长'.repeat(121) }))).toEqual(['parts.zh-CN.title too-long'])
    expect(errors(notice({ title: '一\n二' }))).toEqual(['parts.zh-CN.title title-lines'])
  })

  test('the Chinese text is always there', () => {
    expect(errors({ ...notice(), parts: { en: part() } })).toEqual(['parts.zh-CN chinese-missing'])
    expect(errors({ ...notice(), parts: {} })).toEqual(['parts no-language'])
  })

  test('a hidden character anywhere is named with its field', () => {
    expect(errors(notice({ body: '<p>火\u200B灾</p>' }))).toEqual(['parts.zh-CN.body text-invisible'])
    const attachment = {
      sha256: 'a'.repeat(64),
      name: 'a\u202Efdp.exe',
      type: 'application/pdf',
      bytes: 1,
      title: '名单',
    }
    expect(errors({ ...notice(), attachments: [attachment] })).toEqual(['attachments.0.name text-bidi'])
  })

  test('HTML that came in by another way than the form is refused', () => {
    expect(errors(notice({ body: '<p onclick="x">a</p>' }))).toEqual(['parts.zh-CN.body html-not-clean'])
  })
})

describe('the core', () => {
  test.each([
    ['内政办发〔2014〕113号', []],
    ['内政办发[2014]113号', ['core.documentNumber document-number-shape']],
    ['内政办发〔2014〕013号', ['core.documentNumber document-number-shape']],
    ['内政办发〔2014〕第3号', ['core.documentNumber document-number-shape']],
    ['〔2014〕3号', ['core.documentNumber document-number-shape']],
  ])('document number %s', (documentNumber, expected) =>
    expect(errors(notice({}, { documentNumber }))).toEqual(expected),
  )

  test('a document number that is taken is refused', () => {
    const content = notice({}, { documentNumber: '青政办发〔2026〕1号' })
    expect(errors(content, { documentNumberTaken: true })).toEqual(['core.documentNumber document-number-taken'])
  })

  test.each([
    ['000014349/2017-00110', true],
    ['11341702486344515H/202110-00013', true],
    ['150102GGA001/2019-00259', true],
    ['000014349-2017-00110', false],
    ['000014349/17-00110', false],
  ])('index number %s', (indexNumber, good) => expect(errors(notice({}, { indexNumber })).length === 0).toBe(good))

  test('an area is a code, named once, and lies where the agency speaks', () => {
    expect(errors(notice({}, { areas: ['159921', '15992', '159921', '152500', '159922101003'] }))).toEqual([
      'core.areas.1 area-shape',
      'core.areas.2 area-repeated',
      'core.areas.3 area-outside',
    ])
  })

  test('times are sane', () => {
    const bad: [Partial<Core>, string][] = [
      [{ asOf: '2026-11-23T06:00:00.001Z' }, 'core.asOf as-of-in-future'],
      [{ nextUpdateAt: '2026-11-23T06:00:00.000Z' }, 'core.nextUpdateAt next-update-past'],
      [{ knownAt: '2026-11-24T00:00:00.000Z' }, 'core.knownAt known-in-future'],
      [{ expiresAt: '2026-11-23T05:00:00.000Z' }, 'core.expiresAt expires-past'],
      [{ asOf: 'yesterday' }, 'core.asOf time-shape'],
      [{ formedOn: '2026-02-30' }, 'core.formedOn date-shape'],
      [{ formedOn: '2026-11-24' }, 'core.formedOn formed-in-future'],
    ]
    for (const [change, expected] of bad) expect(errors(firstReport(change))).toContain(expected)
  })

  test('late in the evening UTC it is already tomorrow in China', () => {
    expect(errors(notice({}, { formedOn: '2026-11-24' }), { now: '2026-11-23T16:30:00.000Z' })).toEqual([])
  })

  test('a warning cannot end before it starts, nor at two times', () => {
    const cap = { ...warning().core.cap!, onset: '2026-11-24T07:00:00.000Z' }
    expect(errors(warning({ cap }))).toEqual(['core.expiresAt expires-before-onset'])
    expect(errors(warning({ cap: { ...warning().core.cap!, expires: '2026-11-24T07:00:00.000Z' } }))).toEqual([
      'core.cap.expires expires-differ',
    ])
  })

  test('an erratum of an old report is not held because its times have passed', () => {
    const before = firstReport()
    const after = changed(before, (c) => {
      c.parts['zh-CN']!.title = '哈日诺尔旗（示例）发生草原火灾,正在扑救'
      c.parts['zh-CN']!.changeNote = '更正标点。'
    })
    expect(errors(after, { editionType: 'erratum', previous: before, now: '2026-12-01T00:00:00.000Z' })).toEqual([])
  })

  test.each([
    '0471-1234567',
    '(0471)1234567',
    '+86 138-0013-8000',
    '400-123-4567',
    '12345',
    '119',
    '0471-1234567转8001',
  ])('a person may write the phone as %s', (phone) =>
    expect(errors(notice({}, { contacts: [{ label: '办公室', phone, audience: 'public' }] }))).toEqual([]),
  )

  test.each(['电话', '0471', '123456789012345', '138001380'])('%s is no phone', (phone) => {
    expect(errors(notice({}, { contacts: [{ label: '办公室', phone, audience: 'public' }] }))).toContain(
      'core.contacts.0.phone phone-shape',
    )
  })

  test.each(['urgency', 'severity', 'certainty'] as const)(
    'where the public must act now, %s may not be unknown',
    (term) => {
      expect(errors(warning({ cap: { ...warning().core.cap!, [term]: 'Unknown' } }))).toEqual([
        `core.cap.${term} cap-incomplete`,
      ])
    },
  )

  test('an incident release that does not call for action is not asked for alert terms', () => {
    const cap = {
      actNow: false,
      category: 'Fire' as const,
      urgency: 'Unknown' as const,
      severity: 'Unknown' as const,
      certainty: 'Unknown' as const,
    }
    expect(errors(firstReport({ cap }))).toEqual([])
    expect(errors(firstReport({ cap: { ...cap, actNow: true } }))).toEqual([
      'core.cap.urgency cap-incomplete',
      'core.cap.severity cap-incomplete',
      'core.cap.certainty cap-incomplete',
      'core.expiresAt cap-expires-missing',
    ])
  })

  test('a policy cannot tell the public to act now', () => {
    expect(errors(notice({}, { cap: warning().core.cap! }))).toEqual(['core.cap.actNow cap-not-allowed'])
  })
})

describe('a press conference', () => {
  const announced = (conference: object | undefined, kind = 'press-conference') =>
    checkContent(
      {
        ...notice({ blocks: { whenWhere: '见日程。' } }, {
          kind: kind as 'notice',
          ...(conference ? { conference } : {}),
        } as never),
      },
      context(),
    )
      .filter((i) => i.field.startsWith('core.conference'))
      .map((i) => [i.field, i.code, i.severity])
  const startsAt = '2026-12-01T08:00:00.000Z'

  test('says when it begins, ends after that, and belongs to its kind', () => {
    expect(announced({ startsAt, endsAt: '2026-12-01T09:00:00.000Z', place: '发布厅' })).toEqual([])
    expect(announced(undefined)).toEqual([['core.conference.startsAt', 'conference-missing', 'warning']])
    expect(announced({ startsAt, endsAt: startsAt, place: '厅' })).toEqual([
      ['core.conference.endsAt', 'conference-ends-before', 'error'],
    ])
    expect(announced({ startsAt, endsAt: '2026-12-03T08:00:00.000Z', place: '厅' })).toEqual([
      ['core.conference.endsAt', 'conference-too-long', 'error'],
    ])
    expect(announced({ startsAt: '2026-11-01T08:00:00.000Z' })).toEqual([
      ['core.conference.startsAt', 'conference-past', 'warning'],
      ['core.conference.place', 'conference-place', 'hint'],
    ])
    expect(announced({ startsAt: 'tomorrow' })).toEqual([['core.conference.startsAt', 'time-shape', 'error']])
    expect(announced({ startsAt }, 'notice')).toEqual([['core.conference', 'conference-not-for-kind', 'error']])
  })
})

describe('exercise, test and live', () => {
  const exercise = (title: string) => notice({ title }, { mode: 'exercise' })
  test('an exercise says so in its title', () => {
    expect(errors(exercise('草原火灾首报'))).toEqual(['parts.zh-CN.title exercise-unmarked'])
    expect(errors(exercise('【演练】草原火灾首报'))).toEqual([])
    expect(errors(notice(), { exercise: true })).toEqual(['parts.zh-CN.title exercise-unmarked'])
  })

  test('a test says so in its title', () => {
    expect(errors(notice({}, { mode: 'test' }), { exercise: true })).toEqual(['parts.zh-CN.title test-unmarked'])
    expect(errors(notice({ title: '【测试】' }, { mode: 'test' }), { exercise: true })).toEqual([])
  })

  test('a live title is not marked as an exercise, but may speak of one', () => {
    expect(errors(notice({ title: '【演练】首报' }))).toEqual(['parts.zh-CN.title live-marked-exercise'])
    expect(errors(notice({ title: '我盟（示例）开展应急演练' }))).toEqual([])
  })
})

describe('later editions', () => {
  const before = notice()
  test('readers of each changed language are told what changed', () => {
    const two = {
      ...before,
      parts: { ...before.parts, en: part({ title: 'Roadworks', body: '<p>Use another road.</p>' }) },
    }
    const next = changed(two, (c) => {
      c.parts.en!.body = '<p>Take another road.</p>'
    })
    expect(errors(next, { editionType: 'correction', previous: two })).toEqual([
      'parts.en.changeNote change-note-missing',
    ])
    const inAll = changed(two, (c) => {
      c.core.areas = ['159921']
    })
    expect(errors(inAll, { editionType: 'correction', previous: two })).toEqual([
      'parts.zh-CN.changeNote change-note-missing',
      'parts.en.changeNote change-note-missing',
    ])
  })

  test('a correction that corrects nothing is refused', () => {
    expect(errors(before, { editionType: 'correction', previous: before })).toEqual(['parts nothing-changed'])
  })

  test('an addition adds a language and changes nothing else', () => {
    const english = { ...part({ title: 'Roadworks', body: '<p>Use another road.</p>' }), changeNote: 'English added.' }
    const next = { ...before, parts: { ...before.parts, en: english } }
    expect(errors(next, { editionType: 'addition', previous: before })).toEqual([])
    expect(errors(before, { editionType: 'addition', previous: before })).toEqual(['parts addition-no-language'])
    const more = changed(next, (c) => {
      c.parts['zh-CN']!.body = '<p>别的</p>'
      c.core.topics = ['roads']
      c.parts['zh-CN']!.changeNote = 'x'
    })
    expect(errors(more, { editionType: 'addition', previous: before })).toEqual([
      'parts.zh-CN addition-changed',
      'core addition-changed',
    ])
  })

  test('an erratum or addition needs an edition to hold it against', () => {
    for (const editionType of ['erratum', 'addition'] as const)
      expect(errors(before, { editionType })).toEqual(['parts previous-missing'])
  })

  test('a withdrawal is asked for its reason in every language and for nothing else', () => {
    expect(errors(notice({ title: '', body: '' }), { editionType: 'withdrawal', previous: before })).toEqual([
      'parts.zh-CN.withdrawalReason withdrawal-reason-missing',
    ])
    expect(
      errors(notice({ title: '', body: '', withdrawalReason: '内容有误。' }), {
        editionType: 'withdrawal',
        previous: before,
      }),
    ).toEqual([])
  })

  test('a takedown is held by nothing', () => {
    expect(found(notice({ title: '机密★', body: '' }), { editionType: 'takedown', previous: before })).toEqual([])
  })
})

describe('marks of secrecy', () => {
  const marked = (body: string) => errors(notice({ body })).includes('parts.zh-CN.body secrecy-mark')

  test.each([
    '<p>机密★1年</p>',
    '<p>秘密 ★ 10年</p>',
    '<p>绝　密★</p>',
    '<p>一</p><p>二</p><p>三</p><p>四</p><p>五</p><p>六</p><p>正文里也有机密★长期</p>',
    '<p><b>机</b>密★</p>',
    '<p>秘密</p><p>关于……的通知</p>',
    '<p>【机密】</p>',
    '<p>密级：秘密</p>',
    '<p>机密 10年</p>',
    '<p>内部资料 注意保存</p>',
    '<p>正文</p><p>内部资料，注意保存</p>',
    '<p>份号：000012</p>',
    '<p>000012</p><p>特急</p>',
  ])('%s stops intake', (body) => expect(marked(body)).toBe(true))

  test.each([
    '<p>依法保护商业秘密和个人隐私。</p>',
    '<p>工作人员应当保守秘密。</p>',
    '<p>采用秘密投票方式。</p>',
    '<p>加强内部审计。</p>',
    '<p>《中华人民共和国保守国家秘密法》</p>',
    '<p>电影《秘密》</p>',
    '<p>一</p><p>二</p><p>三</p><p>四</p><p>五</p><p>秘密</p>',
    '<p>国家秘密、商业秘密</p>',
    '<p>正文。</p><p>150000</p>',
    '<p>获评五★级景区</p>',
  ])('%s does not', (body) => expect(marked(body)).toBe(false))

  test('a mark is found in a title, a block and an attachment’s name', () => {
    expect(errors(notice({ title: '（秘密）关于施工的公告' }))).toEqual(['parts.zh-CN.title secrecy-mark'])
    const attachment = { sha256: 'a'.repeat(64), name: '机密★通知.docx', type: 'x', bytes: 1, title: '通知' }
    expect(errors({ ...notice(), attachments: [attachment] })).toEqual(['attachments.0.name secrecy-mark'])
  })
})
