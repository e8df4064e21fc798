import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it, vi } from 'vitest'
import { command } from '../../src/cli/rehearse.ts'

const folder = mkdtempSync(join(tmpdir(), 'missions-rehearse-'))
afterAll(() => rmSync(folder, { recursive: true }))

it('says of each moment which step it is about, and of a failure why it was and what to do', async () => {
  const file = join(folder, 'mission.json')
  const step = (id: string, name: string, to: object) => ({ id, name, type: 'send-message', settings: { ...to, text: 'Hello' } })
  const mission = {
    format: 1,
    name: 'Hello',
    triggers: [{ id: 'start', type: 'by-hand' }],
    steps: [
      step('hello', 'Say hello', { to: 'channel', channel: 'general' }),
      step('again', 'Say it again', { to: 'person', person: 'nobody@example.com' }),
    ],
    links: [
      { from: 'start', to: 'hello' },
      { from: 'hello', to: 'again' },
    ],
  }
  writeFileSync(file, JSON.stringify(mission))
  const printed: unknown[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line))
  const code = await command.run([file])
  log.mockRestore()
  expect(code).toBe(1)
  expect(printed.join('\n')).toMatch(
    /^ {2}0d 00:00 {2}Say hello: Sent\n {2}0d 00:00 {2}Say it again: Failed\n {11}.*nobody@example\.com.*\. .+\.$/m,
  )
})
