import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One call that the counter served. */
export interface Call {
  /** The Idempotency-Key: the same for every repeat of a visit. */
  key: string
  /** Milliseconds since the epoch. */
  at: number
  /** Which process called; `ended` when it was gone before the call was read, undefined where the system does not tell. */
  pid: number | 'ended' | undefined
}

/** A web address that counts who calls it, and answers after a while. */
export class Counter {
  readonly calls: Call[] = []
  readonly #server: Server
  /** Milliseconds until it answers the next call. */
  readonly #delay: () => number

  private constructor(server: Server, delay: () => number) {
    this.#server = server
    this.#delay = delay
  }

  /** Opens one. `processes`: the ids of those that may call. */
  static async open(delay: () => number, processes: () => readonly number[]): Promise<Counter> {
    const server = createServer()
    const counter = new Counter(server, delay)
    // Looked up once for each connection: reading all sockets of all processes takes up to 40 ms on a busy machine.
    const callers = new WeakMap<IncomingMessage['socket'], Call['pid']>()
    server.on('request', (request, response) => {
      const at = Date.now()
      const pid = callers.has(request.socket) ? callers.get(request.socket) : callerOf(request, processes())
      callers.set(request.socket, pid)
      counter.calls.push({ key: String(request.headers['idempotency-key']), at, pid })
      request.resume()
      setTimeout(() => response.setHeader('content-type', 'application/json').end('{"ok":true}'), counter.#delay())
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return counter
  }

  /** `host:port` of the address. */
  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.closeAllConnections()
    this.#server.close()
  }
}

/** The process at the other end of a connection on this machine: who holds the socket whose port is the caller's. Linux only. */
function callerOf(request: IncomingMessage, pids: readonly number[]): Call['pid'] {
  if (process.platform !== 'linux') return undefined
  const port = request.socket.remotePort?.toString(16).toUpperCase().padStart(4, '0')
  const line = readFileSync('/proc/net/tcp', 'utf8')
    .split('\n')
    .find((one) => one.trim().split(/\s+/)[1]?.endsWith(`:${port}`))
  const inode = line?.trim().split(/\s+/)[9]
  return pids.find((pid) => holds(pid, `socket:[${inode}]`)) ?? 'ended'
}

function holds(pid: number, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((descriptor) => linkOf(`/proc/${pid}/fd/${descriptor}`) === socket)
  } catch {
    // It has ended meanwhile.
    return false
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
