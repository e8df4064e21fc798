import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A web address that answers when it is told to; it knows how many calls it holds. */
export async function aStub(): Promise<{
  address: string
  url: string
  calls: string[]
  most: () => number
  held: () => number
  open(): void
}> {
  const calls: string[] = []
  const waiting: (() => void)[] = []
  let [isOpen, held, most] = [false, 0, 0]
  const server = createServer((request, response) => {
    calls.push(request.url ?? '')
    held += 1
    most = Math.max(most, held)
    const answer = () => {
      held -= 1
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ path: request.url }))
    }
    if (isOpen) setTimeout(answer, 20)
    else waiting.push(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    address,
    url: `http://${address}`,
    calls,
    most: () => most,
    held: () => held,
    open() {
      isOpen = true
      for (const answer of waiting.splice(0)) answer()
    },
  }
}
