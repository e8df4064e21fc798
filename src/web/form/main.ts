import './form.css'
import { m } from '#messages'
import { say } from '../../mission/words.ts'
import { browserLanguage, speak } from '../data/language.ts'
import { getLocale } from '../paraglide/runtime.js'
import { element } from './element.ts'
import { showField } from './fields.ts'
import { type HostedForm, loadForm, sendForm } from './hosted.ts'

/*
 * The hosted form: a page of its own, without React, for strangers on slow phones. It is told what to ask by the server, which
 * also checks what was filled in.
 */
const address = decodeURIComponent(location.pathname.replace(/^\/f\//, '').replace(/\/$/, ''))
const place = document.getElementById('form')
if (place) void open(place)

async function open(page: HTMLElement): Promise<void> {
  speak(browserLanguage(), { remember: false })
  page.replaceChildren(element('p', { class: 'quiet' }, m.form_loading()))
  const loaded = await loadForm(address)
  if ('form' in loaded) {
    speak(loaded.form.language, { remember: false })
    fillIn(page, loaded.form)
    return
  }
  document.title = m.form_not_here()
  const again = element('button', { type: 'button' }, m.form_retry())
  again.addEventListener('click', () => void open(page))
  page.replaceChildren(element('h1', {}, m.form_not_here()), element('p', {}, loaded.trouble), ...(loaded.passing ? [again] : []))
}

function fillIn(page: HTMLElement, hosted: HostedForm): void {
  document.title = hosted.title
  const fields = hosted.fields.map(showField)
  const summary = element('div', { role: 'alert' })
  const send = element('button', { type: 'submit' }, hosted.submit ?? m.form_send())
  const trap = element('input', { name: 'website', id: 'website', type: 'text', tabindex: '-1', autocomplete: 'off' })
  const form = element(
    'form',
    { novalidate: true },
    ...fields.map(({ block }) => block),
    element('div', { class: 'trap', 'aria-hidden': 'true' }, element('label', { for: 'website' }, m.form_trap()), trap),
    summary,
    send,
  )
  const key = freshKey()

  const tell = (words: string | undefined) =>
    summary.replaceChildren(...(words === undefined ? [] : [element('p', { class: 'summary' }, words)]))
  const submit = async () => {
    send.disabled = true
    send.textContent = m.form_sending()
    tell(undefined)
    const values = Object.fromEntries(fields.map((shown) => [shown.field.id, shown.value()]))
    const outcome = await sendForm(address, { values, website: trap.value, key })
    send.disabled = false
    send.textContent = hosted.submit ?? m.form_send()
    if ('thanks' in outcome) return thank(page, hosted, outcome.thanks)
    const wrong = 'wrong' in outcome ? outcome.wrong : {}
    for (const shown of fields) {
      const words = wrong[shown.field.id]
      shown.tell(words && say(words, getLocale()))
    }
    const count = Object.keys(wrong).length
    tell('trouble' in outcome ? outcome.trouble : m.form_wrong({ count }))
    fields.find(({ field }) => wrong[field.id])?.focus()
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!send.disabled) void submit()
  })
  page.replaceChildren(
    element('h1', {}, hosted.title),
    ...(hosted.intro === '' ? [] : [element('p', { class: 'intro' }, hosted.intro)]),
    form,
  )
}

function thank(page: HTMLElement, hosted: HostedForm, thanks: string): void {
  document.title = m.form_thanks()
  const title = element('h1', { tabindex: '-1' }, m.form_thanks())
  const again = element('button', { type: 'button', class: 'plain' }, m.form_again())
  again.addEventListener('click', () => {
    fillIn(page, hosted)
    page.querySelector<HTMLElement>('input, textarea, select')?.focus()
  })
  page.replaceChildren(title, element('p', { class: 'intro' }, thanks === '' ? m.form_thanks_text() : thanks), again)
  window.scrollTo({ top: 0 })
  title.focus()
}

/** Says which filling-in this is, so that pressing twice sends once. (`crypto.randomUUID` is missing on pages without TLS.) */
function freshKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
