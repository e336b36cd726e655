/** API of exercises: how they went, and who gets their mail. */
import { z } from 'zod'
import { exerciseAudienceInput, setExerciseAudience } from '../../audience/exercise-audience.ts'
import { exercisesFor } from '../../delivery/exercises.ts'
import type { App } from '../env.ts'
import { actorIn, route } from '../guards/route.ts'

const maybe = z.string().nullable()
const ms = z.number().nullable()
const exercises = z.strictObject({
  items: z.array(
    z.strictObject({
      number: z.string(),
      agencyId: z.string(),
      kind: z.string(),
      state: z.string(),
      title: z.string(),
      moments: z.strictObject({
        begun: z.string(),
        submitted: maybe,
        published: maybe,
        reached: maybe,
        errorKnown: maybe,
        corrected: maybe,
      }),
      score: z.strictObject({ write: ms, approve: ms, firstOutlet: ms, correct: ms }),
      took: z.number(),
    }),
  ),
  last: maybe,
  lapsed: z.boolean(),
  days: z.number().nullable(),
})

export function mountExercises(app: App): void {
  const tag = 'office'
  route(
    app,
    {
      method: 'get',
      path: '/api/v1/exercises',
      act: 'exercise.read',
      doc: { tag, summary: 'Exercises with their scores in milliseconds', answers: { 200: exercises } },
    },
    async (c) => {
      const { exercises: items, last, lapsed, days } = await exercisesFor(c.var.ctx, actorIn(c))
      return c.json({ items, last, lapsed, days })
    },
  )
  route(
    app,
    {
      method: 'put',
      path: '/api/v1/exercises/audience',
      act: 'exercise.audience',
      json: true,
      doc: {
        tag,
        summary: 'Members who get the mail of exercises',
        answers: { 200: z.strictObject({ members: z.number() }), 422: null },
        body: { 'application/json': exerciseAudienceInput },
      },
    },
    async (c, { body }) => c.json({ members: await setExerciseAudience(c.var.ctx, actorIn(c), body) }),
  )
}
