import type { Page } from 'playwright-core'
import { z } from 'zod'
import { call } from '../browser/asking.ts'
import { openBrowser } from '../browser/chromium.ts'
import { largeMission } from '../browser/large.ts'

/** Letters typed into each setting, and milliseconds between them: fast hands. */
const letters = 'abc def ghi jkl mno pqr stu vwx '
const between = 70

/** How long letters of one setting take, in milliseconds. */
export interface TypingFigures {
  name: string
  /** Of the main thread, for a letter and everything that follows from it. */
  busy: number
  /** From the key until its handlers are done and the frame after it is drawn, without the wait for the screen's next refresh. */
  work: number
  /** The same of the slowest letter. */
  slowest: number
  /** Of the letters, those whose work took longer than one frame of sixty a second. */
  late: number
}

/** Measures how long a letter takes in settings of a large mission, in a real Chromium. */
export async function measureTyping(url: string): Promise<TypingFigures[]> {
  const browser = await openBrowser()
  try {
    const context = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
    const page = await context.newPage()
    await signUp(page)
    const found: TypingFigures[] = []
    for (const steps of [100, 500]) {
      const id = await keep(page, steps)
      await page.goto(`/missions/${id}`)
      await page.locator('[data-reviewed="true"]').waitFor()
      for (const { card, setting } of [
        { card: 'Announce order 1', setting: 'Message' },
        { card: 'Announce order 1', setting: 'Name on the card' },
        { card: 'Pick a laptop', setting: 'Choice 1' },
      ])
        found.push({ name: `${steps} steps, ${setting}`, ...(await timeLetters(page, card, setting)) })
    }
    return found
  } finally {
    await browser.close()
  }
}

async function signUp(page: Page): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Your name').fill('Maya')
  await page.getByLabel('Name of the workspace').fill('Bench')
  await page.getByLabel('E-mail').fill('maya@example.com')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Create the workspace' }).click()
  await page.waitForURL('**/missions')
}

async function keep(page: Page, steps: number): Promise<string> {
  const rows = z.array(z.looseObject({ id: z.string() }))
  const [workspace] = rows.parse(await call(page, '/rest/v1/workspaces?select=id'))
  const mission = largeMission(steps)
  const sent = { workspace_id: workspace?.id, name: mission.name, draft: mission }
  return rows.parse(await call(page, '/rest/v1/missions?select=id', sent))[0]?.id ?? ''
}

async function timeLetters(page: Page, card: string, setting: string): Promise<Omit<TypingFigures, 'name'>> {
  await page.locator('.react-flow__node-card').filter({ hasText: card }).first().click()
  const field = page.getByRole('complementary').getByLabel(setting, { exact: true }).first()
  await field.click()
  await page.waitForTimeout(1_500)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000
  }
  // What a page does of itself while nobody types is not the letters’.
  const lasting = letters.length * between
  const [restBegan] = [await busy(), await page.waitForTimeout(lasting)]
  const rest = (await busy()) - restBegan
  await page.evaluate(watchLetters)
  const began = await busy()
  await page.keyboard.type(letters, { delay: between })
  const spent = (await busy()) - began - rest
  await devtools.detach()
  const works = z.array(z.number()).parse(await page.evaluate(() => Reflect.get(window, 'works')))
  const sorted = works.toSorted((one, other) => one - other)
  const at = (share: number) => round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN)
  return { busy: round(spent / letters.length), work: at(0.5), slowest: at(1), late: works.filter((work) => work > 1_000 / 60).length }
}

/** Runs in the page: for each letter, the time in its handlers and that of the frame in which it appears. */
function watchLetters(): void {
  const works: number[] = []
  Object.assign(window, { works })
  addEventListener(
    'keydown',
    () => {
      const began = performance.now()
      let handled = began
      // Its own task, right behind that of the key: after all its handlers and what React does at once.
      const after = new MessageChannel()
      after.port1.addEventListener('message', () => (handled = performance.now()))
      after.port1.start()
      after.port2.postMessage(undefined)
      requestAnimationFrame(() => {
        const drawing = performance.now()
        const drawn = new MessageChannel()
        drawn.port1.addEventListener('message', () => works.push(Math.max(0, handled - began) + performance.now() - drawing))
        drawn.port1.start()
        drawn.port2.postMessage(undefined)
      })
    },
    { capture: true },
  )
}

const round = (time: number) => Math.round(time * 10) / 10
