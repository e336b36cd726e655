/** What is found in a file somebody attached: rule, place, masked words; and the contract of whoever looks. Types and tables only. */

/** Where in the file: `at` is a range, a number, a name, never a sentence. */
export type Place = {
  kind: 'file' | 'sheet' | 'cells' | 'paragraph' | 'page' | 'slide' | 'line' | 'part'
  at: string
}

/** listed: shown and nothing more. notice: a person has to look. block: has to be taken out, unless it is a false hit. */
export type Weight = 'listed' | 'notice' | 'block'

/** What a file can hold beside what its readers see. Words stand under `scan.<rule>`. */
export const FILE_RULES = {
  'file-unlooked': 'notice',
  'file-unscannable': 'notice',
  'file-signed': 'notice',
  'file-scan-page': 'notice',
  'file-picture': 'notice',
  'file-hidden-sheet': 'block',
  'file-hidden-columns': 'block',
  'file-hidden-rows': 'block',
  'file-hidden-cells': 'block',
  'file-left-over': 'block',
  'file-comment': 'block',
  'file-tracked': 'block',
  'file-hidden-text': 'block',
  'file-pale-text': 'notice',
  'file-covered': 'block',
  'file-under-picture': 'notice',
  'file-invisible-text': 'notice',
  'file-hidden-slide': 'block',
  'file-hidden-shape': 'block',
  'file-notes': 'block',
  'file-embedded': 'block',
  'file-external': 'block',
  'file-cache': 'notice',
  'file-constant': 'notice',
  'file-data': 'notice',
  'file-metadata': 'notice',
  'file-text-box': 'listed',
  'file-header': 'listed',
  'file-many': 'notice',
} as const satisfies Record<string, Weight>
export type FileRule = keyof typeof FILE_RULES

export type Finding = {
  /** A FileRule, or a rule of the text scanners. */
  rule: string
  scanner: 'file' | 'secrecy' | 'personal' | 'word'
  weight: Weight
  place: Place
  count: number
  /** Masked, and short. */
  excerpt: string
  suggestion?: string
}

/** A run of text with its place. Of a column of cells, `rows` says the row of each of its lines. */
export type Unit = {
  place: Place
  text: string
  /** Its first lines are where a mark of secrecy would stand. */
  heads: boolean
  /** Also where a bare copy number would: the body of a document. */
  body?: boolean
  rows?: number[]
  /** Read elsewhere too: looked at for marks of secrecy alone. */
  again?: true
}

/** A column of a table, offered for masking. */
export type Column = { sheet: string; column: string; head: string; count: number; hidden: boolean }

/** Raised by a person: which parts go, which are masked. */
export const MASKS = ['hidden', 'comments', 'changes', 'embedded', 'personal'] as const
export type Mask = (typeof MASKS)[number]
export type MaskOrder = { take: Mask[]; columns: { sheet: string; column: string }[] }

/** What the file says and holds: findings of form, texts for the scanners of words. */
export type Contents = { findings: Finding[]; units: Unit[]; columns: Column[] }

export type Looked = {
  type: string
  /** The file as it is kept: without what says who made it, when and where. */
  bytes: Uint8Array
  /** What was taken out of it: words under `scan.removed.<what>`. */
  removed: string[]
  findings: Finding[]
  columns: Column[]
  /** A mark of secrecy in form and place. */
  marked: boolean
}

export type LookTask = {
  name: string
  bytes: Uint8Array
  /** As it is stored already: nothing is cleaned. */
  asIs?: boolean
  mask?: MaskOrder
  /** The agency's own list, CSV as it keeps it. */
  words: string
  /** Declared contacts, digits only. */
  phones: string[]
}

/** Looks into files away from the thread that answers people. */
export type Looker = {
  /** @throws Refusal `invalid` for a file that is not taken in, the code of its issue saying why; `unavailable` file-queue */
  look(task: LookTask): Promise<Looked>
  close(): Promise<void>
}

/** Raised when the rules change: what was looked at under older ones is looked at again. */
export const RULES_VERSION = 1

/** Why a file is not taken in at all. Codes of issues. */
export type FaultCode =
  | 'file-type'
  | 'file-damaged'
  | 'file-bomb'
  | 'file-encrypted'
  | 'file-polyglot'
  | 'file-macros'
  | 'file-active'
  | 'file-legacy'
export class FileFault extends Error {
  readonly code: FaultCode
  constructor(code: FaultCode, said = '') {
    super(`${code} ${said}`)
    this.code = code
  }
}

/** Longer than what is shown: it is masked before it is cut, so that no number is cut in half and shown. */
const EXCERPT = 300
export const finding = (rule: FileRule, place: Place, count = 1, excerpt = ''): Finding => ({
  rule,
  scanner: 'file',
  weight: FILE_RULES[rule],
  place,
  count,
  excerpt: excerpt.replace(/\s+/g, ' ').trim().slice(0, EXCERPT),
})
