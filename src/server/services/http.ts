import { lookup } from 'node:dns/promises'
import { Agent as PlainAgent, type ClientRequest, request as plainRequest } from 'node:http'
import { Agent as SecureAgent, request as secureRequest } from 'node:https'
import { BlockList, isIP } from 'node:net'
import type { HttpService } from '../../catalogue/services.ts'
import { Misconfigured, Refused, Unavailable } from '../../catalogue/trouble.ts'

/** How long a call may take from first to last byte, in milliseconds. */
const longest = 30_000
/** How many bytes of an answer are read. */
const largest = 1_000_000
/** Connections are kept for the next call (measured with five calls at once: half the time of the processor), so many to one address. */
const keeping = { keepAlive: true, maxFreeSockets: 1_000, timeout: 60_000 }
/** What may be sent twice without harm (RFC 9110, 9.2.2), should a kept connection turn out to have been closed meanwhile. */
const repeatable: ReadonlySet<string> = new Set(['GET', 'PUT', 'DELETE'])
/** How many redirects are followed. Each target is checked like the first address. */
const mostRedirects = 5

/** Addresses that belong to this machine or its own network (IANA special-purpose registries, RFC 6890): never called. */
const inside = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  inside.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 96],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['100::', 64],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  inside.addSubnet(net, prefix, 'ipv6')

function isInside(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return inside.check(mapped[1], 'ipv4')
  return inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** What may be called besides public addresses, for tests and for services in one's own network. */
export interface HttpGuard {
  /** `host:port` pairs that are allowed although they are inside. */
  allowed: readonly string[]
  /** How long a call may take from first to last byte, in milliseconds; 30 seconds when absent. */
  longest?: number
}

/**
 * Outgoing calls, guarded: the name is resolved here and the connection made to that very address, so that a name cannot
 * point outside when checked and inside when called; redirects are checked like first addresses; time and size are limited.
 */
export function openHttp(guard: HttpGuard): HttpService {
  const agents: Agents = { plain: new PlainAgent(keeping), secure: new SecureAgent(keeping) }
  return {
    async call({ method, url, headers, body, key }) {
      let target = readUrl(url)
      let sending: typeof method = method
      for (let hop = 0; hop <= mostRedirects; hop++) {
        const address = await resolve(target, guard)
        const answer = await send(agents, {
          url: target,
          to: address,
          method: sending,
          headers: { 'idempotency-key': key, ...headers },
          body: sending === 'GET' ? undefined : body,
          milliseconds: guard.longest ?? longest,
        })
        if (answer.status < 300 || answer.status >= 400 || !answer.location) return { status: answer.status, body: answer.body }
        target = readUrl(new URL(answer.location, target).href)
        if (answer.status <= 303) sending = 'GET'
      }
      throw new Refused(
        { en: 'The address led from one redirect to the next without end.', fr: 'L’adresse renvoie d’une redirection à l’autre sans fin.' },
        { en: 'Check the address.', fr: 'Vérifiez l’adresse.' },
      )
    },
  }
}

function readUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username || url.password)
    throw new Misconfigured(
      { en: 'This is not a web address that can be called.', fr: 'Ce n’est pas une adresse web que l’on peut appeler.' },
      { en: 'Give an address that begins with https://.', fr: 'Indiquez une adresse qui commence par https://.' },
    )
  return url
}

async function resolve(url: URL, guard: HttpGuard): Promise<{ address: string; family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  let found: { address: string; family: number }[]
  try {
    found = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true })
  } catch (cause) {
    throw new Unavailable(
      { en: `No computer is known under the name ${host}.`, fr: `Aucun ordinateur n’est connu sous le nom ${host}.` },
      { en: 'Check the address, or try again later.', fr: 'Vérifiez l’adresse ou réessayez plus tard.' },
      { cause },
    )
  }
  const first = found.find(({ address }) => !isInside(address) || guard.allowed.includes(`${host}:${port}`))
  if (first && found.every(({ address }) => !isInside(address) || guard.allowed.includes(`${host}:${port}`))) return first
  throw new Refused(
    {
      en: `${host} is an address inside the network of this program, which missions may not call.`,
      fr: `${host} est une adresse du réseau interne de ce programme, que les missions ne peuvent pas appeler.`,
    },
    { en: 'Call a public address.', fr: 'Appelez une adresse publique.' },
  )
}

interface Received {
  status: number
  location: string | undefined
  body: unknown
}

interface Agents {
  plain: PlainAgent
  secure: SecureAgent
}

interface Sending {
  url: URL
  to: { address: string; family: number }
  method: string
  headers: Record<string, string>
  body: string | undefined
  /** How long it may take in all. */
  milliseconds: number
}

/** `agents`: without them a connection of its own is opened, as for everything that must not be sent twice. */
function send(agents: Agents | undefined, sending: Sending): Promise<Received> {
  const { url, to, method, headers, body, milliseconds } = sending
  const secure = url.protocol === 'https:'
  const request = secure ? secureRequest : plainRequest
  const kept = repeatable.has(method) ? agents && (secure ? agents.secure : agents.plain) : undefined
  return new Promise((resolvePromise, reject) => {
    const outgoing = request(
      url,
      {
        method,
        headers: {
          'user-agent': 'Missions',
          accept: 'application/json, text/plain;q=0.9, */*;q=0.1',
          ...headers,
          ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        },
        // The address that was checked, not another look-up.
        lookup: (_host, options, callback) => {
          if (options.all) callback(null, [to])
          else callback(null, to.address, to.family)
        },
        agent: kept ?? false,
        signal: AbortSignal.timeout(milliseconds),
      },
      (answer) => {
        const chunks: Buffer[] = []
        let size = 0
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length
          if (size > largest) {
            outgoing.destroy()
            reject(
              new Refused(
                { en: 'The answer was larger than 1 MB, so it was not read.', fr: 'La réponse dépassait 1 Mo ; elle n’a pas été lue.' },
                { en: 'Call an address that answers with less.', fr: 'Appelez une adresse dont la réponse est plus petite.' },
              ),
            )
            return
          }
          chunks.push(chunk)
        })
        answer.on('error', fail)
        answer.on('end', () =>
          resolvePromise({
            status: answer.statusCode ?? 0,
            location: answer.headers.location,
            body: readBody(Buffer.concat(chunks).toString('utf8'), answer.headers['content-type'] ?? ''),
          }),
        )
      },
    )
    function fail(cause: Error): void {
      reject(
        new Unavailable(
          { en: `${url.host} did not answer properly.`, fr: `${url.host} n’a pas répondu correctement.` },
          {
            en: 'It is tried again as the step says; check the address if it goes on.',
            fr: 'Un nouvel essai suit selon les réglages de l’étape ; vérifiez l’adresse si cela continue.',
          },
          { cause },
        ),
      )
    }
    outgoing.on('error', (cause) => {
      if (wasClosed(outgoing, cause)) send(undefined, sending).then(resolvePromise, reject)
      else fail(cause)
    })
    outgoing.end(body)
  })
}

/** A kept connection that the other side had closed before anything was answered. */
function wasClosed(outgoing: ClientRequest, cause: Error): boolean {
  return outgoing.reusedSocket && 'code' in cause && (cause.code === 'ECONNRESET' || cause.code === 'EPIPE')
}

function readBody(text: string, type: string): unknown {
  if (!/[/+]json/.test(type)) return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
