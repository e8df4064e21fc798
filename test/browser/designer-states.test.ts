import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { settled, sticksOut, violations } from './looking.ts'
import { aVisitor, runProgram, signUp, type Visitor } from './program.ts'
import { makeShown, openState, type Shown, type State, states } from './states.ts'

const program = await runProgram()
const maya = await aVisitor(program, 'Maya')
let ids: Record<Shown, string>

beforeAll(async () => {
  await signUp(maya)
  ids = await makeShown(maya)
})

async function signIn({ page }: Visitor): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill('maya@example.com')
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.waitForURL('**/missions')
}

/** What is wrong with a state, in light and in dark. */
async function faults(page: Page, state: State, phone = false): Promise<{ light: string[]; dark: string[] }> {
  await page.emulateMedia({ colorScheme: 'light' })
  await openState(page, state, ids, phone)
  const light = [...(await violations(page)), ...(await sticksOut(page))]
  await page.emulateMedia({ colorScheme: 'dark' })
  await settled(page)
  return { light, dark: await violations(page) }
}

describe('on a screen', () => {
  test.each(states.filter(({ on }) => on !== 'phone'))('nobody is kept out by: $name', async (state) => {
    expect(await faults(maya.page, state)).toEqual({ light: [], dark: [] })
  })
})

describe.each([
  { screen: 'a phone', width: 390, height: 844 },
  { screen: 'a screen of 1440 by 900 at 200 %', width: 720, height: 450 },
])('on $screen', ({ width, height }) => {
  const visitor = aVisitor(program, 'Maya', { width, height })

  beforeAll(async () => signIn(await visitor))

  test.each(states.filter(({ on }) => on !== 'screen'))('nobody is kept out by: $name', async (state) => {
    expect(await faults((await visitor).page, state, true)).toEqual({ light: [], dark: [] })
  })
})
