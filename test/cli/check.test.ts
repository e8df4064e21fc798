import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { check, command } from '../../src/cli/check.ts'

const folder = mkdtempSync(join(tmpdir(), 'missions-check-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

async function run(...args: string[]): Promise<{ code: number; text: string }> {
  const printed: string[] = []
  const code = await check(args, (text) => printed.push(text))
  return { code, text: printed.join('\n') }
}

const mission = (text: string, more: object = {}) => ({
  format: 1,
  name: 'Hello',
  triggers: [{ id: 'start', type: 'by-hand' }],
  steps: [{ id: 'hello', type: 'send-message', settings: { to: 'channel', channel: 'general', text } }],
  links: [{ from: 'start', to: 'hello' }],
  ...more,
})
const fine = file('fine.json', mission('Hello'))
const wrong = file(
  'wrong.json',
  mission('{{ ghost.answer }}', {
    links: [
      { from: 'start', to: 'hello' },
      { from: 'start', to: 'hello' },
    ],
  }),
)

describe('missions check', () => {
  it('ends with 0 when there is nothing wrong', async () => {
    expect(await run(fine)).toEqual({ code: 0, text: `${fine}: fine` })
    expect((await run('--language', 'fr', fine)).text).toBe(`${fine}\u00a0: rien à signaler`)
  })

  it('ends with 1 and tells where, why and what to do', async () => {
    const { code, text } = await run(fine, wrong)
    expect(code).toBe(1)
    expect(text.split('\n')).toEqual([
      `${fine}: fine`,
      `${wrong}: 1 error, 1 warning`,
      expect.stringContaining('warning (start.done → hello): The same link'),
      expect.any(String),
      '  error (hello · text): “ghost.answer” refers to a step that does not exist.',
      '    Pick other data from the menu.',
      '    This happens when “By hand” starts it, and then “Send a message” begins.',
    ])
  })

  it('tells the way on which a run gets there, and speaks French', async () => {
    const unbound = file('empty.json', mission('{{ trigger.person.manager }}'))
    const { text } = await run(unbound, '--language', 'fr')
    expect(text).toContain('1 erreur\n')
    expect(text).toContain('«\u00a0trigger.person.manager\u00a0» peut être vide ici.')
    expect(text).toContain('    Cela arrive quand «\u00a0À la main\u00a0» la lance, puis «\u00a0Envoyer un message\u00a0» commence.')
  })

  it('tells of the mission as a whole', async () => {
    expect((await run(file('none.json', mission('x', { triggers: [], links: [] })))).text).toContain(
      '  error: Nothing starts this mission yet.',
    )
  })

  it('is content with warnings', async () => {
    const twice = file(
      'twice.json',
      mission('Hello', {
        links: [
          { from: 'start', to: 'hello' },
          { from: 'start', to: 'hello' },
        ],
      }),
    )
    expect((await run(twice)).code).toBe(0)
  })

  it('reads the mission of a template', async () => {
    expect((await run(file('template.json', { slug: 'hello', mission: mission('Hello') }))).code).toBe(0)
  })

  it('ends with 1 for what is no mission', async () => {
    expect(await run(file('list.json', '[1]'))).toMatchObject({ code: 1, text: expect.stringContaining('error') })
    expect(await run(file('bad.json', '{'))).toMatchObject({ code: 1, text: expect.stringContaining('This is not JSON') })
    const { code, text } = await run(file('id.json', mission('x', { steps: [{ id: 'Not an id', type: 'send-message' }], links: [] })))
    expect([code, text]).toEqual([1, expect.stringContaining('  error (steps.0.id): this is no id: small letters')])
  })

  it('tells in French, fault by fault, what is no mission', async () => {
    const faulty = file('faulty.json', mission('x', { steps: [{ id: 'Not an id' }], links: 3 }))
    expect((await run('--language', 'fr', faulty)).text.split('\n')).toEqual([
      `${faulty}\u00a0: 3 erreurs`,
      expect.stringContaining('  erreur (steps.0.id)\u00a0: ce n’est pas un identifiant'),
      '  erreur (steps.0.type)\u00a0: ceci manque',
      '  erreur (links)\u00a0: ceci devrait être une liste',
    ])
    expect(await run('--language', 'de', fine)).toEqual({ code: 2, text: 'There is no language “de”: it is en or fr.' })
  })

  it('prints JSON for programs', async () => {
    const { code, text } = await run('--json', wrong, fine)
    expect(code).toBe(1)
    expect(JSON.parse(text)).toMatchObject([
      { file: wrong, faults: [], problems: [{ severity: 'warning' }, { severity: 'error', where: { step: 'hello', setting: 'text' } }] },
      { file: fine, faults: [], problems: [] },
    ])
  })

  it('ends with 2 when it is used wrongly', async () => {
    expect(await run()).toEqual({ code: 2, text: command.help })
    expect(await run(join(folder, 'nowhere.json'))).toMatchObject({ code: 2, text: expect.stringContaining('cannot be read') })
    await expect(run('--loud', fine)).rejects.toMatchObject({ code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' })
  })

  it('is a command', async () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    expect(await command.run([fine])).toBe(0)
    expect(log.mock.calls).toEqual([[`${fine}: fine`]])
    log.mockRestore()
    expect(command.summary).toContain('Check mission files')
    expect(command.help).toContain('Usage: missions check')
  })
})
