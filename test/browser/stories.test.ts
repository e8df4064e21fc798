import { describe, expect, test } from 'vitest'
import { aTeam, openChannel, openMissions, openNewestRun, publishTemplate, says, write } from './acting.ts'
import { aVisitor, invite, joinBy, runProgram } from './program.ts'

describe('from the gallery to the history', () => {
  test('a poll: four people vote, the tally is live, the result goes to the channel and a table', async () => {
    const program = await runProgram()
    const { Ana, Bob, Cy, Dee } = await aTeam(program, 'Ana', 'Bob', 'Cy', 'Dee')
    await publishTemplate(Ana, 'Ask the team')
    for (const visitor of [Ana, Bob, Cy, Dee]) await openChannel(visitor, 'general')
    await write(Ana, '/poll Pizza today?')
    await says(Bob.page, 'Pizza today?')

    await Bob.page.getByRole('button', { name: 'Yes', exact: true }).click()
    await says(Ana.page, /1 of 4/)
    await Cy.page.getByRole('button', { name: 'Yes', exact: true }).click()
    await Dee.page.getByRole('button', { name: 'No', exact: true }).click()
    await says(Bob.page, /3 of 4/)
    await Ana.page.getByRole('button', { name: 'Yes', exact: true }).click()
    await says(Bob.page, /The poll of .*Ana.* is over/)

    await openNewestRun(Ana)
    await says(Ana.page, 'Completed')
    await Ana.page.goto('/tables')
    await Ana.page.getByRole('link', { name: /Polls/ }).click()
    await says(Ana.page, 'Pizza today?')
  })

  test('a lead: the public form, two press at the same moment, the second is told who took it', async () => {
    const program = await runProgram()
    const { Ana, Bob } = await aTeam(program, 'Ana', 'Bob')
    await publishTemplate(Ana, 'Take care of new leads', {
      question: 'In which channel are new leads offered?',
      type: 'general',
      pick: /general/,
    })
    await Ana.page.getByText('When somebody sends the form').first().click()
    const address = await Ana.page.getByRole('region', { name: 'Public address' }).getByText(/\/f\//).innerText()
    for (const visitor of [Ana, Bob]) await openChannel(visitor, 'general')

    const zoe = await aVisitor(program, 'Zoe', { width: 390, height: 844 })
    await zoe.page.goto(new URL(address).pathname)
    await zoe.page.getByLabel('Your name').fill('Zoé Martin')
    await zoe.page.getByRole('button', { name: 'Send' }).click()
    await says(zoe.page, /needs? your attention/)
    await zoe.page.getByLabel('Your e-mail address').fill('zoe@example.com')
    await zoe.page.getByLabel('What can we do for you?').fill('We would like a demonstration.')
    await zoe.page.getByRole('button', { name: 'Send' }).click()
    await says(zoe.page, /Thank you/)

    await says(Ana.page, 'New lead: Zoé Martin')
    await says(Bob.page, 'New lead: Zoé Martin')
    await Promise.all([Ana, Bob].map(({ page }) => page.getByRole('button', { name: 'I take it' }).click()))
    const told = await Promise.any(
      [Ana, Bob].map(async ({ page, name }) => ({ name, text: await page.getByText(/was faster and has already answered/).innerText() })),
    )
    expect(told.text).toContain(told.name === 'Ana' ? 'Bob' : 'Ana')
    await says(Ana.page, /takes care of/)

    await openNewestRun(Ana)
    await says(Ana.page, 'Completed')
    await Ana.page.goto('/tables')
    await Ana.page.getByRole('link', { name: 'Leads', exact: true }).click()
    await says(Ana.page, 'Zoé Martin')
  })

  test('onboarding: three people waited for at once, the server killed and started meanwhile, all answer, the run completes', async () => {
    const program = await runProgram()
    const { Ana, Bob, Cy } = await aTeam(program, 'Ana', 'Bob', 'Cy')
    await publishTemplate(Ana, 'Welcome a new colleague', { question: 'Who sets up the accounts (IT)?', type: 'Ana', pick: /Ana/ })

    const dan = await aVisitor(program, 'Dan')
    await joinBy(await invite(Ana, 'Member', { manager: 'Bob', buddy: 'Cy' }), dan)
    await openMissions(dan)
    await says(dan.page, /Welcome, Dan/)
    for (const visitor of [Ana, Bob, Cy]) await openMissions(visitor)
    await says(Bob.page, /Which laptop shall we order/)
    await says(Ana.page, /set up the accounts of Dan/)
    await says(Cy.page, /say hello to Dan/)

    await program.kill()
    await program.start()

    await Bob.page.reload()
    await Bob.page.getByRole('button', { name: 'Mac' }).click()
    await Ana.page.reload()
    await Ana.page.getByRole('button', { name: /accounts are/ }).click()
    await openNewestRun(Ana)
    await says(Ana.page, /Waiting for an answer/)
    await Cy.page.reload()
    await Cy.page.getByRole('button', { name: /hello/i }).click()
    // The history follows without reloading: the join, the summary, and the wait of three days.
    await says(Ana.page, /Laptop: Mac|Sum up/)
    await openChannel(dan, 'welcome-dan')
    await says(dan.page, /Laptop: Mac/)
  })
})
