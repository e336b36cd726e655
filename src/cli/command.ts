/** What a command of `ortoo` is, and what it is handed. */
import type { Lang } from '../../templates/words/index.ts'
import type { Config } from '../config.ts'
import type { Ctx, Registry } from '../context.ts'

export type Io = {
  lang: Lang
  /** One line of the answer. */
  out(line: string): void
  /** One line about what went wrong or is being waited for. */
  err(line: string): void
  /** The state of something long: replaces the line before it on a terminal. */
  progress(line: string): void
  /** One line a person types or a program pipes in; not echoed. */
  secret(prompt: string): Promise<string>
  /** @throws ConfigError */
  config(): Config
  /** The outlets, as the entry hands them in. */
  registry: Registry
  /** Opens everything, runs, closes. */
  withContext<T>(run: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Resolves when the operator ends the command (Ctrl-C, SIGTERM). */
  ended(): Promise<void>
}

export type Given = { args: string[]; options: Record<string, string | boolean | undefined> }

export type Command = {
  /** One word or two: `serve`, `member add`. */
  name: string
  /** Positional arguments in order. */
  args: readonly string[]
  /** Named options; `true` is a switch that takes no value. Every command also knows --lang and --help. */
  options?: Readonly<Record<string, 'value' | 'switch'>>
  /** @returns the exit status: 0, or 1 when what was looked for is not in order */
  run(io: Io, given: Given): Promise<number>
}

/** An argument is missing or wrong: the sentence names it and what would be right. Exit status 2. */
export class UsageError extends Error {
  constructor(
    readonly key: string,
    readonly params: Record<string, string | number> = {},
  ) {
    super(key)
  }
}

/** A text option, or undefined when it was not given. */
export function textOption(given: Given, name: string): string | undefined {
  const value = given.options[name]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** A text option that must be there. @throws UsageError */
export function required(given: Given, name: string, right: string): string {
  const value = textOption(given, name)
  if (value === undefined) throw new UsageError('cli.usage.option-missing', { option: name, right })
  return value
}

/** One of a few words. @throws UsageError naming them */
export function oneOf<T extends string>(name: string, value: string, words: readonly T[]): T {
  if ((words as readonly string[]).includes(value)) return value as T
  throw new UsageError('cli.usage.one-of', { option: name, value, words: words.join(' ') })
}
