import type { Pool } from 'pg'
import { z } from 'zod'
import type { Member } from './team.ts'

/** An answer that the program said it has kept. */
export interface Acknowledged {
  run: string
  step: string
  visit: number
  person: string
}

interface OpenAsk {
  id: string
  run: string
  step: string
  visit: number
  choices: string[]
  messages: { person?: string; ref: { message: string } }[]
}

/** People who look at their messages again and again and press a button of every question they find. */
export class Answering {
  readonly acknowledged: Acknowledged[] = []
  readonly #pool: Pool
  readonly #url: () => string
  readonly #people: readonly Member[]
  readonly #done = new Set<string>()
  #over = false

  constructor(pool: Pool, url: () => string, people: readonly Member[]) {
    this.#pool = pool
    this.#url = url
    this.#people = people
  }

  /** Answers until {@link stop}. */
  async go(): Promise<void> {
    while (!this.#over) {
      await this.#answerAll().catch(() => undefined)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }

  stop(): void {
    this.#over = true
  }

  async #answerAll(): Promise<void> {
    const { rows } = await this.#pool.query<OpenAsk>(
      `select id, run_id as run, step, visit, settings->'choices' as choices, messages from asks where over is null and messages <> '[]' order by created_at limit 100`,
    )
    for (const ask of rows)
      for (const { person, ref } of ask.messages) {
        const member = this.#people.find(({ id }) => id === person)
        if (member && !this.#done.has(`${ask.id}/${member.id}`)) await this.#press(ask, member, ref.message)
      }
  }

  /** The first button on a first visit, the last one on a later, so that loops end. */
  async #press(ask: OpenAsk, member: Member, message: string): Promise<void> {
    const response = await fetch(`${this.#url()}/api/chat/messages/${message}/press`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${member.token}` },
      body: JSON.stringify({ button: ask.visit === 1 ? ask.choices[0] : ask.choices.at(-1) }),
      signal: AbortSignal.timeout(5_000),
    })
    if (!response.ok) return
    this.#done.add(`${ask.id}/${member.id}`)
    if (z.object({ accepted: z.boolean() }).parse(await response.json()).accepted)
      this.acknowledged.push({ run: ask.run, step: ask.step, visit: ask.visit, person: member.id })
  }
}
