import { connect, type Socket } from 'node:net'

/** What a load came to. */
export interface Load {
  /** Requests answered 202. */
  accepted: number
  /** Other answers, by status. */
  refused: Record<number, number>
  /** Milliseconds from sending to the whole answer, ascending. */
  latencies: number[]
}

/**
 * Posts a small JSON body again and again over so many connections, each waiting for its answer, at most `perSecond` and `most`
 * in all. Written on bare sockets,
 * because Node's own client needs as much of the processor as the program that is being measured.
 */
export async function post(
  address: URL,
  {
    connections = 1,
    milliseconds = Infinity,
    perSecond,
    most = Infinity,
  }: { connections?: number; milliseconds?: number; perSecond?: number; most?: number },
): Promise<Load> {
  const body = '{"value":1}'
  const request = Buffer.from(
    `POST ${address.pathname} HTTP/1.1\r\nHost: ${address.host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  const load: Load = { accepted: 0, refused: {}, latencies: [] }
  const began = performance.now()
  const until = began + milliseconds
  let sent = 0
  const turn = async (): Promise<boolean> => {
    if (sent >= most) return false
    const due = perSecond === undefined ? 0 : began + (sent * 1_000) / perSecond
    sent++
    if (due > performance.now()) await new Promise((resolve) => setTimeout(resolve, due - performance.now()))
    return performance.now() < until
  }
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ host: address.hostname, port: Number(address.port), noDelay: true })
      await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
      const answers = readAnswers(socket)
      while (await turn()) {
        const at = performance.now()
        socket.write(request)
        const status = await answers()
        load.latencies.push(performance.now() - at)
        if (status === 202) load.accepted++
        else load.refused[status] = (load.refused[status] ?? 0) + 1
      }
      socket.destroy()
    }),
  )
  load.latencies.sort((one, other) => one - other)
  return load
}

/** Reads one answer after the other; gives its status once all of it is there. Answers have a Content-Length. */
function readAnswers(socket: Socket): () => Promise<number> {
  let text = ''
  let told: ((status: number) => void) | undefined
  let failed: ((error: Error) => void) | undefined
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    const end = text.indexOf('\r\n\r\n')
    if (end < 0) return
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
    if (text.length < end + 4 + length) return
    const status = Number(text.slice(9, 12))
    text = ''
    told?.(status)
  })
  socket.on('close', () => failed?.(new Error('The program closed a connection.')))
  socket.on('error', () => undefined)
  return () =>
    new Promise((resolve, reject) => {
      told = resolve
      failed = reject
    })
}

/** The value below which so many of a hundred lie; `sorted` ascending. */
export function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0
}
