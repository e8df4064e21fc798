import axe from 'axe-core'
import type { Locator, Page } from 'playwright-core'

declare global {
  interface Window {
    axe: typeof axe
  }
}

/** Everything on a page that breaks WCAG 2.2 A or AA, in words. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }))
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} (${node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? ''})`),
  )
}

/** What makes a page, or the part of it that scrolls, wider than the screen. */
export async function sticksOut(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main')]
      .filter((part) => part.scrollWidth > part.clientWidth)
      .flatMap((part) => [
        `<${part.localName}> is ${part.scrollWidth} wide and ${part.clientWidth} are there`,
        ...[...part.querySelectorAll('*')]
          .filter((inside) => inside.getBoundingClientRect().right > part.getBoundingClientRect().right + 1)
          .slice(0, 3)
          .map((inside) => inside.outerHTML.slice(0, 120)),
      ]),
  )
}

/** Waits until colours have stopped changing after the system went dark. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] !== 'light')
  await page.evaluate(async () => {
    const frame = () => new Promise((drawn) => requestAnimationFrame(drawn))
    await frame()
    await frame()
    const ending = () => document.getAnimations().filter((animation) => Number.isFinite(animation.effect?.getComputedTiming().endTime))
    for (let moving = ending(); moving.length > 0; moving = ending()) {
      await Promise.allSettled(moving.map((animation) => animation.finished))
      await frame()
    }
  })
}

/** Whether all of something is inside something else. */
export async function isWhole(what: Locator, around: Locator): Promise<boolean> {
  const [box, room] = [await what.boundingBox(), await around.boundingBox()]
  return (
    box !== null &&
    room !== null &&
    box.x >= room.x &&
    box.y >= room.y &&
    box.x + box.width <= room.x + room.width &&
    box.y + box.height <= room.y + room.height
  )
}
