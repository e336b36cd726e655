/** Calls to the desk from a draft form: what came, or why nothing did. */

export type Answer<T> = { status: number; body: T | null }

/** Status 0: nobody was reached. */
export async function call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  try {
    const answer = await fetch(path, { method, redirect: 'manual', keepalive: method === 'DELETE', ...sent })
    const json = answer.headers.get('content-type')?.includes('json')
    return { status: answer.status, body: answer.ok && json ? ((await answer.json()) as T) : null }
  } catch {
    return { status: 0, body: null }
  }
}
