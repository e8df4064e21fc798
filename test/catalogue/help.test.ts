import { expect, test } from 'vitest'
import { z } from 'zod'
import { catalogue, settingMeta } from '../../src/catalogue/catalogue.ts'

test('every setting says in one plain sentence, in both languages, what it is for', () => {
  const lacking = [...catalogue.triggers.values(), ...catalogue.actions.values()].flatMap(({ type, settings }) =>
    Object.entries(settings.shape).flatMap(([name, schema]) => {
      const help = schema instanceof z.ZodType ? settingMeta(schema)?.help : undefined
      const isSentence = (text: string | undefined) => text !== undefined && /[.!?…»]$/.test(text) && text.length <= 140
      return isSentence(help?.en) && isSentence(help?.fr) ? [] : [`${type}.${name}: ${help?.en ?? '–'} / ${help?.fr ?? '–'}`]
    }),
  )
  expect(lacking).toEqual([])
})
