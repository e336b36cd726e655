/** What a form sent, urlencoded or multipart. */
import type { Req } from '../env.ts'
import { BadRequest } from '../errors.ts'

export type Form = { one(name: string): string; all(name: string): string[] }

/** Text fields only; `all` reads `topics` and `topics[]` alike. @throws BadRequest not-a-form */
export async function formOf(c: Req): Promise<Form> {
  const data = await c.req.formData().catch(() => {
    throw new BadRequest(400, 'not-a-form')
  })
  const all = (name: string) =>
    [...data.getAll(name), ...data.getAll(`${name}[]`)].filter((v): v is string => typeof v === 'string')
  return { all, one: (name) => all(name)[0] ?? '' }
}

export const sendsJson = (c: Req): boolean =>
  /^application\/json\s*(;|$)/i.test((c.req.header('content-type') ?? '').trim())
