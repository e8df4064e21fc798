import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Misconfigured, Refused, Unavailable } from '../../src/catalogue/trouble.ts'
import { openHttp } from '../../src/server/services/http.ts'
import { openMail } from '../../src/server/services/mail.ts'

async function aWebServer(listener: RequestListener): Promise<{ host: string; url: string }> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}/` }
}

const get = (url: string) => ({ method: 'GET' as const, url, headers: {}, key: 'run/step/1' })

describe('calling web addresses', () => {
  test('an allowed address is called with the visit as idempotency key, and its JSON is read', async () => {
    const { host, url } = await aWebServer((request, response) => {
      response.setHeader('content-type', 'application/json; charset=utf-8')
      response.end(JSON.stringify({ method: request.method, key: request.headers['idempotency-key'] }))
    })
    const answer = await openHttp({ allowed: [host] }).call({ method: 'POST', url, headers: {}, body: '{}', key: 'run/step/1' })
    expect(answer).toEqual({ status: 200, body: { method: 'POST', key: 'run/step/1' } })
  })

  test.each([
    'http://127.0.0.1:9/',
    'http://localhost:9/',
    'http://10.1.2.3/',
    'http://192.168.0.1/',
    'http://172.20.0.1/',
    'http://169.254.169.254/latest/meta-data',
    'http://100.64.1.1/',
    'http://0.0.0.0/',
    'http://[::1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://2130706433/',
    'http://0x7f.1/',
  ])('%s is inside and refused before anything is sent', async (url) => {
    await expect(openHttp({ allowed: [] }).call(get(url))).rejects.toThrow(Refused)
  })

  test('a redirect to an address inside is refused like the address itself', async () => {
    const { host, url } = await aWebServer((_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end())
    await expect(openHttp({ allowed: [host] }).call(get(url))).rejects.toThrow(Refused)
  })

  test('redirects without end are given up', async () => {
    const { host, url } = await aWebServer((_, response) => response.writeHead(302, { location: '/again' }).end())
    await expect(openHttp({ allowed: [host] }).call(get(url))).rejects.toThrow(Refused)
  })

  test('an answer that is too large is not read to its end', async () => {
    const { host, url } = await aWebServer((_, response) => {
      const chunk = Buffer.alloc(100_000)
      const write = () => {
        while (!response.destroyed && response.write(chunk));
        response.once('drain', write)
      }
      write()
    })
    await expect(openHttp({ allowed: [host] }).call(get(url))).rejects.toThrow(/larger than 1 MB/)
  })

  test('a connection is kept for the next call; one that was closed meanwhile is opened anew, without a second try of what must not happen twice', async () => {
    const sockets = new Set<unknown>()
    let asked = 0
    const { host, url } = await aWebServer((request, response) => {
      sockets.add(request.socket)
      // The third request comes over a kept connection and finds it closed without a word, as any server may do with an idle one.
      if (++asked === 3) request.socket.destroy()
      else response.end('fine')
    })
    const http = openHttp({ allowed: [host] })
    for (let call = 0; call < 4; call++) expect((await http.call(get(url))).status).toBe(200)
    expect({ asked, connections: sockets.size }).toEqual({ asked: 5, connections: 3 })
    asked = 1
    await expect(http.call({ method: 'POST', url, headers: {}, body: '{}', key: 'run/step/1' })).resolves.toMatchObject({ status: 200 })
    await expect(http.call({ method: 'POST', url, headers: {}, body: '{}', key: 'run/step/1' })).rejects.toThrow(Unavailable)
  })

  test('a server that hangs up is unavailable, to be tried again', async () => {
    const { host, url } = await aWebServer((request) => request.socket.destroy())
    await expect(openHttp({ allowed: [host] }).call(get(url))).rejects.toThrow(Unavailable)
  })

  test.each(['file:///etc/passwd', 'gopher://example.com', 'not an address', 'http://user:secret@example.com/'])(
    '%s is no web address',
    async (url) => {
      await expect(openHttp({ allowed: [] }).call(get(url))).rejects.toThrow(Misconfigured)
    },
  )
})

describe('sending e-mail', () => {
  test('without settings it says which are missing', async () => {
    const mail = openMail({ smtpUrl: undefined, from: undefined })
    await expect(mail.send({ to: ['a@example.com'], subject: 'Hi', text: 'Hello', key: 'k' })).rejects.toMatchObject({
      remedy: { en: expect.stringContaining('SMTP_URL') },
    })
  })

  test('it really leaves by SMTP, with the same Message-ID for the same visit', async () => {
    const received: string[] = []
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        let text = ''
        stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
        stream.on('end', () => {
          received.push(text)
          done()
        })
      },
      onRcptTo: ({ address }, _session, done) =>
        done(address.startsWith('nobody') ? Object.assign(new Error('unknown'), { responseCode: 550 }) : null),
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => new Promise<void>((resolve) => server.close(resolve)))
    const { port } = server.server.address() as AddressInfo
    const mail = openMail({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'missions@example.com' })
    const message = { to: ['ana@example.com'], subject: 'Bienvenue, Zoé', text: 'Hello', key: 'run/step/1' }
    const first = await mail.send(message)
    const second = await mail.send(message)
    expect(second.id).toBe(first.id)
    expect(received).toHaveLength(2)
    expect(received[0]).toContain('To: ana@example.com')
    await expect(mail.send({ ...message, to: ['nobody@example.com'] })).rejects.toThrow(Refused)
  })

  test('a mail server that is away is unavailable, to be tried again', async () => {
    await expect(
      openMail({ smtpUrl: 'smtp://127.0.0.1:1', from: 'm@example.com' }).send({ to: ['a@example.com'], subject: '', text: '', key: 'k' }),
    ).rejects.toThrow(Unavailable)
  })
})
