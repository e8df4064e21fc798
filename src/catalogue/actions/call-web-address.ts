import { z } from 'zod'
import { defineAction, readable, sentence, setting } from '../define.ts'
import { Misconfigured, Refused, Unavailable, type Trouble } from '../trouble.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export default defineAction({
  type: 'call-web-address',
  title: { en: 'Call a web address', fr: 'Appeler une adresse web' },
  icon: 'world-upload',
  group: 'services',
  about: {
    en: 'Sends data to another program, or fetches some from it.',
    fr: 'Envoie des données à un autre programme, ou lui en demande.',
  },
  also: { en: 'http api url request service', fr: 'http api url requête service' },
  summary: ({ method = 'GET', url }) => {
    const address = readable(url, { en: 'a web address', fr: 'une adresse web' })
    return method === 'GET'
      ? sentence(`Fetch ${address.en}`, `Consulter ${address.fr}`)
      : sentence(`Send to ${address.en} (${method})`, `Envoyer à ${address.fr} (${method})`)
  },
  settings: z.object({
    method: setting
      .option(methods, {
        label: { en: 'Method', fr: 'Méthode' },
        help: { en: 'What the other program is asked to do.', fr: 'Ce que l’on demande à l’autre programme.' },
        options: {
          GET: { en: 'GET: fetch', fr: 'GET : lire' },
          POST: { en: 'POST: send', fr: 'POST : envoyer' },
          PUT: { en: 'PUT: replace', fr: 'PUT : remplacer' },
          PATCH: { en: 'PATCH: change', fr: 'PATCH : modifier' },
          DELETE: { en: 'DELETE: remove', fr: 'DELETE : supprimer' },
        },
      })
      .default('GET'),
    url: setting.line({
      label: { en: 'Address', fr: 'Adresse' },
      help: { en: 'Where the other program listens.', fr: 'L’adresse où l’autre programme répond.' },
      placeholder: { en: 'https://example.com/orders', fr: 'https://example.com/commandes' },
    }),
    headers: setting
      .headers({
        label: { en: 'Headers', fr: 'En-têtes' },
        help: {
          en: 'What the other program wants to know first, such as a key.',
          fr: 'Ce que l’autre programme veut savoir d’abord, comme une clé.',
        },
      })
      .default({}),
    body: setting
      .text({
        label: { en: 'Content', fr: 'Contenu' },
        help: { en: 'JSON goes out as JSON, anything else as plain text.', fr: 'Le JSON part en JSON, tout le reste en texte brut.' },
        when: { setting: 'method', is: ['POST', 'PUT', 'PATCH', 'DELETE'] },
      })
      .optional(),
  }),
  gives: [
    { name: 'status', label: { en: 'The status', fr: 'Le statut' }, kind: 'number', sample: 200 },
    { name: 'body', label: { en: 'What came back', fr: 'La réponse' }, kind: 'any', sample: { ok: true }, maybeEmpty: true },
  ],
  exits: [{ name: 'done', label: { en: 'Answered', fr: 'Répondu' } }],
  example: { method: 'POST', url: 'https://example.com/orders', headers: {}, body: '{"item": "laptop"}' },
  effect: 'world',
  repeat:
    'The address is called again with the same Idempotency-Key header, by which a careful program tells that it has served the call already.',
  check: ({ url }) =>
    typeof url !== 'string' || setting.holdsReference(url) || isWebAddress(url) ? [] : [{ setting: 'url', ...noAddress(url) }],
  async run({ settings, services, key }) {
    const { method, url, headers, body } = settings
    if (!isWebAddress(url)) {
      const { why, remedy } = noAddress(url)
      throw new Misconfigured(why, remedy)
    }
    const sends = method !== 'GET' && body !== undefined && body !== ''
    const answer = await services.http.call({
      method,
      url,
      headers: sends ? withType(headers, body) : headers,
      ...(sends ? { body } : {}),
      key,
    })
    if (answer.status < 200 || answer.status > 299) throw troubleOf(answer.status, new URL(url).host)
    return { exit: 'done', data: { status: answer.status, body: answer.body ?? null } }
  },
})

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

const noAddress = (url: string) => ({
  why: { en: `“${url}” is not a web address.`, fr: `« ${url} » n’est pas une adresse web.` },
  remedy: { en: 'Write it in full, beginning with https://.', fr: 'Écrivez-la en entier, en commençant par https://.' },
})

/** The headers, with the kind of content said unless it was written down. */
function withType(headers: Record<string, string>, body: string): Record<string, string> {
  if (Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) return headers
  return { ...headers, 'content-type': isJson(body) ? 'application/json' : 'text/plain; charset=utf-8' }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What an answer that is no success means: come back later, or no. RFC 9110 §15; 408 and 429 ask for a repeat. */
function troubleOf(status: number, host: string): Trouble {
  const what = { en: `${host} answered with status ${status}.`, fr: `${host} a répondu par le statut ${status}.` }
  if (status >= 500 || status === 408 || status === 429)
    return new Unavailable(what, {
      en: 'Try again later, or let the step retry by itself.',
      fr: 'Réessayez plus tard, ou laissez l’étape réessayer d’elle-même.',
    })
  if (status === 401 || status === 403)
    return new Refused(what, {
      en: 'Check the headers: the other side wants to know who is calling.',
      fr: 'Vérifiez les en-têtes : l’autre côté veut savoir qui appelle.',
    })
  return new Refused(what, { en: 'Check the address, the method and the content.', fr: 'Vérifiez l’adresse, la méthode et le contenu.' })
}
