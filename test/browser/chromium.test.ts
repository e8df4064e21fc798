import { afterAll, expect, test } from 'vitest'
import { openBrowser } from './chromium.ts'

const browser = await openBrowser()
afterAll(() => browser.close())

test('the browser that npm brought draws a page', async () => {
  const page = await browser.newPage({ viewport: { width: 200, height: 100 } })
  await page.setContent('<h1 style="color: rgb(200, 0, 0)">Bonjour</h1>')
  expect(await page.getByRole('heading').innerText()).toBe('Bonjour')
  expect((await page.screenshot()).length).toBeGreaterThan(500)
})

test('the browser asks nothing outside this machine', async () => {
  const page = await browser.newPage()
  await expect(page.goto('http://example.com/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED')
})
