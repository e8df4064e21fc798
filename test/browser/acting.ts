import type { Page } from 'playwright-core'
import { invite, joinBy, aVisitor, signUp, type RunningProgram, type Visitor } from './program.ts'

/** Uses a template and publishes it, as its owner does; leaves the page on the designer. */
export async function publishTemplate(
  { page }: Visitor,
  title: string,
  answer?: { question: string; type: string; pick: RegExp },
): Promise<void> {
  await page.goto('/templates')
  await page.getByText(title, { exact: true }).click()
  const dialog = page.getByRole('dialog')
  if (answer) {
    await dialog.getByRole('combobox', { name: answer.question }).fill(answer.type)
    await page.getByRole('option', { name: answer.pick }).click()
  }
  await dialog.getByRole('button', { name: 'Use this' }).click()
  await page.waitForURL(/\/missions\/[0-9a-f-]{36}/)
  await page.getByText('Not live yet').waitFor()
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('button', { name: 'Publish now' }).click()
  await page.getByText('Version 1 is live').first().waitFor()
}

/** Opens a channel of the chat. */
export async function openChannel({ page }: Visitor, name: string): Promise<void> {
  await page.goto('/chat')
  await page
    .getByRole('link', { name: new RegExp(`^#?\\s*${name}`) })
    .first()
    .click()
  await page.getByRole('textbox', { name: `Message #${name}` }).waitFor()
}

/** Writes into the open conversation. */
export async function write({ page }: Visitor, text: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: /^(Message|Write)/ })
  await composer.fill(text)
  await composer.press('Enter')
}

/** Opens the conversation in which missions write to somebody. */
export async function openMissions({ page }: Visitor): Promise<void> {
  await page.goto('/chat')
  await page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('link', { name: /^Missions/ })
    .click()
}

/** The newest run's page, from the history. */
export async function openNewestRun({ page }: Visitor): Promise<void> {
  await page.goto('/runs')
  await page.getByRole('main').getByRole('link').first().click()
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}/)
}

/** Waits until a page says something. */
export const says = (page: Page, text: string | RegExp) => page.getByText(text).filter({ visible: true }).first().waitFor()

/** A workspace with these people, the first its owner, each in a browser of their own. */
export async function aTeam<Name extends string>(program: RunningProgram, ...names: [Name, ...Name[]]): Promise<Record<Name, Visitor>> {
  const team: Partial<Record<Name, Visitor>> = {}
  let link = ''
  for (const name of names) {
    const visitor = await aVisitor(program, name)
    if (link === '') {
      await signUp(visitor)
      link = await invite(visitor)
    } else await joinBy(link, visitor)
    team[name] = visitor
  }
  // Everybody was let in above.
  return team as Record<Name, Visitor>
}
