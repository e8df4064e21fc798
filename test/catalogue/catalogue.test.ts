import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { catalogue, gather, isShown, parseSettings } from '../../src/catalogue/catalogue.ts'
import { defineAction, setting } from '../../src/catalogue/define.ts'

const words = (text: string) => ({ en: text, fr: text })

const tea = defineAction({
  type: 'make-tea',
  title: words('Make tea'),
  icon: 'teapot',
  group: 'services',
  about: words('Makes tea.'),
  summary: () => words('Make tea'),
  settings: z.object({
    milk: setting.yesno({ label: { en: 'Milk', fr: 'Lait' } }).default(false),
    kind: setting
      .line({ label: { en: 'Kind of milk', fr: 'Sorte de lait' }, when: { setting: 'milk', is: [true] }, needed: true })
      .optional(),
    cups: setting.number({ label: { en: 'Cups', fr: 'Tasses' } }),
  }),
  gives: [],
  exits: [{ name: 'done', label: words('Then') }],
  example: { cups: 2 },
  effect: 'none',
  repeat: 'The tea is made again.',
  run: () => ({ exit: 'done' }),
})

it('refuses two files that declare the same type, naming both', () => {
  const green = { ...tea, title: words('Make green tea') }
  expect(() => gather([], [tea, green])).toThrow('Two files declare the type “make-tea”: “Make tea” and “Make green tea”.')
})

describe('the check of settings', () => {
  const check = (settings: Record<string, unknown>) => gather([], [tea]).kinds.step('make-tea')?.check(settings)

  it('tells what is empty and what is wrong, by the label that people see', () => {
    expect(check({})).toMatchObject([{ setting: 'cups', why: { en: '“Cups” is still empty.', fr: '« Tasses » est encore vide.' } }])
    expect(check({ cups: true })).toMatchObject([
      { setting: 'cups', why: { en: '“Cups” is not filled in correctly.' }, remedy: { en: 'Correct it in the step’s settings.' } },
    ])
    expect(check({ cups: '{{ trigger.cups }}' })).toEqual([])
  })

  it('asks for what another setting shows, and only then', () => {
    expect(check({ cups: 1, milk: true })).toMatchObject([{ setting: 'kind' }])
    expect(check({ cups: 1, milk: false, kind: 7 })).toEqual([])
    expect(isShown(tea.settings, 'kind', {})).toBe(false)
    expect(isShown(tea.settings, 'kind', { milk: true })).toBe(true)
    expect(isShown(tea.settings, 'cups', {})).toBe(true)
  })

  it('is the same for a whole catalogue that knows no such type', () => {
    expect(catalogue.kinds.step('make-tea')).toBeUndefined()
    expect(catalogue.kinds.trigger('make-tea')).toBeUndefined()
  })
})

it('reads what is empty as not given where it need not be given', () => {
  expect(parseSettings(tea.settings, { cups: 1, milk: null, kind: '' }).data).toEqual({ cups: 1, milk: false })
  expect(parseSettings(tea.settings, { cups: 1, kind: 7 }).data).toEqual({ cups: 1, milk: false })
  expect(parseSettings(tea.settings, { cups: '' }).success).toBe(false)
})
