/** Checks that follow from the kind of release; the kinds themselves are data in templates/draft. */

import { type KindData, kinds } from '../../templates/draft/index.ts'
import type { KindCheck } from '../../templates/draft/kind.ts'
import { type BlockName, type Content, type Core, type Language, languagesOf, type Part } from '../desk/content.ts'
import { partFields } from '../desk/fields.ts'
import { forbiddenIn } from '../incident/claim-words.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { plainText } from '../lib/html.ts'
import type { CheckContext } from './checks.ts'

export function kindIssues(content: Content, context: CheckContext): Issue[] {
  const kind: KindData | undefined = kinds[content.core.kind]
  if (!kind) return [issue('core.kind', 'kind-unknown')]
  // What stands in place of a false alarm is no alert: of the kind only its name is left.
  if (content.core.falseAlarmOf !== undefined)
    return languagesOf(content).flatMap((l) =>
      (['facts', 'advice'] as const)
        .filter((name) => !content.parts[l]?.blocks[name]?.trim())
        .map((name) => issue(`parts.${l}.blocks.${name}`, 'required')),
    )
  return [
    ...laneIssues(content.core, kind),
    ...requiredCore(content.core, kind),
    ...languagesOf(content).flatMap((l) => partIssues(l, content.parts[l] as Part, kind)),
    ...kind.checks.flatMap((name) => RULES[name](content, context)),
  ]
}

/** Flash is open to the kinds, urgencies and warning levels that the data names, and to nothing else. */
function laneIssues(core: Core, kind: KindData): Issue[] {
  if (!kind.lanes.includes(core.lane)) return [issue('core.lane', 'lane-not-allowed')]
  if (core.lane !== 'flash') return []
  const { flash } = kind
  if (!flash?.urgencies.includes(core.urgency)) return [issue('core.urgency', 'flash-urgency')]
  const level = flash.levels && !core.over && !(core.warningLevel && flash.levels.includes(core.warningLevel))
  return level ? [issue('core.warningLevel', 'flash-level')] : []
}

const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

const LAPSED: (keyof Core)[] = ['warningLevel', 'cap', 'expiresAt', 'nextUpdateAt']

function requiredCore(core: Core, kind: KindData): Issue[] {
  // What ends has no level, no terms and no end of its own any more.
  const asked = core.over ? kind.requiredCore.filter((key) => !LAPSED.includes(key)) : kind.requiredCore
  const missing = asked.filter((key) => isEmpty(core[key])).map((key) => issue(`core.${key}`, 'required'))
  const level = core.warningLevel && !kind.requiredCore.includes('warningLevel')
  return [
    ...missing,
    ...(kind.capRequired && core.cap && !core.cap.onset ? [issue('core.cap.onset', 'required')] : []),
    ...(level ? [issue('core.warningLevel', 'level-not-for-kind')] : []),
  ]
}

function partIssues(language: Language, part: Part, kind: KindData): Issue[] {
  const at = `parts.${language}`
  const filled = (name: BlockName) => Boolean(part.blocks[name]?.trim())
  const blocks = (Object.keys(part.blocks) as BlockName[]).filter(filled)
  const body = plainText(part.body) !== ''
  return [
    ...kind.requiredBlocks.filter((name) => !filled(name)).map((name) => issue(`${at}.blocks.${name}`, 'required')),
    ...(kind.bodyRequired && !body ? [issue(`${at}.body`, 'required')] : []),
    ...blocks
      .filter((name) => !kind.blocks.includes(name))
      .map((name) => issue(`${at}.blocks.${name}`, 'block-not-for-kind')),
    ...leftToFill(language, part, kind),
  ]
}

/** 【…】 from the words to start from that nobody filled in. */
function leftToFill(language: Language, part: Part, kind: KindData): Issue[] {
  const starts = new Set(JSON.stringify([kind.start, kind.ending]).match(/【[^】]*】/g) ?? [])
  return partFields(language, part).flatMap((f) => {
    const left = (f.text.match(/【[^】]*】/g) ?? []).find((word) => starts.has(word))
    return left ? [issue(f.field, 'left-to-fill', { words: left })] : []
  })
}

/** A claim is named so that it can be set right; a live link spreads it, and an account points at a person. */
const claimIssues = (content: Content): Issue[] =>
  languagesOf(content).flatMap((l) => {
    const part = content.parts[l]
    return (
      [
        [`parts.${l}.title`, part?.title],
        [`parts.${l}.blocks.claim`, part?.blocks.claim],
      ] as const
    ).flatMap(([field, text]) => {
      const found = text ? forbiddenIn(text) : null
      return found ? [issue(field, `claim-${found.what}`, { words: found.words })] : []
    })
  })

type Rule = (content: Content, context: CheckContext) => Issue[]

const RULES: Record<KindCheck, Rule> = {
  'cause-lock': (content, { causeConfirmed }) =>
    causeConfirmed
      ? []
      : languagesOf(content)
          .filter((l) => content.parts[l]?.blocks.cause?.trim())
          .map((l) => issue(`parts.${l}.blocks.cause`, 'cause-locked')),
  incident: ({ core }, { incidentKnown }) => {
    if (!core.incidentId) return [issue('core.incidentId', 'incident-missing')]
    return incidentKnown ? [] : [issue('core.incidentId', 'incident-unknown')]
  },
  hotline: ({ core }) =>
    core.contacts.some((c) => c.audience === 'public' && c.phone) ? [] : [issue('core.contacts', 'hotline-missing')],
  interprets: ({ core }) =>
    core.relatesTo?.some((r) => r.as === 'interprets') ? [] : [issue('core.relatesTo', 'interprets-missing')],
  clarifies: (content) => [
    ...claimIssues(content),
    ...(content.core.relatesTo?.some((r) => r.as === 'clarifies')
      ? []
      : [issue('core.relatesTo', 'clarifies-missing', undefined, 'hint')]),
  ],
  'document-number': ({ core }) =>
    core.documentNumber ? [] : [issue('core.documentNumber', 'document-number-missing', undefined, 'warning')],
  until: ({ core }) =>
    core.expiresAt || core.over ? [] : [issue('core.expiresAt', 'until-missing', undefined, 'hint')],
}
