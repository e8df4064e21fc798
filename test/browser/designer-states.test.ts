import { beforeAll, describe, expect, test } from 'vitest'
import { settled, sticksOut, violations } from './looking.ts'
import { aVisitor, runProgram, signUp, type Visitor } from './program.ts'
import { makeShown, openState, type Shown, states } from './states.ts'

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

describe('on a screen, in light and dark', () => {
  test.each(states.filter(({ on }) => on !== 'phone'))('nobody is kept out by: $name', async (state) => {
    const { page } = maya
    await page.emulateMedia({ colorScheme: 'light' })
    await openState(page, state, ids)
    const light = [...(await violations(page)), ...(await sticksOut(page))]
    await page.emulateMedia({ colorScheme: 'dark' })
    await settled(page)
    expect({ light, dark: await violations(page) }).toEqual({ light: [], dark: [] })
  })
})

describe.each([
  { screen: 'a phone', width: 390, height: 844 },
  { screen: 'a screen of 1440 by 900 at 200 %', width: 720, height: 450 },
])('on $screen', ({ width, height }) => {
  const visitor = aVisitor(program, 'Maya', { width, height })

  beforeAll(async () => signIn(await visitor))

  test.each(states.filter(({ on }) => on !== 'screen'))('nobody is kept out by: $name', async (state) => {
    const { page } = await visitor
    await openState(page, state, ids, true)
    expect([...(await violations(page)), ...(await sticksOut(page))]).toEqual([])
  })
})
