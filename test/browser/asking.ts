import type { Page } from 'playwright-core'

/** Calls a route of the program, or of the database's interface, as whoever is signed in on a page. Without a body: reads. */
export async function call(page: Page, path: string, body?: unknown, method?: 'POST' | 'PATCH'): Promise<unknown> {
  return page.evaluate(
    async ([to, sent, how]) => {
      const { publishableKey } = await (await fetch('/config.json')).json()
      const { access_token } = JSON.parse(localStorage.getItem('missions.session') ?? '{}')
      const response = await fetch(String(to), {
        headers: {
          'content-type': 'application/json',
          apikey: publishableKey,
          authorization: `Bearer ${access_token}`,
          prefer: 'return=representation',
        },
        ...(sent === undefined ? {} : { method: String(how ?? 'POST'), body: JSON.stringify(sent) }),
      })
      const answer = await response.json()
      if (!response.ok) throw new Error(`${to}: ${JSON.stringify(answer)}`)
      return answer
    },
    [path, body, method] as const,
  )
}
