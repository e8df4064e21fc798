import type { Locator, Page } from 'playwright-core'

/** A place where something can be dropped or pressed: the open end of a card, the line between two cards, or a card. */
type Where = { after: string; exit?: string } | { between: [string, string] } | { onto: string }
/** A point of the window, in CSS pixels. */
type At = { x: number; y: number }
/** With what something is carried. */
type Hand = 'mouse' | 'pen' | 'touch'

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
  async drag(kind: string, where?: Where | { at: At }, hand: Hand = 'mouse'): Promise<this> {
    const item = this.page.getByRole('region', { name: 'What can be added' }).getByRole('button', { name: kind, exact: true })
    const to = await this.aim(where)
    await item.scrollIntoViewIfNeeded()
    const from = await middleOf(item)
    await carry(this.page, [from, { x: from.x + 20, y: from.y + 4 }, to], hand)
    return this
  }

  private async aim(where: Where | { at: At } | undefined): Promise<At> {
    if (where && 'at' in where) return where.at
    const canvas = this.page.getByRole('region', { name: 'Canvas' })
    if (!where) return middleOf(canvas)
    await this.page.locator('[data-still="true"]').waitFor()
    await this.bringIn(this.plus(where))
    return middleOf(this.plus(where))
  }

  /** Drags a card to another place of the mission. `meanwhile` happens while it is over it. */
  async rehome(title: string, where: Where, meanwhile?: () => Promise<void>): Promise<this> {
    await this.see(title)
    const to = await this.aim(where)
    const from = await middleOf(this.card(title))
    const { mouse } = this.page
    await mouse.move(from.x, from.y)
    await mouse.down()
    await mouse.move(from.x + 8, from.y + 8, { steps: 3 })
    await mouse.move(to.x, to.y, { steps: 8 })
    await meanwhile?.()
    await mouse.up()
    return this
  }

  /** Pulls a wire from an exit of a card into nothing, so far from the canvas's upper left corner. */
  async pull(from: string, exit: string, to: At): Promise<this> {
    await this.see(from)
    await this.card(from).hover()
    const start = await middleOf(this.card(from).locator(`.react-flow__handle.source[data-handleid="${exit}"]`))
    const canvas = await this.page.getByRole('region', { name: 'Canvas' }).boundingBox()
    await carry(this.page, [start, { x: start.x + 8, y: start.y + 8 }, { x: (canvas?.x ?? 0) + to.x, y: (canvas?.y ?? 0) + to.y }], 'mouse')
    return this
  }

  /** Presses the "+" at a place and picks from the list that opens. */
  async add(kind: string, where: Where, how: 'then' | 'and' = 'then'): Promise<this> {
    await this.bringIn(this.plus(where))
    await this.plus(where).click()
    if (how === 'and') await this.page.getByText('And, at the same time', { exact: true }).click()
    await this.page.getByRole('combobox', { name: /: search$/ }).fill(kind)
    await this.page.getByRole('option', { name: kind }).first().click()
    return this
  }

  /** Types into the list that has opened and takes the first that fits. */
  async find(search: string): Promise<this> {
    const field = this.page.getByRole('combobox', { name: /: search$/ })
    await field.and(this.page.locator(':focus')).waitFor()
    await this.page.keyboard.type(search)
    // On a busy machine the cards are drawn, and thereby listed, some keys behind.
    await field.and(this.page.locator('[aria-activedescendant]')).waitFor()
    await this.page.keyboard.press('Enter')
    await field.waitFor({ state: 'detached' })
    return this
  }

  /** Chooses a card, so that its settings are shown. */
  async choose(title: string): Promise<this> {
    await this.see(title)
    await this.card(title).click()
    return this
  }

  /** Puts the focus on a card, by its title, or on something else, so that it stays there. */
  async focus(what: string | Locator): Promise<this> {
    // What was just added gets the focus for a while, unless a key is pressed; a list that closes gives it back some frames later.
    await this.page.keyboard.press('Shift')
    await (typeof what === 'string' ? this.card(what) : what).first().evaluate(async (card: HTMLElement) => {
      for (let held = 0; held < 5; held++) {
        if (document.activeElement !== card) {
          card.focus()
          held = 0
        }
        await new Promise((drawn) => requestAnimationFrame(drawn))
      }
    })
    return this
  }

  /** Brings a card into view when it is out of it. */
  private async see(title: string): Promise<void> {
    await this.bringIn(this.card(title))
  }

  /** Brings something on the canvas into view when it is out of it. */
  async bringIn(what: Locator): Promise<void> {
    const canvas = await this.page.getByRole('region', { name: 'Canvas' }).boundingBox()
    const within = async () => {
      const box = await what.boundingBox()
      if (!box || !canvas) throw new Error(`${what.toString()} is not there.`)
      return (
        box.x > canvas.x && box.y > canvas.y && box.x + box.width < canvas.x + canvas.width && box.y + box.height < canvas.y + canvas.height
      )
    }
    if (await within()) return
    await this.page.getByRole('button', { name: 'See everything' }).click()
    while (!(await within())) await this.page.waitForTimeout(20)
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

/** Presses at the first point, moves over the others in small steps, and lets go at the last. */
export async function carry(page: Page, points: readonly At[], hand: Hand): Promise<void> {
  const [start] = points
  if (!start) return
  const way = points.slice(1).flatMap((point, at) => {
    const before = points[at] ?? start
    return [1, 2, 3, 4, 5, 6].map((part) => ({
      x: before.x + ((point.x - before.x) * part) / 6,
      y: before.y + ((point.y - before.y) * part) / 6,
    }))
  })
  const end = points.at(-1) ?? start
  if (hand === 'mouse') {
    await page.mouse.move(start.x, start.y)
    await page.mouse.down()
    for (const point of way) await page.mouse.move(point.x, point.y)
    await page.mouse.up()
    return
  }
  const session = await page.context().newCDPSession(page)
  if (hand === 'touch') {
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [start] })
    for (const point of way) await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [point] })
    // A finger that is lifted while it moves flings, and the next tap only ends that.
    await page.waitForTimeout(100)
    await session.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [end] })
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
  } else {
    const pen = { pointerType: 'pen', button: 'left', clickCount: 1 } as const
    await session.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...pen, ...start, buttons: 1 })
    for (const point of way) await session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', ...pen, ...point, buttons: 1 })
    await session.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...pen, ...end })
  }
  await session.detach()
}

async function middleOf(place: Locator): Promise<{ x: number; y: number }> {
  const box = await place.boundingBox()
  if (!box) throw new Error('This is not to be seen.')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
