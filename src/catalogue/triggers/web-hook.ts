import { z } from 'zod'
import { defineTrigger } from '../define.ts'

export default defineTrigger({
  type: 'web-hook',
  title: { en: 'Web hook', fr: 'Webhook' },
  icon: 'webhook',
  about: { en: 'Another program sends data to a secret address.', fr: 'Un autre programme envoie des données à une adresse secrète.' },
  also: { en: 'http api url', fr: 'http api url' },
  summary: () => ({ en: 'When another program calls the secret address', fr: 'Quand un autre programme appelle l’adresse secrète' }),
  settings: z.object({}),
  gives: [
    {
      name: 'body',
      label: { en: 'The data that was sent', fr: 'Les données envoyées' },
      kind: 'any',
      sample: { title: 'Disk almost full', level: 'warning' },
      maybeEmpty: true,
    },
    { name: 'query', label: { en: 'The parameters in the address', fr: 'Les paramètres de l’adresse' }, kind: 'record', sample: {} },
  ],
  example: {},
  listens: 'hook',
  match: (_, event) => ({ body: event.body ?? null, query: event.query }),
})
