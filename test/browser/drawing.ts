import type { Locator, Page } from 'playwright-core'

/** A place where something can be dropped or pressed: the open end of a card, the line between two cards, or a card. */
type Where = { after: string; exit?: string } | { between: [string, string] } | { onto: string }

/** Drives the designer the way people do: with the mouse, with the keyboard, by what stands on the screen. */
export class Drawing {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  /** Opens a mission and waits until it is drawn. */
  async open(id: string): Promise<this> {
    await this.page.goto(`/missions/${id}`)
    await this.page.getByRole('region', { name: 'Canvas' }).waitFor()
    await this.settled()
    return this
  }

  /** Waits until every change is saved and looked through. */
  async settled(): Promise<this> {
    await this.page
      .getByTestId('saved')
      .filter({ hasText: /^Saved$/ })
      .waitFor()
    await this.page.locator('[data-reviewed="true"]').waitFor()
    return this
  }

  /** A card by its title. */
  card(title: string): Locator {
    return this.page.locator('.react-flow__node-card').filter({ has: this.page.getByText(title, { exact: true }) })
  }

  /** Titles of all cards, in the order of the tab key. */
  titles(): Promise<string[]> {
    return this.page.locator('.react-flow__node-card [data-title]').allTextContents()
  }

  private plus(where: Where): Locator {
    if ('onto' in where) return this.card(where.onto)
    if ('between' in where)
      return this.page.getByRole('button', {
        name: `Add a step between “${where.between[0]}” and “${where.between[1]}”`,
        includeHidden: true,
      })
    return this.page
      .getByRole('button', { name: `Add a step after “${where.after}”${where.exit ? `, ${where.exit}` : ''}`, exact: true })
      .first()
  }

  /** Drags a kind of step from the palette to a place. */
  async drag(kind: string, where?: Where): Promise<this> {
    const item = this.page.getByRole('region', { name: 'What can be added' }).getByRole('button', { name: kind, exact: true })
    await item.scrollIntoViewIfNeeded()
    const from = await middleOf(item)
    const to = where ? await middleOf(this.plus(where)) : await middleOf(this.page.getByRole('region', { name: 'Canvas' }))
    const { mouse } = this.page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move(from.x + 20, from.y + 4, { steps: 3 })
    await mouse.move(to.x, to.y, { steps: 8 })
    await mouse.up()
    return this
  }

  /** Presses the "+" at a place and picks from the list that opens. */
  async add(kind: string, where: Where, how: 'then' | 'and' = 'then'): Promise<this> {
    await this.plus(where).click()
    if (how === 'and') await this.page.getByText('And, at the same time', { exact: true }).click()
    await this.page.getByRole('combobox', { name: /: search$/ }).fill(kind)
    await this.page.getByRole('option', { name: kind }).first().click()
    return this
  }

  /** Types into the list that has opened and takes the first that fits. */
  async find(search: string): Promise<this> {
    await this.page
      .getByRole('combobox', { name: /: search$/ })
      .and(this.page.locator(':focus'))
      .waitFor()
    await this.page.keyboard.type(search)
    await this.page.keyboard.press('Enter')
    return this
  }

  /** Chooses a card, so that its settings are shown. */
  async choose(title: string): Promise<this> {
    await this.see(title)
    await this.card(title).click()
    return this
  }

  /** Brings a card into view when it is out of it. */
  private async see(title: string): Promise<void> {
    const [card, canvas] = [await this.card(title).boundingBox(), await this.page.getByRole('region', { name: 'Canvas' }).boundingBox()]
    if (!card || !canvas) throw new Error(`There is no card “${title}”.`)
    const within =
      card.x > canvas.x &&
      card.y > canvas.y &&
      card.x + card.width < canvas.x + canvas.width &&
      card.y + card.height < canvas.y + canvas.height
    if (!within) await this.page.getByRole('button', { name: 'See everything' }).click()
  }

  /** Draws a wire from an exit of a card onto another card. */
  async wire(from: string, exit: string, to: string): Promise<this> {
    const port = this.card(from).locator(`.react-flow__handle.source[data-handleid="${exit}"]`)
    await this.see(from)
    await this.see(to)
    await this.card(from).hover()
    const start = await middleOf(port)
    const end = await middleOf(this.card(to))
    const { mouse } = this.page
    await mouse.move(start.x, start.y)
    await mouse.down()
    await mouse.move(start.x + 8, start.y + 8, { steps: 3 })
    await mouse.move(end.x, end.y, { steps: 8 })
    await mouse.up()
    return this
  }

  /** A field of the settings by its label. */
  field(label: string): Locator {
    return this.page.getByRole('complementary').getByLabel(label, { exact: true }).first()
  }

  /** Types a text into a setting, in place of what was there. */
  async write(label: string, text: string): Promise<this> {
    const field = this.field(label)
    await field.click()
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.type(text)
    return this
  }

  /** Picks something in a field that searches. */
  async pick(label: string, search: string, option = search): Promise<this> {
    await this.field(label).click()
    await this.page.keyboard.type(search)
    await this.page.getByRole('option', { name: option }).first().click()
    return this
  }

  /** What the bar says about the draft. */
  standing(): Promise<string> {
    return this.page.locator('[data-standing]').innerText()
  }
}

async function middleOf(place: Locator): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox()
  if (!box) throw new Error('This is not to be seen.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
