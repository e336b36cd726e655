/** Finds the command that was asked for, reads its arguments, and turns what goes wrong into one sentence and an exit status. */
import { parseArgs } from 'node:util'
import { hasWords, type Lang, t } from '../../templates/words/index.ts'
import { ConfigError } from '../config.ts'
import { Refusal } from '../lib/errors.ts'
import { spoken } from '../web/errors.ts'
import { type Command, type Given, type Io, UsageError } from './command.ts'
import { commands } from './commands.ts'

/** Runs the command line. @returns the exit status: 0 in order, 1 not in order or refused, 2 wrong arguments or settings */
export async function main(argv: string[], io: Io): Promise<number> {
  try {
    const command = find(argv)
    if (!command || wantsHelp(argv)) return help(io, command, argv)
    const given = read(command, argv.slice(command.name.split(' ').length))
    return await command.run({ ...io, lang: (given.options['lang'] as Lang | undefined) ?? io.lang }, given)
  } catch (err) {
    const lang = langIn(argv) ?? io.lang
    for (const line of sentences(err, lang)) io.err(line)
    return err instanceof UsageError || err instanceof ConfigError ? 2 : 1
  }
}

/** The longest name that begins what was typed. */
const find = (argv: string[]): Command | undefined =>
  commands
    .filter((c) => c.name.split(' ').every((word, i) => argv[i] === word))
    .sort((a, b) => b.name.length - a.name.length)[0]

const wantsHelp = (argv: string[]) => argv.includes('--help') || argv.includes('-h')

function langIn(argv: string[]): Lang | undefined {
  const at = argv.findIndex((a) => a === '--lang' || a.startsWith('--lang='))
  const said = argv[at]?.includes('=') ? argv[at]?.split('=')[1] : argv[at + 1]
  return at >= 0 && (said === 'zh' || said === 'en') ? said : undefined
}

function help(io: Io, command: Command | undefined, argv: string[]): number {
  const lang = langIn(argv) ?? io.lang
  if (command) {
    io.out(`ortoo ${synopsis(command)}`)
    io.out(t(lang, `cli.about.${command.name}`))
    return 0
  }
  const [first] = argv.filter((a) => !a.startsWith('-'))
  const known = commands.filter((c) => c.name.startsWith(`${first} `))
  if (first !== undefined && first !== 'help') {
    if (known.length)
      throw new UsageError('cli.usage.which', { name: first, names: known.map((c) => c.name).join(', ') })
    throw new UsageError('cli.usage.unknown-command', { name: first })
  }
  io.out(t(lang, 'cli.help'))
  for (const c of commands) io.out(`  ${synopsis(c)}\n      ${t(lang, `cli.about.${c.name}`)}`)
  return first === undefined && !wantsHelp(argv) ? 2 : 0
}

function synopsis(c: Command): string {
  const options = Object.entries(c.options ?? {}).map(([o, takes]) => `[--${o}${takes === 'value' ? ' …' : ''}]`)
  return [c.name, ...c.args.map((a) => `<${a}>`), ...options].join(' ')
}

/** @throws UsageError for an option nobody knows, a missing value, too many or too few arguments */
function read(command: Command, argv: string[]): Given {
  const options = Object.fromEntries(
    Object.entries({ ...command.options, lang: 'value' as const }).map(([name, takes]) => [
      name,
      { type: takes === 'value' ? ('string' as const) : ('boolean' as const) },
    ]),
  )
  const parsed = parsedBy(() => parseArgs({ args: argv, options, allowPositionals: true, strict: true }))
  const missing = command.args[parsed.positionals.length]
  if (missing) throw new UsageError('cli.usage.argument-missing', { argument: missing, synopsis: synopsis(command) })
  const extra = parsed.positionals[command.args.length]
  if (extra !== undefined)
    throw new UsageError('cli.usage.argument-extra', { value: extra, synopsis: synopsis(command) })
  const lang = parsed.values['lang']
  if (lang !== undefined && lang !== 'zh' && lang !== 'en')
    throw new UsageError('cli.usage.one-of', { option: 'lang', value: String(lang), words: 'zh en' })
  return { args: parsed.positionals, options: parsed.values as Given['options'] }
}

function parsedBy<T>(parse: () => T): T {
  try {
    return parse()
  } catch (err) {
    const { code, message } = err as { code?: string; message: string }
    const option = /'(-[^'\s<]*)/.exec(message)?.[1]?.replace(/^-+/, '') ?? ''
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageError('cli.usage.unknown-option', { option })
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') throw new UsageError('cli.usage.option-value', { option })
    throw err
  }
}

/** What a person reads of something that went wrong. What nobody foresaw keeps its own words. */
export function sentences(err: unknown, lang: Lang): string[] {
  if (err instanceof UsageError) return [t(lang, err.key, err.params)]
  if (err instanceof ConfigError) return [settingSentence(err, lang)]
  if (!(err instanceof Refusal)) return [t(lang, 'cli.unexpected', { what: (err as Error)?.message ?? String(err) })]
  const code = [`cli.refused.${err.code}`, `problem.${err.code}`].find(hasWords)
  const whole = code
    ? [t(lang, code, err.params)]
    : err.issues.length
      ? []
      : [t(lang, 'cli.refused', { code: err.code })]
  return [
    ...whole,
    ...err.issues.map((i) => {
      const said = spoken(i, lang)
      return [`${said.field}: ${said.rule}`, said.remedy].filter(Boolean).join(lang === 'zh' ? '' : ' ')
    }),
  ]
}

/** A setting that is wrong, with what would be right, in the operator's language. */
export function settingSentence(err: ConfigError, lang: Lang): string {
  const name = /^(\w+): /.exec(err.message)?.[1]
  return name && hasWords(`setting.${name}`) ? `${name}: ${t(lang, `setting.${name}`)}` : err.message
}
