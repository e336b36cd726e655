/** Reads what a person or a program sent against a strict schema, and names every fault by its field. */
import type { z } from 'zod'
import { type Issue, invalid, issue } from './errors.ts'

/** What a schema makes of what was sent. @throws Refusal `invalid` naming each field. */
export function readableZod<S extends z.ZodType>(schema: S, sent: unknown): z.output<S> {
  const parsed = schema.safeParse(sent)
  if (!parsed.success) throw invalid(zodIssues(parsed.error))
  return parsed.data
}

/** zod's findings as ours: path, code, and what was allowed. */
export function zodIssues(error: z.ZodError): Issue[] {
  return error.issues.flatMap((found) => {
    const field = found.path.join('.') || 'body'
    switch (found.code) {
      case 'unrecognized_keys':
        return found.keys.map((key) => issue(field === 'body' ? key : `${field}.${key}`, 'unknown-field', { key }))
      case 'too_big':
        return [issue(field, 'too-long', { max: Number(found.maximum) })]
      case 'invalid_value':
        return [issue(field, 'not-one-of', { values: found.values.join(', ') })]
      case 'invalid_type':
        return [issue(field, 'wrong-type', { expected: found.expected })]
      case 'invalid_format':
        // What the schema says of itself is English and for programs: a day and a time have words of their own.
        if (found.format === 'date') return [issue(field, 'wrong-date')]
        if (found.format === 'datetime') return [issue(field, 'wrong-time')]
        return [issue(field, 'wrong-shape', { rule: found.message })]
      default:
        return [issue(field, 'wrong-shape', { rule: found.message })]
    }
  })
}
