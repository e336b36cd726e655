/** What is wrong with a content before it may go on: one list of issues for form, preview, review and publication. Pure. */
import { type Conference, type Content, LANGUAGES, languagesOf } from '../desk/content.ts'
import { textFields } from '../desk/fields.ts'
import { secrecyMarks } from '../desk/secrecy.ts'
import type { SeriesStanding } from '../desk/series.ts'
import { type Issue, issue } from '../lib/errors.ts'
import { canonicalJson } from '../lib/id.ts'
import { additionViolations, withoutNote } from './addition.ts'
import { type Authority, authorityIssues } from './check-authority.ts'
import { coreIssues } from './check-core.ts'
import { falseAlarmIssues } from './check-false-alarm.ts'
import { figureIssues, type RecordedFigure } from './check-figures.ts'
import { kindIssues } from './check-kind.ts'
import { partIssues, textFieldIssues } from './check-parts.ts'
import { pictureIssues } from './check-pictures.ts'
import { type PlaceName, placeIssues } from './check-places.ts'
import { seriesIssues } from './check-series.ts'
import { disagreements } from './consistency.ts'
import { erratumViolations } from './erratum.ts'
import { relayIssues } from './relay.ts'
import { repostIssues, type SourceStanding } from './repost.ts'

export type CheckContext = {
  /** UTC ISO. */
  now: string
  editionType: 'first' | 'erratum' | 'correction' | 'addition' | 'withdrawal' | 'takedown'
  /** Content of the last edition; null before the first. */
  previous: Content | null
  documentNumberTaken: boolean
  /** The incident's cause has been confirmed. */
  causeConfirmed: boolean
  /** Area codes the agency speaks for. */
  agencyAreas: string[]
  /** Anything but live. */
  exercise: boolean
  /** The incident named in the core exists and is within reach. */
  incidentKnown: boolean
  /** Names of the places there are, to hold the text against. */
  places?: readonly PlaceName[]
  /** What has become of the release this one carries, where it carries one; null when it cannot be found. */
  repost?: SourceStanding | null
  /** How a report stands in the series of its incident. */
  series?: SeriesStanding | null
  /** Figures recorded for the incident, oldest first. */
  recorded?: readonly RecordedFigure[]
  /** Press conferences the core names as those its papers or its record belong to, by release id. */
  conferences?: ReadonlyMap<string, NamedConference>
  /** Who may originate warnings here. */
  authority?: Authority
}

/** The conference a release names; `conference` is absent where none was announced with a time. */
export type NamedConference = { isConference: boolean; conference: Conference | undefined }

/**
 * Everything that stands against the content, errors and warnings. A takedown shows number and time only, so nothing is
 * asked of its content; a withdrawal shows its reasons only.
 */
export function checkContent(content: Content, context: CheckContext): Issue[] {
  if (context.editionType === 'takedown') return []
  const always = [...languageIssues(content), ...textFieldIssues(content), ...secrecyIssues(content)]
  if (context.editionType === 'withdrawal') return [...always, ...reasonIssues(content)]
  return [
    ...always,
    ...partIssues(content),
    ...kindIssues(content, context),
    ...coreIssues(content, context),
    ...modeIssues(content, context),
    ...editionIssues(content, context),
    ...consistencyIssues(content),
    ...placeIssues(content, context.places ?? []),
    ...seriesIssues(content, context),
    ...figureIssues(content, context),
    ...repostIssues(content, context.repost ?? null),
    ...relayIssues(content),
    ...falseAlarmIssues(content),
    ...pictureIssues(content),
    ...(context.authority ? authorityIssues(content, context.authority) : []),
  ]
}

/** The Chinese version is always there (实施国家通用语言文字法办法, in force 2022-01-01, art. 4). */
function languageIssues(content: Content): Issue[] {
  if (languagesOf(content).length === 0) return [issue('parts', 'no-language')]
  return content.parts['zh-CN'] ? [] : [issue('parts.zh-CN', 'chinese-missing')]
}

const secrecyIssues = (content: Content): Issue[] =>
  textFields(content).flatMap((field) =>
    secrecyMarks(field)
      .slice(0, 1)
      .map(() => issue(field.field, 'secrecy-mark')),
  )

const reasonIssues = (content: Content): Issue[] =>
  languagesOf(content)
    .filter((l) => !content.parts[l]?.withdrawalReason?.trim())
    .map((l) => issue(`parts.${l}.withdrawalReason`, 'withdrawal-reason-missing'))

// ᠳᠠᠰᠤᠯᠭ᠎ᠠ "exercise": any of the three words marks a title in any language, so that a translator's choice does not block.
const EXERCISE = /演练|演习|\bEXERCISE\b|ᠳᠠᠰᠤᠯᠭ᠎ᠠ|ᠰᠤᠷᠭᠠᠯᠲᠠ/
const TEST = /测试|\bTEST\b/
const BRACKETED = /[【[（(]\s*(?:应急)?(?:演练|演习|测试|EXERCISE|TEST)\s*[】\]）)]/i

/** Test, exercise and live can't look alike: the title says which, and a live title does not begin like an exercise. */
function modeIssues(content: Content, context: CheckContext): Issue[] {
  const { mode } = content.core
  const exercise = mode === 'exercise' || (context.exercise && mode !== 'test')
  return languagesOf(content).flatMap((l) => {
    const title = content.parts[l]?.title ?? ''
    const field = `parts.${l}.title`
    if (exercise) return EXERCISE.test(title) ? [] : [issue(field, 'exercise-unmarked')]
    if (mode === 'test') return TEST.test(title) ? [] : [issue(field, 'test-unmarked')]
    return BRACKETED.test(title) ? [issue(field, 'live-marked-exercise')] : []
  })
}

function editionIssues(content: Content, { editionType, previous }: CheckContext): Issue[] {
  switch (editionType) {
    case 'first':
      return []
    case 'erratum':
      if (!previous) return [issue('parts', 'previous-missing')]
      return [
        ...changedNothing(previous, content),
        ...noteIssues(previous, content),
        ...erratumViolations(previous, content),
      ]
    case 'addition':
      if (!previous) return [issue('parts', 'previous-missing')]
      return [...noteIssues(previous, content), ...additionViolations(previous, content)]
    case 'correction':
      // After a takedown nothing is left to hold the correction against; every language is new.
      if (!previous) return noteIssues({ ...content, parts: {} }, content)
      return [...changedNothing(previous, content), ...noteIssues(previous, content)]
    case 'withdrawal':
    case 'takedown':
      return []
    default:
      return editionType satisfies never
  }
}

const unlike = (a: unknown, b: unknown) => canonicalJson({ v: a }) !== canonicalJson({ v: b })
const commonChanged = (a: Content, b: Content) => unlike(a.core, b.core) || unlike(a.attachments, b.attachments)
const partChanged = (a: Content, b: Content, l: (typeof LANGUAGES)[number]) =>
  unlike(withoutNote(a, l), withoutNote(b, l))

const changedNothing = (previous: Content, next: Content): Issue[] =>
  commonChanged(previous, next) || LANGUAGES.some((l) => partChanged(previous, next, l))
    ? []
    : [issue('parts', 'nothing-changed')]

/** Readers of each language that changed are told what changed; the core and the attachments are in every language. */
function noteIssues(previous: Content, next: Content): Issue[] {
  const common = commonChanged(previous, next)
  return languagesOf(next)
    .filter((l) => (common || partChanged(previous, next, l)) && !next.parts[l]?.changeNote?.trim())
    .map((l) => issue(`parts.${l}.changeNote`, 'change-note-missing'))
}

const consistencyIssues = (content: Content): Issue[] =>
  disagreements(content).map((d) =>
    issue(
      d.field,
      d.rule,
      { values: d.values.slice(0, 8).join(', '), ...(d.other ? { other: d.other } : {}) },
      'warning',
    ),
  )
