import type { BrowserContext, Page } from 'playwright-core'
import { z } from 'zod'
import type { Mission } from '../../src/mission/mission.ts'
import { call } from '../browser/asking.ts'
import { openBrowser } from '../browser/chromium.ts'
import { largeMission } from '../browser/large.ts'

/** How long each movement goes on, in milliseconds. */
const lasting = 2_000
/** Time for what a page fetches once everything is drawn, in milliseconds. */
const calm = 1_200
/** How often a mission is opened; the middle one counts. */
const openings = 5

/** Frames while something is moved. `slowest`: milliseconds of the longest one; `late`: how many took more than two of sixty a second. */
interface Frames {
  name: string
  perSecond: number
  slowest: number
  late: number
}

/** What was measured of the designer, in a real Chromium. Times in milliseconds. */
export interface DesignerFigures {
  frames: Frames[]
  /** From the navigation, with nothing in the browser's cache, until all cards are drawn; the same with a warm cache. */
  opening: { name: string; cold: number; warm: number }[]
  /** What workers do after a change, while the page goes on. */
  edit: { name: string; checkAndProse: number; layout: number; both: number }[]
  /** Script over the wire, in KB: of the first page, of the list of missions, and what a mission adds that is opened there until it is drawn; workers apart. */
  script: { first: number; list: number; designer: number }[]
}

/** Measures how the designer feels: frames while cards and the view are moved, opening, the work behind an edit, script loaded. */
export async function measureDesigner(
  url: string,
  only: readonly string[] = ['opening', 'frames', 'edit', 'script'],
): Promise<DesignerFigures> {
  const browser = await openBrowser()
  try {
    const first = await browser.newContext({ baseURL: url, viewport: { width: 1440, height: 900 } })
    const page = await first.newPage()
    const firstScript = await signUp(page)
    const ids = new Map<number, string>()
    for (const steps of [100, 500, 2_000]) ids.set(steps, await keep(page, largeMission(steps)))
    const state = await first.storageState()
    const newcomer = () => browser.newContext({ baseURL: url, storageState: state, viewport: { width: 1440, height: 900 } })
    const idOf = (steps: number) => ids.get(steps) ?? ''

    const opening: DesignerFigures['opening'] = []
    if (only.includes('opening')) for (const steps of [100, 500]) opening.push(await timeOpening(newcomer, idOf(steps), steps))
    const frames: Frames[] = []
    if (only.includes('frames'))
      for (const steps of [500, 2_000]) frames.push(...(await inside(newcomer, (visitor) => countAll(visitor, idOf(steps), steps))))
    const edit = only.includes('edit') ? [await inside(newcomer, (visitor) => timeWorkers(visitor, idOf(100)))] : []
    const script = only.includes('script')
      ? [await inside(newcomer, (visitor) => weighScript(visitor, largeMission(100).name, firstScript))]
      : []
    return { frames, opening, edit, script }
  } finally {
    await browser.close()
  }
}

async function inside<Result>(newcomer: () => Promise<BrowserContext>, act: (page: Page) => Promise<Result>): Promise<Result> {
  const context = await newcomer()
  try {
    return await act(await context.newPage())
  } finally {
    await context.close()
  }
}

/** Makes an account; gives the KB of script that the first page has loaded. */
async function signUp(page: Page): Promise<number> {
  const script = countScript(page)
  await page.goto('/sign-up')
  await page.waitForLoadState('networkidle')
  const first = await script()
  await page.getByLabel('Your name').fill('Maya')
  await page.getByLabel('Name of the workspace').fill('Bench')
  await page.getByLabel('E-mail').fill('maya@example.com')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Create the workspace' }).click()
  await page.waitForURL('**/missions')
  return first
}

async function keep(page: Page, mission: Mission): Promise<string> {
  const rows = z.array(z.looseObject({ id: z.string() }))
  const [workspace] = rows.parse(await call(page, '/rest/v1/workspaces?select=id'))
  const [made] = rows.parse(
    await call(page, '/rest/v1/missions?select=id', { workspace_id: workspace?.id, name: mission.name, draft: mission }),
  )
  return made?.id ?? ''
}

async function open(page: Page, id: string): Promise<void> {
  await page.goto(`/missions/${id}`)
  await page.locator('[data-reviewed="true"]').waitFor()
  await page.locator('.react-flow__node-card').first().waitFor()
  // What is fetched later, is; the page keeps a connection open for news, so the network is never idle.
  await page.waitForTimeout(calm)
}

/** KB of script that a page has loaded since, over the wire, workers apart. */
function countScript(page: Page): () => Promise<number> {
  const sizes: Promise<number>[] = []
  page.on('response', (response) => {
    if (response.url().endsWith('.js') && !response.url().includes('.worker'))
      sizes.push(
        response
          .request()
          .sizes()
          .then(({ responseBodySize }) => responseBodySize),
      )
  })
  return async () => Math.round((await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 100) / 10
}

async function weighScript(page: Page, name: string, first: number): Promise<DesignerFigures['script'][number]> {
  const all = countScript(page)
  await page.goto('/missions')
  await page.getByRole('link', { name }).first().waitFor()
  await page.waitForTimeout(calm)
  const list = await all()
  await page.getByRole('link', { name }).first().click()
  await page.locator('.react-flow__node-card').first().waitFor()
  return { first, list, designer: Math.round(((await all()) - list) * 10) / 10 }
}

async function timeOpening(
  newcomer: () => Promise<BrowserContext>,
  id: string,
  steps: number,
): Promise<DesignerFigures['opening'][number]> {
  const cold: number[] = []
  const warm: number[] = []
  for (let round = 0; round < openings; round++)
    await inside(newcomer, async (page) => {
      // Looked at in every frame from the very beginning; a driver that asks from outside would see it later.
      await page.addInitScript(() => {
        requestAnimationFrame(function look() {
          const cards = document.querySelectorAll('.react-flow__node-card').length
          // From 300 cards on only those in sight are drawn.
          if (cards >= 100 || (cards > 0 && document.title.includes('500')))
            document.documentElement.dataset['drawn'] = String(performance.now())
          else requestAnimationFrame(look)
        })
      })
      for (const times of [cold, warm]) {
        await page.goto(`/missions/${id}`)
        const drawn = page.locator('html[data-drawn]')
        await drawn.waitFor({ state: 'attached' })
        times.push(Number(await drawn.getAttribute('data-drawn')))
        await page.waitForTimeout(300)
      }
    })
  return { name: `${steps} steps`, cold: median(cold), warm: median(warm) }
}

async function countAll(page: Page, id: string, steps: number): Promise<Frames[]> {
  await open(page, id)
  const pane = await page.locator('.react-flow__pane').boundingBox()
  const middle = { x: (pane?.x ?? 0) + (pane?.width ?? 0) / 2, y: (pane?.y ?? 0) + (pane?.height ?? 0) / 2 }
  const { mouse, keyboard } = page
  const found: Frames[] = []
  const count = async (what: string, move: (turn: number) => Promise<void>) => {
    const counting = page.evaluate(countFrames, lasting)
    const until = performance.now() + lasting
    for (let turn = 0; performance.now() < until; turn++) await move(turn)
    const { perSecond, slowest, late } = await counting
    found.push({ name: `${steps} steps, ${what}`, perSecond, slowest, late })
  }
  const pan = (turn: number) => mouse.wheel(0, turn % 60 < 30 ? 24 : -24)
  const zoom = (turn: number) => mouse.wheel(0, turn % 40 < 20 ? 12 : -12)
  const all = async (view: string) => {
    await mouse.move(middle.x, middle.y)
    await count(`pan${view}`, pan)
    await keyboard.down('Control')
    await count(`zoom${view}`, zoom)
    await keyboard.up('Control')
  }
  await all('')
  const card = await page.locator('.react-flow__node-card').nth(2).boundingBox()
  if (card) {
    const from = { x: card.x + card.width / 2, y: card.y + card.height / 3 }
    await mouse.move(from.x, from.y)
    await mouse.down()
    await count('drag', (turn) => mouse.move(from.x + 60 * Math.sin(turn / 9), from.y + 40 * Math.cos(turn / 9)))
    await mouse.up()
  }
  await page.getByRole('button', { name: 'See everything' }).click()
  await page.waitForTimeout(1_000)
  await all(', all in sight')
  return found
}

/** Runs in the page. */
function countFrames(during: number): Promise<Omit<Frames, 'name'>> {
  return new Promise((resolve) => {
    const stamps: number[] = []
    requestAnimationFrame(function next(now) {
      stamps.push(now)
      const [first = now] = stamps
      if (now - first < during) return void requestAnimationFrame(next)
      const lengths = stamps.slice(1).map((stamp, at) => stamp - (stamps[at] ?? stamp))
      resolve({
        perSecond: Math.round((lengths.length * 10_000) / (now - first)) / 10,
        slowest: Math.round(Math.max(...lengths)),
        late: lengths.filter((length) => length > 34).length,
      })
    })
  })
}

/** Keeps what a worker is asked. Runs in a worker. */
function listen(): void {
  self.addEventListener('message', ({ data }: MessageEvent) => Object.assign(self, { asked: data }))
}

/** Asks a worker the same again and gives the milliseconds that it takes, the first time and in the middle of many. Runs in a worker. */
function askAgain(): number[] {
  // Nobody waits for these answers.
  self.postMessage = () => undefined
  return Array.from({ length: 15 }, () => {
    const data: unknown = structuredClone(Reflect.get(self, 'asked'))
    const begun = performance.now()
    self.dispatchEvent(new MessageEvent('message', { data }))
    return performance.now() - begun
  })
}

/** Times what the workers of the page do after an edit that changes what there is to check, to tell and to lay out. */
async function timeWorkers(page: Page, id: string): Promise<DesignerFigures['edit'][number]> {
  await open(page, id)
  for (const worker of page.workers()) await worker.evaluate(listen)
  await page.locator('.react-flow__node-card').nth(3).click()
  await page.keyboard.press('Control+d')
  await page.waitForTimeout(calm)
  const took = async (name: string) => {
    const worker = page.workers().find((one) => one.url().includes(name))
    return median(z.array(z.number()).parse(await worker?.evaluate(askAgain)))
  }
  const [checkAndProse, layout] = [await took('review'), await took('arrange')]
  return { name: '100 steps', checkAndProse, layout, both: Math.round((checkAndProse + layout) * 10) / 10 }
}

const median = (numbers: readonly number[]): number => {
  const sorted = numbers.toSorted((one, other) => one - other)
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? Number.NaN) * 10) / 10
}
